package dev.socketio;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.socketio.adapter.Flags;
import dev.socketio.engine.CloseReason;
import dev.socketio.engine.EngineListener;
import dev.socketio.engine.EnginePacket;
import dev.socketio.engine.EngineSocket;
import dev.socketio.protocol.EncodedPacket;
import dev.socketio.protocol.Packet;
import dev.socketio.protocol.PacketException;
import dev.socketio.protocol.Parser;
import dev.socketio.protocol.Value;
import dev.socketio.time.Lane;
import dev.socketio.time.Scheduler.Cancellable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection as Socket.IO sees it: packets instead of messages, and a {@link Socket} for each namespace that it has
 * joined or is about to join.
 */
final class Client implements EngineListener, Lane.Gauge {

    private static final Logger log = LoggerFactory.getLogger(Client.class);

    /** How long, in characters, what a client brings to join a namespace may be: it is kept as long as the socket. */
    private static final int MAX_AUTH_LENGTH = 64 << 10;

    /** How long the attachments of a packet may take to come. */
    private static final Duration ATTACHMENTS_TIMEOUT = Duration.ofSeconds(45);

    private final SocketIoServer server;
    private final EngineSocket conn;
    private final ProtocolVersion version;

    /*
     * Concurrency. `lock` guards every mutable field; sockets, namespaces and the connection are called after it has
     * been released. Messages arrive one at a time, but the end of the connection may come in between.
     */
    private final Object lock = new Object();

    @GuardedBy("lock")
    private final Parser.Decoder decoder;

    /** The sockets by namespace, those whose middlewares still run among them. */
    @GuardedBy("lock")
    private final Map<String, Socket> sockets = new HashMap<>(4);

    /** The namespaces that the client wants to join and has no socket in yet, because the application still decides. */
    @GuardedBy("lock")
    private Set<String> asked = Set.of();

    /**
     * The namespaces that the client has left and whose sockets have not been cleaned up, where the next socket will
     * have the id of the last: it must not lose its rooms to that one's end.
     */
    @GuardedBy("lock")
    private Set<String> leaving = Set.of();

    /** What the client has brought to join one of those again, as soon as that is over. */
    @GuardedBy("lock")
    private Map<String, Value> rejoining = Map.of();

    /** How many sockets there are that have not been cleaned up, whether or not the client has left them. */
    @GuardedBy("lock")
    private int living;

    /** What has come of the binary packet that is being read, in characters and bytes. */
    @GuardedBy("lock")
    private int partSize;

    @GuardedBy("lock")
    private boolean closed;

    /** Closes a connection that joins no namespace; null once one has been joined. */
    @GuardedBy("lock")
    private @Nullable Cancellable connectTimer;

    /** Closes a connection whose binary packet stays incomplete; null while there is none. */
    @GuardedBy("lock")
    private @Nullable Cancellable attachmentsTimer;

    Client(SocketIoServer server, EngineSocket conn) {
        this.server = server;
        this.conn = conn;
        this.version = ProtocolVersion.of(conn);
        this.decoder = server.options()
                .parser()
                .decoder(server.json(), server.options().maxAttachments());
        synchronized (lock) {
            connectTimer = server.scheduler().schedule(server.options().connectTimeout(), this::onNothingJoined);
        }
    }

    EngineSocket conn() {
        return conn;
    }

    ProtocolVersion version() {
        return version;
    }

    /** Turns a packet into the messages that carry it; the result may be sent to any number of clients. */
    static List<EnginePacket> frames(EncodedPacket packet, Flags flags) {
        if (packet.text() != null && packet.attachments().isEmpty()) {
            return List.of(frame(EnginePacket.message(packet.text()), flags));
        }
        List<EnginePacket> frames = new ArrayList<>(packet.attachments().size() + 1);
        if (packet.text() != null) {
            frames.add(frame(EnginePacket.message(packet.text()), flags));
        }
        for (byte[] attachment : packet.attachments()) {
            frames.add(frame(EnginePacket.message(attachment), flags));
        }
        return frames;
    }

    private static EnginePacket frame(EnginePacket packet, Flags flags) {
        return flags.compress() ? packet : packet.uncompressed();
    }

    /** Sends a packet that belongs to no socket. */
    void send(EncodedPacket packet) {
        send(packet, Flags.NONE);
    }

    void send(EncodedPacket packet, Flags flags) {
        conn.send(frames(packet, flags));
    }

    @Override
    public void onOpen() {
        if (version.joinsMainNamespace()) {
            onConnect(new Packet.Connect("/", null));
        }
    }

    @Override
    public void onMessage(String text) {
        take(text, null);
    }

    @Override
    public void onMessage(byte[] bytes) {
        take(null, bytes);
    }

    private void take(@Nullable String text, byte @Nullable [] bytes) {
        Packet packet = null;
        int size;
        try {
            synchronized (lock) {
                if (text != null) {
                    partSize += text.length();
                    packet = decoder.add(text);
                } else if (bytes != null) {
                    partSize += bytes.length;
                    packet = decoder.add(bytes);
                }
                size = partSize;
                partSize = packet == null ? partSize : 0;
                timeAttachments();
            }
        } catch (PacketException e) {
            log.debug("connection closed, not a Socket.IO packet: {}", e.getMessage());
            conn.close();
            return;
        } catch (RuntimeException e) {
            log.error("connection closed, its parser has failed", e);
            conn.close();
            return;
        }
        if (packet != null) {
            route(packet, size);
        }
    }

    @GuardedBy("lock")
    private void timeAttachments() {
        if (decoder.isWaiting() && attachmentsTimer == null) {
            attachmentsTimer = server.scheduler().schedule(ATTACHMENTS_TIMEOUT, this::onAttachmentsLate);
        } else if (!decoder.isWaiting() && attachmentsTimer != null) {
            attachmentsTimer.cancel();
            attachmentsTimer = null;
        }
    }

    private void onAttachmentsLate() {
        if (conn.isPaused()) {
            synchronized (lock) {
                attachmentsTimer = null; // they may be waiting to be read
                if (!closed) {
                    timeAttachments();
                }
            }
            return;
        }
        log.debug("connection closed, a packet stays without its attachments");
        conn.close();
    }

    private void route(Packet packet, int size) {
        if (packet instanceof Packet.Connect connect) {
            if (size > MAX_AUTH_LENGTH) {
                onViolation(connect);
            } else {
                onConnect(connect);
            }
            return;
        }
        Socket socket = connected(version.namespace(packet.namespace()));
        if (socket == null || packet instanceof Packet.ConnectError) {
            onViolation(packet);
        } else if (packet instanceof Packet.Event event) {
            socket.onEvent(event, size);
        } else if (packet instanceof Packet.Ack ack) {
            socket.onAck(ack);
        } else if (remove(socket)) {
            socket.onClose(DisconnectReason.CLIENT_NAMESPACE_DISCONNECT);
        }
    }

    private void onConnect(Packet.Connect connect) {
        String name = version.namespace(connect.namespace());
        Value auth = version.auth(connect, server.json());
        boolean joined;
        boolean tooMany;
        boolean wait;
        synchronized (lock) {
            joined = sockets.containsKey(name) || asked.contains(name);
            tooMany = living + asked.size() >= server.options().maxNamespacesPerConnection();
            boolean mayJoin = auth != null && !joined && !tooMany && !closed;
            if (mayJoin) {
                asked = with(asked, name);
            }
            wait = mayJoin && leaving.contains(name);
            if (wait) {
                rejoining = new HashMap<>(rejoining);
                rejoining.put(name, auth);
            }
        }
        if (joined || auth == null) {
            onViolation(connect);
        } else if (tooMany) {
            refuse(name, "Too many namespaces");
        } else if (!wait) {
            enter(name, auth);
        }
    }

    private void enter(String name, Value auth) {
        CompletionStage<Namespace> entered = server.namespaces().enter(name, auth, this::isOpen);
        // as listeners run: what listens to rooms may take its time, and this thread reads for others too
        entered.thenComposeAsync(namespace -> namespace.connect(this, auth), server::execute)
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        onNotJoined(name, failure);
                    }
                });
    }

    private void onNotJoined(String name, Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        synchronized (lock) {
            asked = without(asked, name);
        }
        if (cause instanceof ConnectErrorException refusal) {
            refuse(name, String.valueOf(refusal.getMessage()));
        } else {
            log.error("a client could not join {}", name, cause);
            refuse(name, "Internal server error");
        }
    }

    private void refuse(String namespace, String message) {
        send(server.encoder().connectError(namespace, Map.of("message", message)));
    }

    /** Small while it is empty, as these sets are for most of a connection's life. */
    private static Set<String> with(Set<String> names, String name) {
        if (names.isEmpty()) {
            return Set.of(name);
        }
        Set<String> more = new HashSet<>(names);
        more.add(name);
        return Set.copyOf(more);
    }

    private static Set<String> without(Set<String> names, String name) {
        if (!names.contains(name)) {
            return names;
        }
        Set<String> fewer = new HashSet<>(names);
        fewer.remove(name);
        return Set.copyOf(fewer);
    }

    private boolean isOpen() {
        synchronized (lock) {
            return !closed;
        }
    }

    private void onViolation(Packet packet) {
        log.debug(
                "connection closed, a {} for {} may not come now",
                packet.getClass().getSimpleName(),
                version.namespace(packet.namespace()));
        conn.close();
        end(DisconnectReason.FORCED_SERVER_CLOSE); // does nothing if the connection could be closed at once
    }

    private @Nullable Socket connected(String namespace) {
        Socket socket;
        synchronized (lock) {
            socket = sockets.get(namespace);
        }
        return socket != null && socket.isConnected() ? socket : null;
    }

    /** The client has come back over another connection: this one has ended, whatever its transport believes. */
    void supersede() {
        end(DisconnectReason.TRANSPORT_CLOSE);
        conn.close();
    }

    /** Takes a socket that is about to join; returns false if the connection has ended. */
    boolean add(Socket socket) {
        synchronized (lock) {
            asked = without(asked, socket.namespace().name());
            boolean added = !closed && sockets.putIfAbsent(socket.namespace().name(), socket) == null;
            living += added ? 1 : 0;
            return added;
        }
    }

    /** A socket that was added has been cleaned up. */
    void onCleanedUp(Socket socket) {
        String namespace = socket.namespace().name();
        Value auth;
        synchronized (lock) {
            living--;
            leaving = without(leaving, namespace);
            auth = rejoining.isEmpty() ? null : rejoining.remove(namespace);
        }
        if (auth != null) {
            enter(namespace, auth);
        }
    }

    void onOverrun(Socket socket) {
        log.debug("connection closed, socket {} sends faster than its listeners work", socket);
        conn.close();
    }

    /** A socket has joined its namespace, so the connection is of use. */
    void onJoined() {
        synchronized (lock) {
            cancelConnectTimer();
        }
    }

    /** Returns whether this call removed the socket. */
    boolean remove(Socket socket) {
        String namespace = socket.namespace().name();
        synchronized (lock) {
            boolean removed = sockets.remove(namespace, socket);
            if (removed && version.keepsIds()) {
                leaving = with(leaving, namespace);
            }
            return removed;
        }
    }

    /** Leaves every namespace and closes the connection. */
    void disconnect() {
        List<Socket> all;
        synchronized (lock) {
            all = new ArrayList<>(sockets.values());
        }
        all.forEach(Socket::leaveNamespace);
        conn.close();
    }

    private void onNothingJoined() {
        log.debug("connection closed, no namespace joined in time");
        conn.close();
    }

    @Override
    public long progress() {
        List<Socket> all;
        synchronized (lock) {
            all = new ArrayList<>(sockets.values());
        }
        return all.stream().mapToLong(socket -> socket.lane().started()).sum();
    }

    @Override
    public void onClose(CloseReason reason, String detail) {
        log.debug("connection ended: {} {}", reason, detail);
        end(DisconnectReason.of(reason));
    }

    private void end(DisconnectReason reason) {
        List<Socket> all;
        synchronized (lock) {
            closed = true;
            all = new ArrayList<>(sockets.values());
            sockets.clear();
            asked = Set.of();
            rejoining = Map.of();
            cancelConnectTimer();
            if (attachmentsTimer != null) {
                attachmentsTimer.cancel();
            }
        }
        for (Socket socket : all) {
            socket.onClose(reason);
        }
    }

    @GuardedBy("lock")
    private void cancelConnectTimer() {
        if (connectTimer != null) {
            connectTimer.cancel();
            connectTimer = null;
        }
    }

    @Override
    public void onFull() {
        conn.pause();
    }

    @Override
    public void onRelieved() {
        conn.resume();
    }
}
