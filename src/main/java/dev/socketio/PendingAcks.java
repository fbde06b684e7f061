package dev.socketio;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.socketio.protocol.Arguments;
import dev.socketio.time.Scheduler;
import dev.socketio.time.Scheduler.Cancellable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The answers that one client owes. Each ends in one of three ways: answered, timed out, or disconnected. */
final class PendingAcks {

    private final Scheduler scheduler;
    private final Executor executor;
    private final int limit;

    /* Concurrency. `lock` guards the map and the flag; futures are completed after it has been released. */
    private final Object lock = new Object();

    @GuardedBy("lock")
    private final Map<Long, Pending> pending = new HashMap<>(4);

    @GuardedBy("lock")
    private boolean closed;

    private record Pending(
            CompletableFuture<Arguments> answer, @Nullable Cancellable timer) {}

    PendingAcks(Scheduler scheduler, Executor executor, int limit) {
        this.scheduler = scheduler;
        this.executor = executor;
        this.limit = limit;
    }

    CompletableFuture<Arguments> add(long ackId, @Nullable Duration timeout) {
        CompletableFuture<Arguments> answer = new CompletableFuture<>();
        RuntimeException refusal = null;
        synchronized (lock) {
            if (closed) {
                refusal = new DisconnectedException();
            } else if (pending.size() >= limit) {
                refusal = new IllegalStateException(
                        "the client owes " + limit + " answers already: set a timeout, or raise maxPendingAcks");
            } else {
                Cancellable timer = timeout == null ? null : scheduler.schedule(timeout, () -> onTimeout(ackId));
                pending.put(ackId, new Pending(answer, timer));
            }
        }
        if (refusal != null) {
            answer.completeExceptionally(refusal);
            return answer;
        }
        CompletionStage<Arguments> ended = answer;
        ended.whenComplete((arguments, failure) -> take(ackId)); // its user may have cancelled it
        return answer;
    }

    void complete(long ackId, Arguments arguments) {
        Pending answered = take(ackId);
        if (answered != null) {
            run(() -> answered.answer().complete(arguments));
        }
    }

    void failAll() {
        List<Pending> lost;
        synchronized (lock) {
            closed = true;
            lost = new ArrayList<>(pending.values());
            pending.clear();
        }
        for (Pending each : lost) {
            if (each.timer() != null) {
                each.timer().cancel();
            }
            run(() -> each.answer().completeExceptionally(new DisconnectedException()));
        }
    }

    private void onTimeout(long ackId) {
        Pending late = take(ackId);
        if (late != null) {
            run(() -> late.answer().completeExceptionally(new TimeoutException("operation has timed out")));
        }
    }

    private @Nullable Pending take(long ackId) {
        Pending taken;
        synchronized (lock) {
            taken = pending.remove(ackId);
        }
        if (taken != null && taken.timer() != null) {
            taken.timer().cancel();
        }
        return taken;
    }

    /** What hangs on a future is code of the application and must not keep the container's threads or the timer. */
    private void run(Runnable completion) {
        try {
            executor.execute(completion);
        } catch (RejectedExecutionException shutDown) {
            completion.run();
        }
    }
}
