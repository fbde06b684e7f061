package dev.socketio.engine;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.socketio.time.Scheduler;
import dev.socketio.time.Scheduler.Cancellable;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket that may take over a connection from polling, and the steps of the change (Engine.IO protocol 4,
 * "Upgrade").
 *
 * <pre>
 *   OFFERED ──ping "probe"──▶ PROBED ──upgrade packet──▶ DONE: the connection switches
 *      ├────────upgrade packet──────────────────────────────▲
 *      └──any other packet, end of the WebSocket, timeout──▶ FAILED: polling goes on
 * </pre>
 */
final class Upgrade implements Transport.Sink {

    /**
     * How long a poll that comes after the probe waits to be let off: it may have been sent together with the upgrade
     * packet, and have overtaken it.
     */
    private static final Duration CROSSING = Duration.ofMillis(50);

    private enum State {
        OFFERED,
        PROBED,
        DONE,
        FAILED
    }

    private final Link link;
    private final Scheduler scheduler;
    private final Duration timeout;

    /* Concurrency. `lock` guards every mutable field; the link and the transport are called after its release. */
    private final Object lock = new Object();

    @GuardedBy("lock")
    private State state = State.OFFERED;

    @GuardedBy("lock")
    private @Nullable Cancellable timer;

    @GuardedBy("lock")
    private @Nullable WebSocketTransport candidate;

    Upgrade(Link link, Scheduler scheduler, Duration timeout) {
        this.link = link;
        this.scheduler = scheduler;
        this.timeout = timeout;
    }

    /** Waits for the candidate's probe. Called once, before the candidate brings anything. */
    void start(WebSocketTransport transport) {
        boolean tooLate;
        synchronized (lock) {
            tooLate = state != State.OFFERED;
            if (!tooLate) {
                candidate = transport;
                timer = scheduler.schedule(timeout, this::fail);
            }
        }
        if (tooLate) {
            transport.discard();
        }
    }

    @Override
    public void onPacket(Transport transport, EnginePacket packet) {
        boolean text = !packet.isBinary();
        if (text && packet.type() == EnginePacket.Type.PING && packet.data().equals(EnginePacket.PROBE)) {
            onProbe(transport);
        } else if (text && packet.type() == EnginePacket.Type.UPGRADE) {
            switchOver();
        } else {
            fail();
        }
    }

    private void onProbe(Transport transport) {
        synchronized (lock) {
            if (state != State.OFFERED) {
                return;
            }
            state = State.PROBED;
        }
        transport.send(List.of(EnginePacket.control(EnginePacket.Type.PONG, EnginePacket.PROBE)));
        link.endPoll(this);
    }

    /** The client polls again; after the probe it is not left waiting. */
    void onPoll() {
        if (isProbed()) {
            scheduler.schedule(CROSSING, () -> link.endPoll(this));
        }
    }

    private boolean isProbed() {
        synchronized (lock) {
            return state == State.PROBED;
        }
    }

    private void switchOver() {
        boolean probed = isProbed();
        WebSocketTransport chosen = leave(State.DONE);
        if (chosen == null) {
            return;
        }
        Transport old = link.moveTo(chosen, this);
        if (old == null) {
            chosen.discard();
            return;
        }
        if (probed && old instanceof PollingTransport polling) {
            polling.refusePoll(); // it was let off its poll before the upgrade packet
        }
        old.discard();
        chosen.handTo(link);
    }

    @Override
    public void onReady(Transport transport) {
        // nothing waits for it: the probe's answer is all that is written before the switch
    }

    @Override
    public void onClosed(Transport transport, CloseReason reason, String detail) {
        fail();
    }

    /** Gives up: the WebSocket is closed, polling goes on, and the client may try again. */
    void fail() {
        WebSocketTransport refused = leave(State.FAILED);
        link.onUpgradeFailed(this);
        if (refused != null) {
            refused.discard();
        }
    }

    /** Returns the candidate if this call ended the upgrade, null if it had ended before. */
    private @Nullable WebSocketTransport leave(State end) {
        synchronized (lock) {
            if (state == State.DONE || state == State.FAILED) {
                return null;
            }
            state = end;
            if (timer != null) {
                timer.cancel();
            }
            return candidate;
        }
    }
}
