package dev.socketio.engine;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.socketio.time.Scheduler.Cancellable;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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

    /** How long a closing connection waits for its client to take what is left for it, and to be told. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

    /*
     * Concurrency. `lock` guards every mutable field, and is held only to read and write fields: never while the link
     * or the listener is called. A method that has such work to do decides under the lock and acts after it.
     */
    private final Object lock = new Object();

    private final String id;
    private final EngineServer server;
    private final EngineRequest request;
    private final Revision revision;
    private final Heartbeat heartbeat;
    private final Hold hold = new Hold();
    private final Link link;

    /** Written under the lock, read without it by whoever does not change it. */
    private volatile ReadyState state = ReadyState.OPEN;

    /** Null until the connection handler has returned. */
    @GuardedBy("lock")
    private @Nullable EngineListener listener;

    /** Shared with other connections until somebody listens. Written under the lock, read without it. */
    private volatile ConnectionEvents events = ConnectionEvents.NONE;

    /** Tells the listener of an end that came before it was there. */
    @GuardedBy("lock")
    private @Nullable Consumer<EngineListener> untoldEnd;

    /** Ends a connection whose client does not take what there is to write before it closes. */
    @GuardedBy("lock")
    private @Nullable Cancellable closeTimer;

    EngineSocket(String id, EngineServer server, EngineRequest request) {
        this.id = id;
        this.server = server;
        this.request = request;
        this.link = new Link(new LinkOwner(), server.scheduler(), server.options(), hold);
        this.revision = Revision.of(request.query().get("EIO"));
        this.heartbeat = revision.heartbeat(server.scheduler(), server.options(), new HeartbeatOwner());
    }

    /** Opens the connection over its first transport. Called once, by the thread that made this socket. */
    void open(Transport first, EnginePacket handshake, ConnectionHandler handler) {
        link.open(first, handshake);
        if (server.options().initialPacket() != null) {
            link.send(server.options().initialPacket());
        }
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
        }
        if (ended != null) {
            ended.accept(above);
            return;
        }
        heartbeat.start();
        link.start();
    }

    /** Tells the listener that the handshake is on its way. */
    void tellOpen() {
        EngineListener above;
        synchronized (lock) {
            above = state == ReadyState.OPEN ? listener : null;
        }
        if (above != null) {
            above.onOpen();
        }
    }

    Link link() {
        return link;
    }

    /** Returns the session id. Whoever knows it can speak for the client, so it is not for others to see. */
    public String id() {
        return id;
    }

    /** Returns the revision of the Engine.IO protocol that the client speaks: 4, or 3 where that is allowed. */
    public int protocol() {
        return revision.number();
    }

    Revision revision() {
        return revision;
    }

    /** Returns what is left of the request that opened the connection. */
    public EngineRequest request() {
        return request;
    }

    /** Returns the transport in use, which an upgrade changes. */
    public TransportName transport() {
        return link.transport().name();
    }

    /** Returns whether the connection has moved to another transport than that of its handshake. */
    public boolean isUpgraded() {
        return transport() != TransportName.of(request.query().get("transport"));
    }

    /** Returns where the connection is in its life. */
    public ReadyState readyState() {
        return state;
    }

    /** Returns whether the connection is open: neither closed nor waiting for what it has yet to write. */
    public boolean isOpen() {
        return state == ReadyState.OPEN;
    }

    /** Returns how many bytes wait to reach the client, those with the container included. */
    public long waitingBytes() {
        return link.waitingBytes();
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
     * @param messages not to be modified afterwards
     * @return false if the connection is closing or closed, in which case all are dropped
     */
    public boolean send(List<EnginePacket> messages) {
        return isOpen() && (link.send(messages) || full(messages));
    }

    /**
     * Queues messages as {@link #send(List)} does, to leave with the others of {@code departures}, or before.
     *
     * @param messages not to be modified afterwards
     * @return false if the connection is closing or closed, in which case all are dropped
     */
    public boolean send(List<EnginePacket> messages, Departures departures) {
        if (!isOpen()) {
            return false;
        }
        departures.add(this);
        return link.queue(messages) || full(messages);
    }

    private boolean full(List<EnginePacket> messages) {
        end(CloseReason.OUTBOX_FULL, Outbox.size(messages) + " more bytes for a client that does not read");
        return false;
    }

    void flush() {
        link.flush();
    }

    /**
     * Sends messages that are of use at once or not at all: they are dropped, all of them, unless the client can be
     * written to now and nothing waits for it. Over polling that is while a poll is parked, over WebSocket when the
     * last batch has been written; so of several sent in a row the first may be the only one to leave.
     *
     * @param messages not to be modified afterwards
     * @return whether they are on their way
     */
    public boolean sendVolatile(List<EnginePacket> messages) {
        return isOpen() && link.sendVolatile(messages);
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
     * @param messages not to be modified afterwards
     * @return whether they are on their way or wait
     */
    public boolean sendVolatile(String key, List<EnginePacket> messages) {
        return isOpen() && link.sendVolatile(requireNonNull(key, "key"), messages);
    }

    /** Closes once everything queued so far has been written; nothing is sent or received from now on. */
    public void close() {
        synchronized (lock) {
            if (state != ReadyState.OPEN) {
                return;
            }
            state = ReadyState.CLOSING;
            closeTimer = server.scheduler().schedule(CLOSE_TIMEOUT, () -> end(CloseReason.FORCED_CLOSE, ""));
        }
        heartbeat.stop();
        link.close();
    }

    /**
     * Closes the connection.
     *
     * @param discard whether to end it at once, and to drop what has not been written yet
     */
    public void close(boolean discard) {
        if (discard) {
            end(CloseReason.FORCED_CLOSE, "");
        } else {
            close();
        }
    }

    /**
     * Listens to the move to another transport. As all listeners to a connection, this one is called on whatever thread
     * brings about the event and must not wait; what it throws is logged. It is not called for what has been before.
     */
    public void onUpgrade(Consumer<TransportName> listener) {
        events().onUpgrade(listener);
    }

    /** Listens to every packet that arrives, pongs among them; called before the message is taken. */
    public void onPacket(Consumer<EnginePacket> listener) {
        events().onPacket(listener);
    }

    /**
     * Listens to every packet that is queued for the client, pings among them. One that was {@linkplain
     * #sendVolatile(String, List) sent with a key} may be replaced before it leaves.
     */
    public void onPacketCreate(Consumer<EnginePacket> listener) {
        events().onPacketCreate(listener);
    }

    /**
     * Listens to the moments at which nothing waits any more after something did: {@link #waitingBytes()} is zero. Over
     * polling this is when the client polls again.
     */
    public void onDrain(Runnable listener) {
        events().onDrain(listener);
    }

    /** Listens to the end, of which the {@link EngineListener} has been told before; with more about the reason. */
    public void onClose(BiConsumer<CloseReason, String> listener) {
        events().onClose(listener);
    }

    private ConnectionEvents events() {
        synchronized (lock) {
            if (events == ConnectionEvents.NONE) {
                events = new ConnectionEvents();
            }
            return events;
        }
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
        link.flush(); // what has just been sent to many may not have left yet
        end(CloseReason.SERVER_SHUTTING_DOWN, "");
    }

    /** Ends the connection, whatever it was doing; the first reason counts. */
    private void end(CloseReason reason, String detail) {
        EngineListener above;
        synchronized (lock) {
            if (state == ReadyState.CLOSED) {
                return;
            }
            state = ReadyState.CLOSED;
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
        link.end(/* abort= */ reason == CloseReason.OUTBOX_FULL);
        if (above != null) {
            above.onClose(reason, detail);
        }
        events.closed(reason, detail);
    }

    private final class LinkOwner implements Link.Owner {

        @Override
        public void onQueued(List<EnginePacket> packets) {
            events.created(packets);
        }

        @Override
        public void onPacket(EnginePacket packet) {
            EngineListener above;
            synchronized (lock) {
                above = state == ReadyState.OPEN ? listener : null;
            }
            if (above == null) {
                return;
            }
            events.received(packet);
            if (!heartbeat.onPacket(packet.type())) {
                end(CloseReason.TRANSPORT_ERROR, "invalid heartbeat direction");
            } else if (packet.type() == EnginePacket.Type.CLOSE) {
                end(CloseReason.TRANSPORT_CLOSE, "");
            } else if (packet.isBinary()) {
                above.onMessage(packet.bytes());
            } else if (packet.type() == EnginePacket.Type.MESSAGE) {
                above.onMessage(packet.data());
            }
        }

        @Override
        public void onUpgrade() {
            heartbeat.onUpgrade();
            events.upgraded(transport());
        }

        @Override
        public void onDrain() {
            events.drained();
        }

        @Override
        public void onClosed(CloseReason reason, String detail) {
            end(reason, detail);
        }
    }

    private final class HeartbeatOwner implements Heartbeat.Owner {

        @Override
        public void ping() {
            if (isOpen()) {
                link.send(EnginePacket.PING);
            }
        }

        @Override
        public void pong() {
            send(List.of(EnginePacket.PONG));
        }

        @Override
        public boolean isHeldBack() {
            EngineListener above;
            synchronized (lock) {
                above = listener;
            }
            return above != null && hold.isHeld() && hold.hasMoved(above.progress());
        }

        @Override
        public void onPingTimeout() {
            end(CloseReason.PING_TIMEOUT, "");
        }
    }
}
