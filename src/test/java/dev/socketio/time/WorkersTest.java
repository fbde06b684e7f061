package dev.socketio.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkersTest {

    private static final int LIMIT = 16;

    private final ExecutorService workers = Workers.create("worker", LIMIT);

    @AfterEach
    void endThreads() {
        workers.shutdownNow();
    }

    @Test
    void blockingTasksDoNotStarveOthers() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch ran = new CountDownLatch(1);
        for (int i = 0; i < LIMIT - 1; i++) {
            workers.execute(() -> await(release));
        }

        workers.execute(ran::countDown);

        assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
        release.countDown();
    }

    @Test
    void blockedTasksBeyondTheLimitRunLater() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch ran = new CountDownLatch(4 * LIMIT);
        for (int i = 0; i < 4 * LIMIT; i++) {
            workers.execute(() -> {
                await(release);
                ran.countDown();
            });
        }

        release.countDown();

        assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void platformThreadsAreNoMoreThanTheLimit() throws InterruptedException {
        assumeFalse(Workers.areVirtual(), "virtual threads need no limit");
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch allBusy = new CountDownLatch(LIMIT);
        CountDownLatch ran = new CountDownLatch(4 * LIMIT);
        for (int i = 0; i < 4 * LIMIT; i++) {
            workers.execute(() -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                allBusy.countDown();
                await(allBusy);
                running.decrementAndGet();
                ran.countDown();
            });
        }

        assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(most).hasValue(LIMIT);
    }

    @Test
    void threadsDoNotKeepTheProgramAlive() {
        CompletableFuture<Boolean> daemon =
                CompletableFuture.supplyAsync(() -> Thread.currentThread().isDaemon(), workers);

        assertThat(daemon.orTimeout(10, TimeUnit.SECONDS).join()).isTrue();
    }

    @Test
    void platformThreadsSayWhoseTheyAre() {
        assumeFalse(Workers.areVirtual(), "virtual threads have no name");
        CompletableFuture<String> name =
                CompletableFuture.supplyAsync(() -> Thread.currentThread().getName(), workers);

        assertThat(name.orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo("worker-1");
    }

    @Test
    void nothingIsLeftAfterStop() {
        Queue<Thread> threads = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < LIMIT; i++) {
            workers.execute(() -> threads.add(Thread.currentThread()));
        }

        Workers.stop(workers, Duration.ofSeconds(10));

        assertThat(threads).hasSize(LIMIT).noneMatch(Thread::isAlive);
    }

    @Test
    void stopInterruptsWhatTakesTooLong() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        workers.execute(() -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        });

        Workers.stop(workers, Duration.ofMillis(1));

        assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
