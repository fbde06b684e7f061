package dev.socketio;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.socketio.adapter.AckListener;
import dev.socketio.protocol.Arguments;
import dev.socketio.time.Scheduler.Cancellable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The answers that one client owes, to events of its own and to broadcasts. Each ends in one of three ways: answered, timed
 * out, or disconnected. The time of a broadcast is the broadcast's affair: when it is over, its answer is forgotten.
 */
final class PendingAcks {

    private final SocketIoServer server;
    private final int limit;

    /* Concurrency. `lock` guards the map and the flag; whoever waits is told after it has been released. */
    private final Object lock = new Object();

    /** Made when the first answer is due: many a client is never asked. */
    @GuardedBy("lock")
    private Map<Long, Pending> pending = Map.of();

    @GuardedBy("lock")
    private boolean closed;

    private interface Pending {

        void onAnswer(Arguments arguments);

        void onDisconnected();
    }

    PendingAcks(SocketIoServer server) {
        this.server = server;
        this.limit = server.options().maxPendingAcks();
    }

    CompletableFuture<Arguments> add(long ackId, @Nullable Duration timeout) {
        CompletableFuture<Arguments> answer = new CompletableFuture<>();
        Exception refusal = null;
        synchronized (lock) {
            if (closed) {
                refusal = new DisconnectedException();
            } else if (pending.size() >= limit) {
                refusal = new IllegalStateException(
                        "the client owes " + limit + " answers already: set a timeout, or raise maxPendingAcks");
            } else {
                Cancellable timer =
                        timeout == null ? null : server.scheduler().schedule(timeout, () -> onTimeout(ackId));
                put(ackId, new Single(answer, timer));
            }
        }
        if (refusal != null) {
            answer.completeExceptionally(refusal);
            return answer;
        }
        CompletionStage<Arguments> ended = answer;
        ended.whenComplete((arguments, failure) -> forget(ackId)); // its user may have cancelled it
        return answer;
    }

    /** Returns false if no answer can come: the client is gone, or it owes too many already. */
    boolean add(long ackId, AckListener broadcast) {
        synchronized (lock) {
            if (closed || pending.size() >= limit) {
                return false;
            }
            put(ackId, new OfBroadcast(broadcast));
            return true;
        }
    }

    @GuardedBy("lock")
    private void put(long ackId, Pending due) {
        if (pending.isEmpty()) {
            pending = new HashMap<>(4);
        }
        pending.put(ackId, due);
    }

    void complete(long ackId, Arguments arguments) {
        Pending answered = take(ackId);
        if (answered != null) {
            answered.onAnswer(arguments);
        }
    }

    /** Waits for an answer no more, without a word to whoever waited; returns whether it was waited for. */
    boolean forget(long ackId) {
        return take(ackId) != null;
    }

    /** Ends the wait for an answer to this client's own event. */
    void fail(long ackId, Exception failure) {
        if (take(ackId) instanceof Single lost) {
            lost.fail(failure);
        }
    }

    void failAll() {
        List<Pending> lost;
        synchronized (lock) {
            closed = true;
            lost = new ArrayList<>(pending.values());
            pending = Map.of();
        }
        for (Pending each : lost) {
            cancelTimer(each);
            each.onDisconnected();
        }
    }

    private void onTimeout(long ackId) {
        fail(ackId, new TimeoutException("operation has timed out"));
    }

    private @Nullable Pending take(long ackId) {
        Pending taken;
        synchronized (lock) {
            taken = pending.isEmpty() ? null : pending.remove(ackId);
        }
        if (taken != null) {
            cancelTimer(taken);
        }
        return taken;
    }

    private static void cancelTimer(Pending pending) {
        if (pending instanceof Single single && single.timer != null) {
            single.timer.cancel();
        }
    }

    /** The answer to an event that went to this client alone. */
    private final class Single implements Pending {

        private final CompletableFuture<Arguments> answer;
        private final @Nullable Cancellable timer;

        Single(CompletableFuture<Arguments> answer, @Nullable Cancellable timer) {
            this.answer = answer;
            this.timer = timer;
        }

        @Override
        public void onAnswer(Arguments arguments) {
            server.threads().executeBlocking(() -> answer.complete(arguments));
        }

        @Override
        public void onDisconnected() {
            fail(new DisconnectedException());
        }

        void fail(Exception failure) {
            server.threads().executeBlocking(() -> answer.completeExceptionally(failure));
        }
    }

    /** This client's part in the answers to a broadcast. */
    private record OfBroadcast(AckListener acks) implements Pending {

        @Override
        public void onAnswer(Arguments arguments) {
            acks.onResponse(arguments.value(0));
        }

        @Override
        public void onDisconnected() {
            acks.onGone();
        }
    }
}
