package dev.socketio.engine;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.socketio.time.Scheduler.Cancellable;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Engine.IO connection, which outlives the requests that carry it and may move from polling to WebSocket.
 *
 * <pre>
 *   OPEN ──close()──▶ CLOSING ──outbox written, client told──▶ CLOSED
 *     └──────── timeout, error, the client's close ───────────────▲
 * </pre>
 *
 * <p>Every method may be called from any thread and returns at once.
 */
public final class EngineSocket {

    private static final Logger log = LoggerFactory.getLogger(EngineSocket.class);

    /** How long a closing connection waits for its client to take what is left for it, and to be told. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

    /**
     * How long a poll that comes after the probe waits to be let off: it may have been sent together with the upgrade
     * packet, and have overtaken it.
     */
    private static final Duration CROSSING = Duration.ofMillis(50);

    /*
     * Concurrency. `lock` guards every mutable field, and is held only to read and write fields: never while a
     * transport writes, never while the listener runs, never while another lock of this library is taken. A method
     * that has such work to do decides under the lock and acts after it.
     *
     * Packets stay in order without the lock because one batch at a time is with the transport (`writable` is false
     * until it has left) and one thread at a time hands batches over (`flushing`).
     */
    private final Object lock = new Object();

    private enum State {
        OPEN,
        CLOSING,
        CLOSED
    }

    private final String id;
    private final EngineServer server;
    private final EngineRequest request;
    private final Heartbeat heartbeat;
    private final Hold hold = new Hold();
    private final Transport.Sink sink = new FromTransport();

    @GuardedBy("lock")
    private State state = State.OPEN;

    /** Null until the connection handler has returned. */
    @GuardedBy("lock")
    private @Nullable EngineListener listener;

    /** Tells the listener of an end that came before it was there. */
    @GuardedBy("lock")
    private @Nullable Consumer<EngineListener> untoldEnd;

    /** Ends a connection whose client does not take what there is to write before it closes. */
    @GuardedBy("lock")
    private @Nullable Cancellable closeTimer;

    @GuardedBy("lock")
    private @Nullable Transport transport;

    /** Whether the transport can take a batch. */
    @GuardedBy("lock")
    private boolean writable;

    /** Whether a thread is in {@link #flush}; it looks again before it leaves. */
    @GuardedBy("lock")
    private boolean flushing;

    @GuardedBy("lock")
    private final Outbox outbox;

    /** The change of transport under way. */
    @GuardedBy("lock")
    private @Nullable Upgrade upgrade;

    /** Whether the client has tried the transport that it wants to change to. */
    @GuardedBy("lock")
    private boolean probed;

    /** Whether the client waits to be let off the poll that is parked, so that it can change the transport. */
    @GuardedBy("lock")
    private boolean pollToBeEnded;

    /** Whether the transport has been told to close. */
    @GuardedBy("lock")
    private boolean transportClosing;

    /** What the listener's progress was when a pong was late; a listener that is stuck may be waiting for the client. */
    @GuardedBy("lock")
    private long progressSeen = -1;

    EngineSocket(String id, EngineServer server, EngineRequest request) {
        this.id = id;
        this.server = server;
        this.request = request;
        this.outbox = new Outbox(server.options().maxOutboxBytes());
        this.heartbeat = new Heartbeat(server.scheduler(), server.options(), new HeartbeatOwner());
    }

    /** Opens the connection over its first transport. Called once, by the thread that made this socket. */
    void open(Transport first, EnginePacket handshake, ConnectionHandler handler) {
        synchronized (lock) {
            transport = first;
            outbox.add(handshake);
        }
        hold.moveTo(first);
        EngineListener above;
        try {
            above = requireNonNull(handler.onConnection(this), "the connection handler returned no listener");
        } catch (RuntimeException | Error e) {
            end(CloseReason.FORCED_CLOSE, "the connection handler failed");
            throw e;
        }
        Consumer<EngineListener> ended;
        synchronized (lock) {
            listener = above;
            ended = untoldEnd;
            writable = first.isWritable();
        }
        if (ended != null) {
            ended.accept(above);
            return;
        }
        heartbeat.start();
        flush();
    }

    Transport.Sink sink() {
        return sink;
    }

    /** Returns the session id. Whoever knows it can speak for the client, so it is not for others to see. */
    public String id() {
        return id;
    }

    /** Returns the revision of the Engine.IO protocol that the client speaks: 4. */
    public int protocol() {
        return 4;
    }

    /** Returns what is left of the request that opened the connection. */
    public EngineRequest request() {
        return request;
    }

    /** Returns the transport in use, which an upgrade changes. */
    public TransportName transport() {
        return current().name();
    }

    /** Returns whether the connection is open: neither closed nor waiting for what it has yet to write. */
    public boolean isOpen() {
        synchronized (lock) {
            return state == State.OPEN;
        }
    }

    /** Returns how many bytes wait to reach the client, those with the container included. */
    public long waitingBytes() {
        synchronized (lock) {
            return outbox.bytes();
        }
    }

    Transport current() {
        synchronized (lock) {
            return requireNonNull(transport);
        }
    }

    /**
     * Queues a message of text.
     *
     * @return false if the connection is closing or closed, in which case the message is dropped
     */
    public boolean send(String text) {
        return send(List.of(EnginePacket.message(text)));
    }

    /**
     * Queues a message of bytes, which must not be modified afterwards.
     *
     * @return false if the connection is closing or closed, in which case the message is dropped
     */
    public boolean send(byte[] bytes) {
        return send(List.of(EnginePacket.message(bytes)));
    }

    /**
     * Queues messages that belong together: no other comes between them. A client for which more bytes would have to
     * wait than {@link EngineOptions#maxOutboxBytes()} is closed with {@link CloseReason#OUTBOX_FULL}.
     *
     * @return false if the connection is closing or closed, in which case all are dropped
     */
    public boolean send(List<EnginePacket> messages) {
        boolean full;
        synchronized (lock) {
            if (state != State.OPEN) {
                return false;
            }
            full = !outbox.add(messages);
        }
        if (full) {
            end(CloseReason.OUTBOX_FULL, Outbox.size(messages) + " more bytes for a client that does not read");
            return false;
        }
        flush();
        return true;
    }

    /**
     * Sends messages that are of use at once or not at all: they are dropped, all of them, unless the client can be
     * written to now and nothing waits for it. Over polling that is while a poll is parked, over WebSocket when the
     * last batch has been written; so of several sent in a row the first may be the only one to leave.
     *
     * @return whether they are on their way
     */
    public boolean sendVolatile(List<EnginePacket> messages) {
        synchronized (lock) {
            if (!isIdle() || !outbox.add(messages)) {
                return false;
            }
        }
        flush();
        return true;
    }

    /**
     * Sends messages of which only the newest count, such as a price or a position. While the client cannot be written
     * to they wait, and take the place of older ones of the same key. They leave with the next batch, after the messages
     * that are queued, in the order in which their keys were first used since the batch before.
     *
     * <p>They count towards {@link EngineOptions#maxOutboxBytes()} and towards a limit of 1,000 keys that wait; what
     * does not fit is dropped and changes nothing. What waits when {@link #close} is called is written, as the rest is.
     *
     * @param key tells what the messages are about; of each key, the newest messages stay together
     * @return whether they are on their way or wait
     */
    public boolean sendVolatile(String key, List<EnginePacket> messages) {
        requireNonNull(key, "key");
        synchronized (lock) {
            boolean taken = isIdle() ? outbox.add(messages) : state == State.OPEN && outbox.conflate(key, messages);
            if (!taken) {
                return false;
            }
        }
        flush();
        return true;
    }

    /** Returns whether what is sent now leaves now. */
    @GuardedBy("lock")
    private boolean isIdle() {
        return state == State.OPEN && writable && outbox.isEmpty();
    }

    /** Closes once everything queued so far has been written; nothing is sent or received from now on. */
    public void close() {
        synchronized (lock) {
            if (state != State.OPEN) {
                return;
            }
            state = State.CLOSING;
            closeTimer = server.scheduler().schedule(CLOSE_TIMEOUT, () -> end(CloseReason.FORCED_CLOSE, ""));
        }
        heartbeat.stop();
        closeTransportWhenEmpty();
    }

    /**
     * Asks for no more messages; those that the transport has read already may still come. Every call needs its
     * {@link #resume}, and the two may cross: what counts is how many there have been of each.
     */
    public void pause() {
        hold.add(1);
    }

    /** Returns whether messages are held back now. */
    public boolean isPaused() {
        return hold.isHeld();
    }

    /** Takes one {@link #pause} back. Messages come again when all are taken back. */
    public void resume() {
        hold.add(-1);
    }

    /** Ends the connection without waiting for anything. */
    void shutDown() {
        end(CloseReason.SERVER_SHUTTING_DOWN, "");
    }

    private void flush() {
        synchronized (lock) {
            if (flushing) {
                return;
            }
            flushing = true;
        }
        while (true) {
            Transport target;
            List<EnginePacket> batch;
            synchronized (lock) {
                boolean noop = outbox.isEmpty() && pollToBeEnded && state == State.OPEN;
                if (!writable || state == State.CLOSED || (outbox.isEmpty() && !noop)) {
                    flushing = false;
                    break;
                }
                batch = noop ? List.of(EnginePacket.NOOP) : outbox.take();
                pollToBeEnded = false;
                writable = false;
                target = requireNonNull(transport);
            }
            try {
                target.send(batch);
            } catch (RuntimeException | Error e) {
                log.error("a transport failed to write, its connection is closed", e);
                synchronized (lock) {
                    flushing = false;
                }
                end(CloseReason.TRANSPORT_ERROR, "write failed: " + e);
                return; // whoever sent this has others to send to
            }
        }
        closeTransportWhenEmpty();
    }

    private void closeTransportWhenEmpty() {
        Transport closing;
        synchronized (lock) {
            if (state != State.CLOSING || transportClosing || !outbox.isEmpty() || flushing) {
                return;
            }
            transportClosing = true;
            closing = requireNonNull(transport);
        }
        closing.close();
    }

    /** Takes a WebSocket that a client offers for this connection; returns what listens to its packets. */
    @Nullable
    Upgrade offer() {
        Upgrade offered = new Upgrade(this, server.scheduler(), server.options().upgradeTimeout());
        synchronized (lock) {
            boolean polling = transport != null && transport.name() == TransportName.POLLING;
            if (state != State.OPEN
                    || !polling
                    || upgrade != null
                    || !server.options().upgradesToWebSocket()) {
                return null;
            }
            upgrade = offered;
        }
        return offered;
    }

    /** The client has tried the new transport and finds it good: let it off its poll. */
    void onProbed(Upgrade tried) {
        synchronized (lock) {
            if (upgrade != tried) {
                return;
            }
            probed = true;
        }
        endPoll(tried);
    }

    private void endPoll(Upgrade tried) {
        synchronized (lock) {
            if (upgrade != tried) {
                return;
            }
            pollToBeEnded = writable;
        }
        flush();
    }

    void onUpgradeFailed(Upgrade failed) {
        synchronized (lock) {
            if (upgrade == failed) {
                upgrade = null;
                probed = false;
                pollToBeEnded = false;
            }
        }
    }

    void switchTo(WebSocketTransport chosen, Upgrade done) {
        Transport old;
        boolean stop;
        boolean overtaken;
        synchronized (lock) {
            overtaken = probed;
            stop = state == State.CLOSED || upgrade != done;
            old = requireNonNull(transport);
            if (!stop) {
                transport = chosen;
                upgrade = null;
                probed = false;
                pollToBeEnded = false;
                transportClosing = false;
                writable = false; // until the transport says so, which it does once
            }
        }
        if (stop) {
            chosen.discard();
            return;
        }
        hold.moveTo(chosen);
        heartbeat.onUpgrade();
        if (overtaken && old instanceof PollingTransport polling) {
            polling.refusePoll();
        }
        old.discard();
        chosen.handTo(sink);
    }

    /** Ends the connection, whatever it was doing; the first reason counts. */
    private void end(CloseReason reason, String detail) {
        EngineListener above;
        Transport last;
        Upgrade abandoned;
        synchronized (lock) {
            if (state == State.CLOSED) {
                return;
            }
            state = State.CLOSED;
            outbox.clear();
            last = transport;
            abandoned = upgrade;
            upgrade = null;
            above = listener;
            if (above == null) {
                untoldEnd = late -> late.onClose(reason, detail);
            }
            if (closeTimer != null) {
                closeTimer.cancel();
            }
        }
        heartbeat.stop();
        server.remove(this);
        if (abandoned != null) {
            abandoned.fail();
        }
        if (last != null && reason == CloseReason.OUTBOX_FULL) {
            last.abort();
        } else if (last != null) {
            last.discard();
        }
        if (above != null) {
            above.onClose(reason, detail);
        }
    }

    private final class FromTransport implements Transport.Sink {

        @Override
        public void onReady(Transport ready) {
            Upgrade crossing;
            synchronized (lock) {
                if (ready != transport) {
                    return;
                }
                writable = true;
                outbox.onWritten();
                crossing = probed ? upgrade : null;
            }
            if (crossing != null) {
                server.scheduler().schedule(CROSSING, () -> endPoll(crossing));
            }
            flush();
        }

        @Override
        public void onPacket(Transport from, EnginePacket packet) {
            EngineListener above;
            synchronized (lock) {
                above = state == State.OPEN ? listener : null;
            }
            if (above == null) {
                return;
            }
            switch (packet.type()) {
                case PONG -> heartbeat.onPong();
                case PING -> end(CloseReason.TRANSPORT_ERROR, "invalid heartbeat direction");
                case CLOSE -> end(CloseReason.TRANSPORT_CLOSE, "");
                case MESSAGE -> {
                    heartbeat.onOtherPacket();
                    if (packet.isBinary()) {
                        above.onMessage(packet.bytes());
                    } else {
                        above.onMessage(packet.data());
                    }
                }
                case OPEN, UPGRADE, NOOP -> heartbeat.onOtherPacket();
            }
        }

        @Override
        public void onClosed(Transport closed, CloseReason reason, String detail) {
            synchronized (lock) {
                if (closed != transport) {
                    return;
                }
            }
            end(reason, detail);
        }
    }

    private final class HeartbeatOwner implements Heartbeat.Owner {

        @Override
        public void ping() {
            synchronized (lock) {
                if (state != State.OPEN) {
                    return;
                }
                outbox.add(EnginePacket.PING);
            }
            flush();
        }

        @Override
        public boolean isHeldBack() {
            EngineListener above;
            synchronized (lock) {
                above = listener;
            }
            if (above == null || !hold.isHeld()) {
                return false;
            }
            long seen = above.progress();
            synchronized (lock) {
                boolean gotOn = seen != progressSeen;
                progressSeen = seen;
                return gotOn;
            }
        }

        @Override
        public void onPingTimeout() {
            end(CloseReason.PING_TIMEOUT, "");
        }
    }
}
