package dev.socketio.adapter.redis;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Lets so many tasks be under way at once; others wait for their turn. */
final class Turns {

    private final int limit;

    private final Object lock = new Object();

    @GuardedBy("lock")
    private int running;

    @GuardedBy("lock")
    private final Queue<Runnable> waiting = new ArrayDeque<>();

    Turns(int limit) {
        this.limit = limit;
    }

    /** Has a task begin, now or later. */
    <T> CompletionStage<T> run(Supplier<CompletionStage<T>> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Runnable start = () -> start(task, result);
        synchronized (lock) {
            if (running >= limit) {
                waiting.add(start);
                return result;
            }
            running++;
        }
        start.run();
        return result;
    }

    private <T> void start(Supplier<CompletionStage<T>> task, CompletableFuture<T> result) {
        CompletionStage<T> running;
        try {
            running = task.get();
        } catch (RuntimeException e) {
            running = CompletableFuture.failedStage(e);
        }
        running.whenComplete((value, failure) -> {
            next();
            if (failure == null) {
                result.complete(value);
            } else {
                result.completeExceptionally(failure);
            }
        });
    }

    private void next() {
        Runnable next;
        synchronized (lock) {
            next = waiting.poll();
            if (next == null) {
                running--;
            }
        }
        if (next != null) {
            next.run();
        }
    }
}
