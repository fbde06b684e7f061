package dev.socketio;

import dev.socketio.time.Scheduler;
import dev.socketio.time.Workers;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a server's listeners run: on threads of its own, or where the application has said. Listeners that never block
 * run where what they listen to happens.
 */
final class ListenerThreads {

    private static final Logger log = LoggerFactory.getLogger(ListenerThreads.class);

    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    /** What waits for one socket's listeners runs in one go: 256 of them that do not wait need a tenth of it. */
    private static final long LONG_NANOS = Duration.ofMillis(100).toNanos();

    /** Null where the application has given an executor, which is not this server's to stop. */
    private final @Nullable ExecutorService own;

    private final Executor executor;
    private final Executor listeners;

    private ListenerThreads(@Nullable ExecutorService own, Executor executor, Executor listeners) {
        this.own = own;
        this.executor = executor;
        this.listeners = listeners;
    }

    /** Has listeners run on threads of the server's own. */
    static ListenerThreads own(int maxThreads) {
        ExecutorService own = Workers.create("socketio", maxThreads);
        return new ListenerThreads(own, own, own);
    }

    /** Has listeners, which never block, run at once, and what else there is on threads of the server's own. */
    static ListenerThreads none(int maxThreads, Scheduler scheduler) {
        ExecutorService own = Workers.create("socketio", maxThreads);
        return new ListenerThreads(own, own, task -> runHere(task, scheduler));
    }

    /** Has listeners run where the application says. */
    static ListenerThreads given(Executor executor) {
        return new ListenerThreads(null, executor, executor);
    }

    private static void runHere(Runnable task, Scheduler scheduler) {
        long start = scheduler.nanoTime();
        try {
            task.run();
        } finally {
            long nanos = scheduler.nanoTime() - start;
            if (nanos > LONG_NANOS) {
                log.warn(
                        "listeners kept {} for {} ms, on which other clients may wait: let executor() do what takes long,"
                                + " or do without nonBlockingListeners",
                        Thread.currentThread().getName(),
                        nanos / 1_000_000);
            }
        }
    }

    /** Returns where tasks run that may block. */
    Executor executor() {
        return executor;
    }

    /** Returns where listeners run; it may refuse them once it has been shut down. */
    Executor listeners() {
        return listeners;
    }

    /** Returns whether nothing that a listener does keeps the thread waiting that calls it. */
    boolean areApart() {
        return own != null;
    }

    /** Runs code of the application as listeners run; here, once that has been shut down: late is better than never. */
    void execute(Runnable task) {
        Workers.execute(listeners, task);
    }

    /** Runs work that may block, as {@link #execute} does. */
    void executeBlocking(Runnable task) {
        Workers.execute(executor, task);
    }

    /** Runs work that never waits: apart where listeners that block cannot hold it up, here otherwise. */
    void executeApart(Runnable task) {
        if (areApart() && Workers.areCheapWhenBlocked()) {
            executeBlocking(task);
        } else {
            task.run();
        }
    }

    /** Waits for the listeners, and stops threads of the server's own. */
    void stop() {
        if (own != null) {
            Workers.stop(own, CLOSE_PATIENCE);
        }
    }
}
