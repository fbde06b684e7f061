package dev.socketio;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.socketio.protocol.Value;
import dev.socketio.time.Scheduler.Cancellable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * By what right a socket is in its namespace: the handshake that the middlewares have accepted, until when it holds, and
 * the runs of the middlewares that renew it, one after the other.
 */
final class Authority {

    private static final Logger log = LoggerFactory.getLogger(Authority.class);

    /** How many runs may wait; most come from clients, which do not wait for each other's answers. */
    private static final int MAX_WAITING = 16;

    /** A longer wait is cut into pieces, because the clock may be set meanwhile. */
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private final Socket socket;
    private final SocketIoServer server;

    /*
     * Concurrency. `lock` guards every mutable field; middlewares run, futures end and the socket expires after it has
     * been released. At most one run is under way: a run that is not `running` any more changes nothing.
     */
    private final Object lock = new Object();

    /** What the socket shows: that of the run under way if there is one. */
    @GuardedBy("lock")
    private Handshake handshake;

    /** When the right ends; null for never. */
    @GuardedBy("lock")
    private @Nullable Instant expiry;

    @GuardedBy("lock")
    private @Nullable Cancellable timer;

    @GuardedBy("lock")
    private @Nullable Run running;

    @GuardedBy("lock")
    private final Queue<Run> waiting = new ArrayDeque<>(1);

    /** What counts again if the run under way ends in a refusal. */
    @GuardedBy("lock")
    private Handshake handshakeBefore;

    @GuardedBy("lock")
    private @Nullable Instant expiryBefore;

    @GuardedBy("lock")
    private boolean ended;

    private record Run(Value auth, CompletableFuture<Void> result) {}

    Authority(Socket socket, Handshake handshake) {
        this.socket = socket;
        this.server = socket.namespace().server();
        this.handshake = handshake;
        this.handshakeBefore = handshake;
    }

    Handshake handshake() {
        synchronized (lock) {
            return handshake;
        }
    }

    Optional<Instant> expiry() {
        synchronized (lock) {
            return Optional.ofNullable(expiry);
        }
    }

    /** Sets when the right ends; null for never. */
    void expireAt(@Nullable Instant end) {
        boolean expired;
        synchronized (lock) {
            expired = !ended && arm(end);
        }
        if (expired) {
            socket.expire();
        }
    }

    private void onTime() {
        boolean expired;
        synchronized (lock) {
            expired = !ended && arm(expiry);
        }
        if (expired) {
            socket.expire();
        }
    }

    /** Returns whether the time has come. */
    @GuardedBy("lock")
    private boolean arm(@Nullable Instant end) {
        expiry = end;
        disarm();
        if (end == null) {
            return false;
        }
        Duration left = Duration.between(server.scheduler().now(), end);
        if (left.isNegative() || left.isZero()) {
            return true;
        }
        Duration wait = left.compareTo(LONGEST_WAIT) < 0 ? left : LONGEST_WAIT;
        timer = server.scheduler().schedule(wait, this::onTime);
        return false;
    }

    @GuardedBy("lock")
    private void disarm() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    /** Has the middlewares look at another auth, after those that were given before. */
    CompletableFuture<Void> renew(Object auth) {
        Run run = new Run(object(auth), new CompletableFuture<>());
        RuntimeException refusal = null;
        boolean first = false;
        synchronized (lock) {
            if (ended) {
                refusal = new DisconnectedException();
            } else if (waiting.size() >= MAX_WAITING) {
                refusal = new IllegalStateException(MAX_WAITING + " reauthentications of socket " + socket
                        + " wait already: let the client wait for the answer");
            } else if (running == null) {
                begin(run);
                first = true;
            } else {
                waiting.add(run);
            }
        }
        if (refusal != null) {
            run.result().completeExceptionally(refusal);
        } else if (first) {
            server.threads().executeBlocking(() -> check(run));
        }
        return run.result();
    }

    private Value object(Object auth) {
        Value value = auth instanceof Value given ? given : Value.of(server.json(), requireNonNull(auth, "auth"));
        if (!value.toJson().isObject()) {
            throw new IllegalArgumentException("auth is no JSON object: give a map or a record");
        }
        return value;
    }

    @GuardedBy("lock")
    private void begin(Run run) {
        running = run;
        handshakeBefore = handshake;
        expiryBefore = expiry;
        handshake = handshake.withAuth(run.auth());
    }

    private void check(Run run) {
        CompletionStage<Void> decision = socket.namespace().middlewares().check(socket, server::execute);
        decision.whenComplete((passed, failure) -> finish(run, failure));
    }

    private void finish(Run run, @Nullable Throwable failure) {
        boolean expired = false;
        Run next;
        synchronized (lock) {
            if (!run.equals(running)) {
                return;
            }
            running = null;
            if (failure != null) {
                handshake = handshakeBefore;
                expired = arm(expiryBefore);
            }
            next = waiting.poll();
            if (next != null) {
                begin(next);
            }
        }
        end(run, failure);
        server.recovery().onChange(socket);
        if (next != null) {
            server.threads().executeBlocking(() -> check(next));
        }
        if (expired) {
            socket.expire();
        }
    }

    /** What hangs on a run is told on the executor, so that it may wait for another one. */
    private void end(Run run, @Nullable Throwable failure) {
        if (failure == null) {
            server.threads().executeBlocking(() -> run.result().complete(null));
            return;
        }
        if (!(failure instanceof ConnectErrorException || failure instanceof DisconnectedException)) {
            log.error("a middleware of {} failed (socket {})", socket.namespace(), socket, failure);
        }
        server.threads().executeBlocking(() -> run.result().completeExceptionally(failure));
    }

    /** The socket has gone: the timer ends, runs fail, and what was last accepted is what its listeners see. */
    void end() {
        List<Run> lost = new ArrayList<>();
        synchronized (lock) {
            if (ended) {
                return;
            }
            ended = true;
            disarm();
            if (running != null) {
                handshake = handshakeBefore;
                expiry = expiryBefore;
                lost.add(running);
                running = null;
            }
            lost.addAll(waiting);
            waiting.clear();
        }
        lost.forEach(run -> end(run, new DisconnectedException()));
    }
}
