package dev.socketio;

import dev.socketio.time.Workers;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Where a server's listeners run: on threads of its own, or where the application has said. */
final class ListenerThreads {

    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    /** Null where the application has given an executor, which is not this server's to stop. */
    private final @Nullable ExecutorService own;

    private final Executor executor;

    private ListenerThreads(@Nullable ExecutorService own, Executor executor) {
        this.own = own;
        this.executor = executor;
    }

    /** @param given null for threads of the server's own */
    static ListenerThreads of(@Nullable Executor given, int maxThreads) {
        if (given != null) {
            return new ListenerThreads(null, given);
        }
        ExecutorService own = Workers.create("socketio", maxThreads);
        return new ListenerThreads(own, own);
    }

    Executor executor() {
        return executor;
    }

    boolean areOwn() {
        return own != null;
    }

    /** Runs code of the application on the executor; here, once that has been shut down: late is better than never. */
    void execute(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException shutDown) {
            task.run();
        }
    }

    /** Runs work that never waits: apart where listeners that block cannot hold it up, here otherwise. */
    void executeApart(Runnable task) {
        if (areOwn() && Workers.areCheapWhenBlocked()) {
            execute(task);
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
