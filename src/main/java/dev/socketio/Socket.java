package dev.socketio;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.socketio.adapter.AckListener;
import dev.socketio.adapter.Broadcast;
import dev.socketio.adapter.Flags;
import dev.socketio.engine.Departures;
import dev.socketio.engine.EnginePacket;
import dev.socketio.engine.EngineSocket;
import dev.socketio.protocol.Arguments;
import dev.socketio.protocol.EncodedPacket;
import dev.socketio.protocol.OutgoingEvent;
import dev.socketio.protocol.Packet;
import dev.socketio.protocol.Value;
import dev.socketio.time.Lane;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client in one namespace.
 *
 * <pre>
 *   CONNECTING ──middleware lets it in──▶ CONNECTED ──disconnect, end of the connection──▶ DISCONNECTED
 *        └──────────────── refused, end of the connection ────────────────────────────────────▲
 * </pre>
 *
 * <p>Thread rules: every method may be called from any thread and returns at once. Middleware, connection handlers,
 * listeners and disconnect listeners of one socket run one after the other, in the order in which things happened,
 * never two at a time; those of different sockets run in parallel. They may block, unless
 * {@link SocketIoServer.Builder#nonBlockingListeners} says that they do not. Acknowledgements do not queue up
 * behind them, so a listener may wait for one; the price is that an acknowledgement can overtake an event that the
 * client sent just before it.
 */
public final class Socket extends SocketEvents {

    private static final Logger log = LoggerFactory.getLogger(Socket.class);

    private enum State {
        CONNECTING,
        CONNECTED,
        DISCONNECTED
    }

    private final String id;
    private final Namespace namespace;
    private final Client client;
    private final Authority authority;
    private final SocketData data;
    private final Lane lane;
    private final ListenerList<Consumer<DisconnectReason>> disconnecting = new ListenerList<>();
    private final ListenerList<Consumer<DisconnectReason>> disconnected = new ListenerList<>();
    private final PendingAcks acks;
    private final SocketEmitter plain = new SocketEmitter(this, Flags.NONE);

    /** Null if this socket cannot be recovered. */
    private final @Nullable SocketRecovery recovery;

    /* Concurrency. `lock` guards the state and is held for nothing else; the collections above guard themselves. */
    private final Object lock = new Object();

    @GuardedBy("lock")
    private State state = State.CONNECTING;

    /** Whether events are not to be heard any more: after the end, and those in the lane too if the server ended it. */
    @GuardedBy("lock")
    private boolean muted;

    /** Whether the socket has been cleaned up. Another may have its id then, to which its rooms belong. */
    @GuardedBy("lock")
    private boolean gone;

    /** Whether the end is one after which the client does not come back to this session. */
    @GuardedBy("lock")
    private boolean lost;

    Socket(
            String id,
            Namespace namespace,
            Client client,
            Handshake handshake,
            SocketData data,
            @Nullable SocketRecovery recovery) {
        this.id = id;
        this.namespace = namespace;
        this.client = client;
        this.authority = new Authority(this, handshake);
        this.data = data;
        this.recovery = recovery;
        SocketIoServer server = namespace.server();
        this.lane = new Lane(
                server.threads().listeners(),
                server.executor(),
                server.options().maxQueuedEvents(),
                server.options().engine().maxHttpBufferSize(),
                client);
        this.acks = new PendingAcks(server);
    }

    /** Returns the id, which others may know and by which {@link Namespace#socket} finds this socket. */
    public String id() {
        return id;
    }

    /** Returns the namespace that the client has joined. */
    public Namespace namespace() {
        return namespace;
    }

    /**
     * Returns whether the client was away and goes on where it was, with the same id, rooms and data; see {@link
     * ConnectionStateRecovery}. Listeners belong to the old socket and have to be set anew.
     */
    public boolean isRecovered() {
        return recovery != null && recovery.recovered() != null;
    }

    /** Returns how the client came here, with the auth that it was last given {@linkplain #reauthenticate anew}. */
    public Handshake handshake() {
        return authority.handshake();
    }

    /** Returns what the application remembers about this socket. */
    public SocketData data() {
        return data;
    }

    /** Returns the connection that carries this socket, and perhaps others of the same client. */
    public EngineSocket conn() {
        return client.conn();
    }

    /** Returns whether the client is in the namespace now. */
    public boolean isConnected() {
        synchronized (lock) {
            return state == State.CONNECTED;
        }
    }

    /** Returns the rooms of this socket, a copy; its own id is among them while it is connected. */
    public Set<String> rooms() {
        return isGone() ? Set.of() : namespace.adapter().rooms(id);
    }

    /**
     * Joins rooms; does nothing once the socket is disconnected.
     *
     * @throws IllegalStateException if the socket would be in more rooms than {@code maxRoomsPerSocket} allows
     */
    public void join(String... rooms) {
        List<String> joined = List.of(rooms);
        if (!isGone()) {
            namespace.adapter().join(id, joined);
        }
    }

    /** Leaves a room; does nothing if the socket is not in it. */
    public void leave(String room) {
        requireNonNull(room, "room");
        if (!isGone()) {
            namespace.adapter().leave(id, room);
        }
    }

    private boolean isGone() {
        synchronized (lock) {
            return gone;
        }
    }

    @Override
    SocketEmitter plain() {
        return plain;
    }

    boolean emit(OutgoingEvent event, Flags flags) {
        if (recovery != null && !flags.isVolatile()) {
            return !isLost() && namespace.adapter().emit(id, event, flags);
        }
        return sendEvent(event, Client.frames(namespace.server().encoder().event(event), flags), flags, null);
    }

    CompletableFuture<Arguments> emitWithAck(OutgoingEvent event, Flags flags) {
        long ackId = namespace.nextAckId();
        var packet = namespace.server().encoder().event(event.withAckId(ackId));
        CompletableFuture<Arguments> answer = acks.add(ackId, flags.timeout());
        if (!answer.isDone() && !sendEvent(event, Client.frames(packet, flags), flags, null)) {
            acks.fail(ackId, flags.isVolatile() && isConnected() ? lost() : new DisconnectedException());
        }
        return answer;
    }

    private static TimeoutException lost() {
        return new TimeoutException("the client is busy, and the event is volatile: it has not been sent");
    }

    /** Sends this client's part of a broadcast; returns whether it is one of those who are to answer. */
    boolean sendWithAck(
            OutgoingEvent event, long ackId, List<EnginePacket> frames, Flags flags, AckListener broadcast) {
        if (acks.add(ackId, broadcast)) {
            return sendEvent(event, frames, flags, null) || !acks.forget(ackId);
        }
        if (!isConnected()) {
            return false;
        }
        broadcast.onGone(); // it owes too many answers to get an event that wants one more
        return true;
    }

    void forgetAck(long ackId) {
        acks.forget(ackId);
    }

    /**
     * Leaves the namespace on the client's behalf. The connection stays open for other namespaces; the client does not
     * reconnect by itself.
     */
    public void disconnect() {
        disconnect(/* close= */ false);
    }

    /**
     * Leaves the namespace on the client's behalf.
     *
     * @param close whether to leave every namespace of this client and to close its connection
     */
    public void disconnect(boolean close) {
        if (close) {
            client.disconnect();
        } else {
            leaveNamespace();
        }
    }

    void leaveNamespace() {
        leaveNamespace(DisconnectReason.SERVER_NAMESPACE_DISCONNECT);
    }

    private void leaveNamespace(DisconnectReason reason) {
        if (client.remove(this)) {
            sendPacket(namespace.server().encoder().disconnect(namespace.name()));
            onClose(reason);
        }
    }

    /**
     * Sets when this socket may no longer be here, for instance because the token ends that its client brought. It is
     * disconnected then with {@link DisconnectReason#EXPIRED}; other namespaces of the client live on.
     *
     * <pre>{@code
     * io.use(socket -> socket.expiresAt(tokens.verify(socket.handshake().auth()).expiry()));
     * io.onConnection(socket -> socket.on("new token", JsonNode.class, (auth, ack) -> socket.reauthenticate(auth)
     *         .whenComplete((done, refusal) -> ack.send(refusal == null))));
     * }</pre>
     *
     * @param end another one takes its place; null or {@link Instant#MAX} removes it. One in the past disconnects at once
     */
    public void expiresAt(@Nullable Instant end) {
        authority.expireAt(Instant.MAX.equals(end) ? null : end);
        namespace.server().recovery().onChange(this);
    }

    /** Returns what was set with {@link #expiresAt}. */
    public Optional<Instant> expiresAt() {
        return authority.expiry();
    }

    /**
     * Has the middlewares of the namespace look at this socket again, with another auth; rooms, data and listeners stay.
     *
     * <p>They see the new auth in {@link #handshake} and may set a new {@linkplain #expiresAt expiry}; one that they do not
     * set anew goes on to count. If they refuse, the old auth and the old expiry count again; what else they have changed
     * stays, and so does the socket: disconnecting it is the application's choice.
     *
     * <p>Thread rules: the middlewares run on the server's executor and not in the order of this socket's events, so a
     * listener may wait for the future, which completes there, too. Several calls are served one after the other.
     *
     * @param auth what a client could send to join: a {@link Value}, a map, a record
     * @return fails with the {@link ConnectErrorException} of the middleware that refuses, with another exception that it
     *     throws, with {@link DisconnectedException} if the socket is or gets disconnected, and with
     *     {@link IllegalStateException} if 16 calls wait already
     * @throws IllegalArgumentException if the auth is not a JSON object
     * @throws IllegalStateException if the socket is not connected yet
     */
    public CompletableFuture<Void> reauthenticate(Object auth) {
        synchronized (lock) {
            if (state == State.CONNECTING) {
                throw new IllegalStateException("socket " + this + " is not connected yet: its middlewares still run");
            }
        }
        return authority.renew(auth);
    }

    void expire() {
        leaveNamespace(DisconnectReason.EXPIRED);
    }

    /** Learns that the socket is about to be disconnected; it is still in its rooms. */
    public Registration onDisconnecting(Consumer<DisconnectReason> listener) {
        return disconnecting.add(listener);
    }

    /** Learns that the socket has been disconnected, after it has left its rooms. The last that a socket does. */
    public Registration onDisconnect(Consumer<DisconnectReason> listener) {
        return disconnected.add(listener);
    }

    /** Sends a packet that is no event. */
    void sendPacket(EncodedPacket packet) {
        if (!isDisconnected()) {
            client.send(packet);
        }
    }

    private boolean isLost() {
        synchronized (lock) {
            return lost;
        }
    }

    /** Sends an event unless the client gets it, or has got it, with those that it has missed. */
    boolean deliver(Broadcast broadcast, List<EnginePacket> frames, Flags flags, @Nullable Departures departures) {
        boolean now = recovery == null || recovery.admits(broadcast);
        return now ? sendEvent(broadcast.event(), frames, flags, departures) : !isDisconnected();
    }

    /**
     * Sends an event.
     *
     * @param frames the event as it travels
     * @param departures with which it may leave; null if it leaves now
     * @return false if nothing is sent, because the client is gone or because it is busy and the event volatile
     */
    boolean sendEvent(OutgoingEvent event, List<EnginePacket> frames, Flags flags, @Nullable Departures departures) {
        if (isDisconnected()) {
            return false;
        }
        if (hearsOutgoing()) {
            tellOutgoing(event);
        }
        EngineSocket conn = client.conn();
        if (!flags.isVolatile()) {
            return departures == null ? conn.send(frames) : conn.send(frames, departures);
        }
        String key = flags.key();
        return key == null ? conn.sendVolatile(frames) : conn.sendVolatile(namespace.name() + "," + key, frames);
    }

    boolean isDisconnected() {
        synchronized (lock) {
            return state == State.DISCONNECTED;
        }
    }

    Client client() {
        return client;
    }

    @Nullable
    SocketRecovery recovery() {
        return recovery;
    }

    Lane lane() {
        return lane;
    }

    /** Returns false if the end came first. */
    boolean setConnected() {
        synchronized (lock) {
            if (state != State.CONNECTING) {
                return false;
            }
            state = State.CONNECTED;
        }
        client.onJoined();
        return true;
    }

    /** Forgets a socket that a middleware has refused; returns false if the end came first. */
    boolean refused() {
        synchronized (lock) {
            if (state != State.CONNECTING) {
                return false;
            }
            state = State.DISCONNECTED;
            gone = true;
            lost = true;
        }
        client.remove(this);
        namespace.server().recovery().putBack(this);
        namespace.remove(this);
        client.onCleanedUp(this);
        acks.failAll();
        authority.end();
        namespace.server().recovery().onEnd(this);
        return true;
    }

    /**
     * Takes an event.
     *
     * @param size of the event as it came, in characters and bytes
     */
    void onEvent(Packet.Event event, int size) {
        String name = event.name();
        if (name == null) {
            return;
        }
        lane.execute(() -> dispatch(name, event), size);
        if (lane.isOverrun()) {
            client.onOverrun(this); // not every container can stop reading
        }
    }

    private void dispatch(String name, Packet.Event event) {
        Ack ack = new EventAck(this, event.ackId());
        if (!isMuted() && admits(name, event.arguments(), ack) && !isMuted()) {
            listeners().dispatch(name, event.arguments(), ack, this);
        }
    }

    private boolean isMuted() {
        synchronized (lock) {
            return muted;
        }
    }

    @Override
    void onFailure(String event, Throwable failure) {
        boolean told = tellError(event, failure);
        boolean toldNamespace = namespace.errorListeners().tell(this, event, failure);
        if (!told && !toldNamespace) {
            super.onFailure(event, failure);
        }
    }

    void onAck(Packet.Ack ack) {
        acks.complete(ack.ackId(), ack.arguments());
    }

    /** Ends this socket; the first reason counts. */
    void onClose(DisconnectReason reason) {
        boolean wasConnected;
        synchronized (lock) {
            if (state == State.DISCONNECTED) {
                return;
            }
            wasConnected = state == State.CONNECTED;
            state = State.DISCONNECTED;
            muted = reason == DisconnectReason.SERVER_NAMESPACE_DISCONNECT || reason == DisconnectReason.EXPIRED;
            lost = !reason.isRecoverable();
        }
        acks.failAll();
        authority.end();
        lane.execute(() -> cleanUp(wasConnected, reason));
    }

    private void cleanUp(boolean wasConnected, DisconnectReason reason) {
        if (wasConnected) {
            tell(disconnecting, reason);
        }
        namespace.server().recovery().onClose(this, wasConnected, reason);
        synchronized (lock) {
            gone = true;
        }
        namespace.remove(this);
        client.onCleanedUp(this);
        synchronized (lock) {
            muted = true; // an event may have been on its way here when the connection ended
        }
        if (wasConnected) {
            tell(disconnected, reason);
        }
        namespace.server().recovery().onEnd(this);
    }

    private void tell(ListenerList<Consumer<DisconnectReason>> listeners, DisconnectReason reason) {
        for (Consumer<DisconnectReason> listener : listeners.all()) {
            try {
                listener.accept(reason);
            } catch (Throwable e) { // languages without checked exceptions throw those too
                log.error("a disconnect listener failed (socket {})", this, e);
            }
        }
    }

    /** Returns namespace and id, as log lines should show a socket. */
    @Override
    public String toString() {
        return namespace.name() + "#" + id;
    }
}
