package dev.socketio;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.socketio.adapter.AckListener;
import dev.socketio.adapter.PendingAnswers;
import dev.socketio.protocol.Value;
import dev.socketio.time.Scheduler.Cancellable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The answers to one broadcast, until they are complete, the time is over, or nobody wants them any more. */
final class BroadcastAcks implements AckListener {

    private final SocketIoServer server;
    private final CompletableFuture<List<Value>> future = new CompletableFuture<>();

    /* Concurrency. `lock` guards every mutable field; the future, the timer and the adapters are told without it. */
    private final Object lock = new Object();

    @GuardedBy("lock")
    private final List<Value> responses = new ArrayList<>();

    /** How many adapters may still expect more. */
    @GuardedBy("lock")
    private int open;

    @GuardedBy("lock")
    private int expected;

    @GuardedBy("lock")
    private int gone;

    @GuardedBy("lock")
    private boolean ended;

    @GuardedBy("lock")
    private @Nullable Cancellable timer;

    /** What the adapters wait for. */
    @GuardedBy("lock")
    private final List<PendingAnswers> waits = new ArrayList<>(1);

    /** @param adapters how many are going to send the event */
    BroadcastAcks(SocketIoServer server, int adapters) {
        this.server = server;
        synchronized (lock) {
            open = adapters;
        }
    }

    /** The event has been sent by one of the adapters. */
    void add(PendingAnswers wait) {
        synchronized (lock) {
            waits.add(wait);
        }
    }

    /** Begins to wait, the event having been sent by all adapters. */
    CompletableFuture<List<Value>> await(@Nullable Duration timeout) {
        CompletionStage<List<Value>> ending = future;
        ending.whenComplete((all, failure) -> onFutureDone()); // its user may have cancelled it
        if (timeout != null) {
            start(server.scheduler().schedule(timeout, this::onTimeout));
        }
        return future;
    }

    private void start(Cancellable newTimer) {
        synchronized (lock) {
            if (!ended) {
                timer = newTimer;
                return;
            }
        }
        newTimer.cancel();
    }

    @Override
    public void onExpected(int more) {
        synchronized (lock) {
            expected += more;
        }
    }

    @Override
    public void onAllExpected() {
        synchronized (lock) {
            open--;
        }
        endIfComplete();
    }

    @Override
    public void onResponse(Value response) {
        synchronized (lock) {
            if (ended) {
                return;
            }
            responses.add(response);
        }
        endIfComplete();
    }

    @Override
    public void onGone() {
        synchronized (lock) {
            gone++;
        }
        endIfComplete();
    }

    private void endIfComplete() {
        boolean missing;
        synchronized (lock) {
            if (ended || open > 0 || responses.size() + gone < expected) {
                return;
            }
            missing = gone > 0;
            end();
        }
        complete(missing ? new DisconnectedException() : null, Set.of());
    }

    private void onTimeout() {
        synchronized (lock) {
            if (ended) {
                return;
            }
            end();
        }
        CompletableFuture<Set<String>> silent = silentServers();
        forget();
        CompletionStage<Set<String>> found = silent;
        found.thenAccept(servers -> complete(new TimeoutException("operation has timed out"), servers));
    }

    private CompletableFuture<Set<String>> silentServers() {
        CompletableFuture<Set<String>> all = CompletableFuture.completedFuture(Set.of());
        for (PendingAnswers wait : allWaits()) {
            all = all.thenCombine(wait.silentServers(), (before, more) -> {
                Set<String> both = new LinkedHashSet<>(before);
                both.addAll(more);
                return both;
            });
        }
        return all;
    }

    private void onFutureDone() {
        synchronized (lock) {
            if (ended) {
                return;
            }
            end();
        }
        forget();
    }

    @GuardedBy("lock")
    private void end() {
        ended = true;
        if (timer != null) {
            timer.cancel();
        }
    }

    private void forget() {
        allWaits().forEach(Cancellable::cancel);
    }

    private List<PendingAnswers> allWaits() {
        synchronized (lock) {
            return List.copyOf(waits);
        }
    }

    /** @param silent the servers that have not answered */
    private void complete(@Nullable Exception cause, Set<String> silent) {
        List<Value> all;
        synchronized (lock) {
            all = List.copyOf(responses);
        }
        if (cause == null) {
            server.threads().executeBlocking(() -> future.complete(all));
        } else {
            server.threads()
                    .executeBlocking(() -> future.completeExceptionally(new MissingAcksException(cause, all, silent)));
        }
    }
}
