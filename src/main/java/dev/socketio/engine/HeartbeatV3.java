package dev.socketio.engine;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.socketio.time.Scheduler;
import dev.socketio.time.Scheduler.Cancellable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The heartbeat of revision 3: the client pings every {@code pingInterval} and is answered; a ping is late after
 * {@code pingTimeout} more (Engine.IO protocol 3, "Timeouts").
 *
 * <pre>
 *   NEW ──start──▶ WATCHING ──pingInterval + pingTimeout without a ping──▶ STOPPED, late
 *   any ──stop──▶ STOPPED
 * </pre>
 */
final class HeartbeatV3 implements Heartbeat {

    private enum State {
        NEW,
        WATCHING,
        STOPPED
    }

    private final Scheduler scheduler;
    private final Duration patience;
    private final Duration pingTimeout;
    private final Owner owner;

    /* Concurrency. `lock` guards every mutable field; the owner is called after it has been released. */
    private final Object lock = new Object();

    @GuardedBy("lock")
    private State state = State.NEW;

    @GuardedBy("lock")
    private @Nullable Cancellable timer;

    /** When the client is late; mostly after the timer, which then waits for the rest. */
    @GuardedBy("lock")
    private long deadline;

    HeartbeatV3(Scheduler scheduler, EngineOptions options, Owner owner) {
        this.scheduler = scheduler;
        this.patience = options.pingInterval().plus(options.pingTimeout());
        this.pingTimeout = options.pingTimeout();
        this.owner = owner;
    }

    @Override
    public void start() {
        synchronized (lock) {
            if (state == State.NEW) {
                state = State.WATCHING;
                prolong();
                timer = scheduler.schedule(patience, this::check);
            }
        }
    }

    @Override
    public boolean onPacket(EnginePacket.Type type) {
        if (type == EnginePacket.Type.PING) {
            synchronized (lock) {
                prolong();
            }
            owner.pong();
        }
        return type != EnginePacket.Type.PONG;
    }

    @Override
    public void onUpgrade() {
        synchronized (lock) {
            prolong();
        }
    }

    @Override
    public void stop() {
        synchronized (lock) {
            state = State.STOPPED;
            if (timer != null) {
                timer.cancel();
                timer = null;
            }
        }
    }

    @GuardedBy("lock")
    private void prolong() {
        deadline = scheduler.nanoTime() + patience.toNanos();
    }

    private void check() {
        boolean heldBack = owner.isHeldBack();
        synchronized (lock) {
            if (state != State.WATCHING) {
                return;
            }
            long left = Math.max(deadline - scheduler.nanoTime(), heldBack ? pingTimeout.toNanos() : 0);
            if (left > 0) {
                timer = scheduler.schedule(Duration.ofNanos(left), this::check);
                return;
            }
            state = State.STOPPED;
        }
        owner.onPingTimeout();
    }
}
