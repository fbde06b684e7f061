package dev.socketio;

import static java.util.Objects.requireNonNull;

import dev.socketio.adapter.Adapter;
import dev.socketio.adapter.Broadcast;
import dev.socketio.adapter.BroadcastOptions;
import dev.socketio.adapter.Flags;
import dev.socketio.adapter.InMemoryAdapter;
import dev.socketio.adapter.LocalSockets;
import dev.socketio.engine.EnginePacket;
import dev.socketio.protocol.Parser;
import dev.socketio.protocol.Value;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A part of a server with its own middleware, sockets and rooms. Clients join it by name, several over one connection.
 *
 * <p>Thread rules: every method may be called from any thread and returns at once.
 */
public final class Namespace implements Broadcaster {

    private static final Logger log = LoggerFactory.getLogger(Namespace.class);

    /** What is given to {@link #onConnection}. */
    @FunctionalInterface
    public interface ConnectionListener {

        /** Takes a socket that has just connected; its first event is heard after this has returned. */
        void onConnection(Socket socket) throws Exception;
    }

    private final SocketIoServer server;
    private final String name;
    private final Adapter adapter;
    private final BroadcastOperator all = new BroadcastOperator(List.of(this), BroadcastOptions.ALL);

    private final ConcurrentMap<String, Socket> sockets = new ConcurrentHashMap<>();
    private final Middlewares middlewares = new Middlewares();
    private final List<ConnectionListener> connectionListeners = new CopyOnWriteArrayList<>();
    private final AtomicLong ackIds = new AtomicLong();

    Namespace(SocketIoServer server, String name) {
        this.server = server;
        this.name = name;
        this.adapter = new InMemoryAdapter(new Window(), server.options().maxRoomsPerSocket());
    }

    /** Returns the name, which starts with a slash. */
    public String name() {
        return name;
    }

    /** Returns the server that this namespace is a part of. */
    public SocketIoServer server() {
        return server;
    }

    /** Adds a middleware. Middlewares run in the order in which they were added, on each client that wants to join. */
    public void use(Middleware middleware) {
        requireNonNull(middleware, "middleware");
        useAsync(socket -> {
            middleware.check(socket);
            return CompletableFuture.completedStage(null);
        });
    }

    /** Adds a middleware that decides later, without keeping a thread meanwhile. */
    public void useAsync(Middleware.Async middleware) {
        middlewares.add(requireNonNull(middleware, "middleware"));
    }

    /** Listens to connections. Sockets that are connected already are not told. */
    public Registration onConnection(ConnectionListener listener) {
        return Listeners.register(connectionListeners, requireNonNull(listener, "listener"));
    }

    /** Returns the sockets that are connected to this server, a view that changes with them. */
    public Collection<Socket> sockets() {
        return Collections.unmodifiableCollection(sockets.values());
    }

    /** Returns the socket of this id if it is connected to this server. */
    public Optional<Socket> socket(String id) {
        return Optional.ofNullable(sockets.get(id));
    }

    @Override
    public BroadcastOperator all() {
        return all;
    }

    Adapter adapter() {
        return adapter;
    }

    long nextAckId() {
        return ackIds.getAndIncrement();
    }

    /** Lets a client in or refuses it; the socket is not in the namespace until its middlewares have passed it. */
    void connect(Client client, Value auth) {
        Handshake handshake =
                new Handshake(client.conn().request(), auth, server.scheduler().now());
        Socket socket = new Socket(server.newId(), this, client, handshake);
        adapter.add(socket.id());
        socket.join(socket.id()); // before a middleware can fill all the rooms that a socket may have
        if (client.add(socket)) {
            new Admission(socket, client).start();
        } else {
            adapter.removeAll(socket.id());
        }
    }

    Middlewares middlewares() {
        return middlewares;
    }

    /** A socket has been let in. From now on it hears broadcasts. */
    void add(Socket socket) {
        sockets.put(socket.id(), socket);
    }

    void tellConnection(Socket socket) {
        for (ConnectionListener listener : connectionListeners) {
            try {
                listener.onConnection(socket);
            } catch (Exception | Error e) {
                log.error("a connection listener of {} failed (socket {})", name, socket, e);
            }
        }
    }

    void remove(Socket socket) {
        sockets.remove(socket.id(), socket);
        adapter.removeAll(socket.id());
    }

    /** What the adapter sees of the sockets. */
    private final class Window implements LocalSockets {

        @Override
        public Set<String> ids() {
            return sockets.keySet();
        }

        @Override
        public String namespace() {
            return name;
        }

        @Override
        public Parser.Encoder encoder() {
            return server.encoder();
        }

        @Override
        public void send(Set<String> ids, Set<String> except, Broadcast broadcast, Flags flags) {
            List<EnginePacket> frames = Client.frames(broadcast.packet(), flags);
            for (String id : ids) {
                Socket socket = except.contains(id) ? null : sockets.get(id);
                if (socket != null) {
                    socket.send(frames, flags);
                }
            }
        }
    }
}
