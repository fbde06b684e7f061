package dev.socketio.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.socketio.time.Scheduler.Cancellable;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The only tests in which real time passes: a few milliseconds, and never a wait for nothing to happen. */
class SystemSchedulerTest {

    private final SystemScheduler scheduler = new SystemScheduler("timer of the test");
    private final Queue<String> done = new ConcurrentLinkedQueue<>();
    private final CountDownLatch last = new CountDownLatch(1);

    @AfterEach
    void endThread() {
        scheduler.close();
    }

    @Test
    void runsTasksInTheOrderTheyFallDue() throws InterruptedException {
        long start = scheduler.nanoTime();
        scheduler.schedule(Duration.ofMillis(100), () -> done.add("later"));
        scheduler.schedule(Duration.ofMillis(1), () -> done.add("sooner"));
        Duration taken = Duration.ofNanos(scheduler.nanoTime() - start);
        assumeTrue(taken.toMillis() < 99, "the machine stood still");
        scheduler.schedule(Duration.ofMillis(100), last::countDown);

        awaitLast();

        assertThat(done).containsExactly("sooner", "later");
    }

    @Test
    void doesNotRunBeforeTheTime() throws InterruptedException {
        Duration delay = Duration.ofMillis(20);
        long start = scheduler.nanoTime();
        scheduler.schedule(delay, last::countDown);

        awaitLast();

        assertThat(scheduler.nanoTime() - start).isGreaterThanOrEqualTo(delay.toNanos());
    }

    @Test
    void leavesOutWhatIsCancelled() throws InterruptedException {
        CountDownLatch cancelled = new CountDownLatch(1);
        scheduler.schedule(Duration.ZERO, () -> await(cancelled));
        Cancellable task = scheduler.schedule(Duration.ZERO, () -> done.add("cancelled"));
        task.cancel();
        cancelled.countDown();
        scheduler.schedule(Duration.ZERO, last::countDown);

        awaitLast();

        assertThat(done).isEmpty();
    }

    @Test
    void cancellingWhatHasRunDoesNothing() throws InterruptedException {
        Cancellable task = scheduler.schedule(Duration.ZERO, last::countDown);
        awaitLast();

        assertThatCode(task::cancel).doesNotThrowAnyException();
    }

    @Test
    void goesOnAfterATaskHasFailed() throws InterruptedException {
        scheduler.schedule(Duration.ZERO, () -> {
            throw new IllegalStateException("expected by the test");
        });
        scheduler.schedule(Duration.ofMillis(1), last::countDown);

        awaitLast();
    }

    @Test
    void runsOnADaemonThreadWithTheGivenName() {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        scheduler.schedule(Duration.ZERO, () -> thread.complete(Thread.currentThread()));

        assertThat(thread.orTimeout(10, TimeUnit.SECONDS).join())
                .returns("timer of the test", Thread::getName)
                .returns(true, Thread::isDaemon);
    }

    @Test
    void endsItsThreadAndDropsItsTasksWhenClosed() throws InterruptedException {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        scheduler.schedule(Duration.ZERO, () -> thread.complete(Thread.currentThread()));
        scheduler.schedule(Duration.ofMinutes(10), () -> done.add("dropped"));
        Thread timer = thread.orTimeout(10, TimeUnit.SECONDS).join();

        scheduler.close();

        timer.join(10_000);
        assertThat(timer.isAlive()).isFalse();
    }

    @Test
    void takesNoTaskOnceClosed() {
        scheduler.close();

        Cancellable nothing = scheduler.schedule(Duration.ZERO, last::countDown);

        assertThatCode(nothing::cancel).doesNotThrowAnyException();
        assertThat(last.getCount()).isOne();
    }

    @Test
    void tellsTheTimeOfDay() {
        assertThat(scheduler.now()).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitLast() throws InterruptedException {
        assertThat(last.await(10, TimeUnit.SECONDS)).isTrue();
    }
}
