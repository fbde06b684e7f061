package dev.socketio;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;

/** Keeps tasks until a test runs them, one after the other, on its own thread. */
final class ManualExecutor implements Executor {

    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    /** Runs what waits, and what that brings with it. */
    void runAll() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }
}
