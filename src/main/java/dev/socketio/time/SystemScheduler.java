package dev.socketio.time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The scheduler of a running server: the system's clocks and one daemon thread. */
public final class SystemScheduler implements Scheduler, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SystemScheduler.class);

    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

    private final ScheduledThreadPoolExecutor timer;

    /** The timer's own thread, once it runs. */
    private volatile @Nullable Thread thread;

    /** @param threadName how the thread shows in a thread dump */
    public SystemScheduler(String threadName) {
        timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread started = Workers.daemon(threadName, task);
            thread = started;
            return started;
        });
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
        try {
            ScheduledFuture<?> future = timer.schedule(() -> run(task), delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> future.cancel(/* mayInterruptIfRunning= */ false);
        } catch (RejectedExecutionException shutDown) {
            return () -> {};
        }
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            log.error("a timer task failed", e);
        }
    }

    /** Drops every task that waits and ends the thread, which is gone when this returns; 2 s at most. */
    @Override
    public void close() {
        timer.shutdownNow();
        Thread running = thread;
        if (running != null && running != Thread.currentThread()) {
            try {
                running.join(CLOSE_PATIENCE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
