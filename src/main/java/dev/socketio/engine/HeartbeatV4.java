package dev.socketio.engine;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.socketio.time.Scheduler;
import dev.socketio.time.Scheduler.Cancellable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The heartbeat of revision 4: the server pings, the client answers (Engine.IO protocol 4, "Heartbeat").
 *
 * <pre>
 *   NEW ──start──▶ RESTING ──pingInterval: ping──▶ WAITING ──pingTimeout──▶ STOPPED, late
 *                     ▲────────────pong───────────────┘
 *   any ──stop──▶ STOPPED
 * </pre>
 *
 * While it waits for a pong, any other packet is a sign of life too and restarts {@code pingTimeout}, but once only: a
 * client that talks and never answers is closed all the same.
 */
final class HeartbeatV4 implements Heartbeat {

    private enum State {
        NEW,
        RESTING,
        WAITING,
        STOPPED
    }

    private final Scheduler scheduler;
    private final Duration pingInterval;
    private final Duration pingTimeout;
    private final Owner owner;

    /* Concurrency. `lock` guards every mutable field; the owner is called after it has been released. */
    private final Object lock = new Object();

    @GuardedBy("lock")
    private State state = State.NEW;

    @GuardedBy("lock")
    private @Nullable Cancellable timer;

    /** When the next ping is to be sent, or the last one was. */
    @GuardedBy("lock")
    private long pingDue;

    /** When the client is late, while waiting; may be after the timer, which then waits for the rest. */
    @GuardedBy("lock")
    private long deadline;

    /** Whether the wait for this pong has been prolonged. */
    @GuardedBy("lock")
    private boolean prolonged;

    HeartbeatV4(Scheduler scheduler, EngineOptions options, Owner owner) {
        this.scheduler = scheduler;
        this.pingInterval = options.pingInterval();
        this.pingTimeout = options.pingTimeout();
        this.owner = owner;
    }

    @Override
    public void start() {
        synchronized (lock) {
            if (state == State.NEW) {
                rest();
            }
        }
    }

    @Override
    public boolean onPacket(EnginePacket.Type type) {
        synchronized (lock) {
            if (state == State.WAITING && type == EnginePacket.Type.PONG) {
                rest();
            } else if (state == State.WAITING && !prolonged) {
                prolonged = true;
                deadline = scheduler.nanoTime() + pingTimeout.toNanos();
            }
        }
        return type != EnginePacket.Type.PING;
    }

    @Override
    public void onUpgrade() {
        synchronized (lock) {
            if (state == State.WAITING) {
                deadline = scheduler.nanoTime() + pingTimeout.toNanos();
            }
        }
    }

    @Override
    public void stop() {
        synchronized (lock) {
            state = State.STOPPED;
            cancelTimer();
        }
    }

    @GuardedBy("lock")
    private void rest() {
        state = State.RESTING;
        cancelTimer();
        pingDue = scheduler.nanoTime() + pingInterval.toNanos();
        timer = scheduler.schedule(pingInterval, this::ping);
    }

    private void ping() {
        synchronized (lock) {
            if (state != State.RESTING) {
                return;
            }
            state = State.WAITING;
            prolonged = false;
            // The timer's usual lateness does not add up, but a client is not to pay for a server that has stood still.
            long now = scheduler.nanoTime();
            long timeout = pingTimeout.toNanos();
            deadline = now + Math.max(pingDue + timeout - now, timeout - timeout / 10);
            timer = scheduler.schedule(Duration.ofNanos(deadline - now), this::checkPong);
        }
        owner.ping();
    }

    private void checkPong() {
        boolean heldBack = owner.isHeldBack();
        synchronized (lock) {
            if (state != State.WAITING) {
                return;
            }
            long left = heldBack ? pingTimeout.toNanos() : deadline - scheduler.nanoTime();
            if (left > 0) {
                timer = scheduler.schedule(Duration.ofNanos(left), this::checkPong);
                return;
            }
            state = State.STOPPED;
        }
        owner.onPingTimeout();
    }

    @GuardedBy("lock")
    private void cancelTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
