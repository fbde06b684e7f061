package dev.socketio;

import dev.socketio.adapter.Adapter;
import dev.socketio.adapter.BroadcastOptions;
import dev.socketio.adapter.Recovered;
import dev.socketio.adapter.RoomListener;
import dev.socketio.adapter.Session;
import dev.socketio.protocol.Value;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A part of a server with its own middleware, sockets and rooms. Clients join it by name, several over one connection.
 *
 * <p>Thread rules: every method may be called from any thread and returns at once.
 */
public final class Namespace extends EventEmitter implements Broadcaster {

    /** What is given to {@link #onConnection}. */
    @FunctionalInterface
    public interface ConnectionListener {

        /** Takes a socket that has just connected; its first event is heard after this has returned. */
        void onConnection(Socket socket) throws Exception;
    }

    private final SocketIoServer server;
    private final String name;
    private final @Nullable ParentNamespace parent;
    private final Adapter adapter;
    private final BroadcastOperator all = new BroadcastOperator(List.of(this), BroadcastOptions.ALL);

    private final ConnectedSockets sockets;
    private final ServerSideEvents serverSide;
    private final Middlewares middlewares;
    private final ConnectionListeners connectionListeners;
    private final ErrorListeners errorListeners;

    Namespace(SocketIoServer server, String name, @Nullable ParentNamespace parent) {
        super(name.equals("/") ? server.listeners() : new Listeners(ServerSideEvents::checkName));
        this.server = server;
        this.name = name;
        this.parent = parent;
        this.middlewares = new Middlewares(parent == null ? null : parent.middlewares());
        this.connectionListeners = new ConnectionListeners(parent == null ? null : parent.connectionListeners());
        this.errorListeners = new ErrorListeners(parent == null ? null : parent.errorListeners());
        this.serverSide = new ServerSideEvents(this);
        this.sockets = new ConnectedSockets(this);
        this.adapter = server.adapters().create(sockets);
        if (adapter.savesSessions()) {
            adapter.addRoomListener(new SessionChanges());
        }
    }

    /** Rooms are a part of what is saved. */
    private final class SessionChanges implements RoomListener {

        @Override
        public void onJoinRoom(String room, String id) {
            onLeaveRoom(room, id);
        }

        @Override
        public void onLeaveRoom(String room, String id) {
            Socket socket = sockets.get(id);
            if (socket != null) {
                server.recovery().onChange(socket);
            }
        }
    }

    /** Returns the name, which starts with a slash. */
    public String name() {
        return name;
    }

    /** Returns the server that this namespace is a part of. */
    public SocketIoServer server() {
        return server;
    }

    /** Returns what knows the rooms and how many servers there are. Sockets change their rooms themselves. */
    public Adapter adapter() {
        return adapter;
    }

    /** Adds a middleware. Middlewares run in the order in which they were added, on each client that wants to join. */
    public void use(Middleware middleware) {
        middlewares.add(middleware);
    }

    /** Adds a middleware that decides later, without keeping a thread meanwhile. */
    public void useAsync(Middleware.Async middleware) {
        middlewares.addAsync(middleware);
    }

    /** Listens to connections. Sockets that are connected already are not told. */
    public Registration onConnection(ConnectionListener listener) {
        return connectionListeners.add(listener);
    }

    /**
     * Listens to what goes wrong with events of the clients in this namespace, after those who listen to the one client;
     * see {@link SocketEvents#onError}.
     */
    public Registration onError(ErrorListener.OfNamespace listener) {
        return errorListeners.add(listener);
    }

    /** Returns the sockets that are connected to this server, a view that changes with them. */
    public Collection<Socket> sockets() {
        return sockets.all();
    }

    /** Returns the socket of this id if it is connected to this server. */
    public Optional<Socket> socket(String id) {
        return Optional.ofNullable(sockets.get(id));
    }

    @Override
    public BroadcastOperator all() {
        return all;
    }

    /**
     * Sends an event to the other servers of the cluster, where the listeners that this namespace has there hear it; see
     * {@link #on}. Clients do not. A server that stands alone sends nothing.
     *
     * <p>On each server the listeners of one namespace hear such events one after the other, in the order in which they
     * came, and may block.
     *
     * @param event any name but {@code connect}, {@code connection} and {@code new_namespace}
     * @param arguments values that Jackson can write; a {@code byte[]} travels as binary
     * @throws IllegalArgumentException if the name is reserved or a value cannot be written; nothing has been sent then
     */
    public void serverSideEmit(String event, @Nullable Object... arguments) {
        serverSide.emit(event, arguments);
    }

    /**
     * Sends an event to the other servers of the cluster and waits for the answer of each, 5 s at most.
     *
     * @return the first argument of each answer, in the order in which they came; an empty list at once if there are no
     *     other servers. The future fails with {@link MissingAcksException}, which has the answers so far, when the time is
     *     over. It completes on the server's executor; cancelling it ends the wait
     * @throws IllegalArgumentException if the name is reserved or a value cannot be written; nothing has been sent then
     */
    public CompletableFuture<List<Value>> serverSideEmitWithAck(String event, @Nullable Object... arguments) {
        return serverSide.emitWithAck(event, arguments);
    }

    ServerSideEvents serverSide() {
        return serverSide;
    }

    long nextAckId() {
        return sockets.nextAckId();
    }

    /** Returns what this namespace inherits from; null if it is not a child. */
    @Nullable
    ParentNamespace parent() {
        return parent;
    }

    /**
     * Lets a client in that has {@linkplain Namespaces#enter entered}, or refuses it; the socket is not in the namespace
     * until its middlewares have passed it.
     *
     * @return completes when there is a socket for the client
     */
    CompletionStage<Void> connect(Client client, Value auth) {
        Handshake handshake =
                new Handshake(client.conn().request(), auth, server.scheduler().now());
        String pid = text(auth, "pid");
        if (pid == null || !isRecoverable(client)) {
            enter(client, handshake, Optional.empty());
            return CompletableFuture.completedStage(null);
        }
        return server.recovery()
                .find(this, client, pid, text(auth, "offset"))
                .thenAccept(recovered -> enter(client, handshake, recovered));
    }

    private static @Nullable String text(Value auth, String property) {
        return auth.toJson().path(property).textValue();
    }

    private boolean isRecoverable(Client client) {
        return server.options().connectionStateRecovery().isPresent()
                && client.version().knowsRecovery();
    }

    private void enter(Client client, Handshake handshake, Optional<Recovered> recovered) {
        Socket socket =
                recovered.map(again -> recovered(client, handshake, again)).orElseGet(() -> created(client, handshake));
        sockets.enter(socket);
        server.recovery().add(socket);
        if (client.add(socket)) {
            new Admission(socket, client).start();
        } else {
            server.recovery().putBack(socket);
            remove(socket);
            server.recovery().onEnd(socket);
        }
    }

    private Socket created(Client client, Handshake handshake) {
        SocketRecovery begun = isRecoverable(client) ? new SocketRecovery(server.newId()) : null;
        Socket socket = new Socket(
                client.version().socketId(this, client.conn()), this, client, handshake, new SocketData(), begun);
        listenToData(socket);
        adapter.add(socket.id());
        socket.join(socket.id()); // before a middleware can fill all the rooms that a socket may have
        return socket;
    }

    private Socket recovered(Client client, Handshake handshake, Recovered again) {
        Session session = again.session();
        SocketData data = (SocketData) session.data();
        Socket socket = new Socket(session.id(), this, client, handshake, data, new SocketRecovery(again));
        listenToData(socket);
        adapter.add(session);
        socket.expiresAt(session.expiry());
        return socket;
    }

    private void listenToData(Socket socket) {
        if (adapter.savesSessions()) {
            socket.data().onChange(() -> server.recovery().onChange(socket));
        }
    }

    Middlewares middlewares() {
        return middlewares;
    }

    /** A socket has been let in. From now on it hears broadcasts. */
    void add(Socket socket) {
        sockets.add(socket);
    }

    void tellConnection(Socket socket) {
        connectionListeners.tell(socket);
    }

    ErrorListeners errorListeners() {
        return errorListeners;
    }

    /** A socket that was about to join, or had joined, has gone. */
    void remove(Socket socket) {
        sockets.remove(socket);
        adapter.removeAll(socket.id());
        server.namespaces().leave(this);
    }

    /** The server has forgotten this namespace, in which nobody is, or is closing. */
    void close() {
        adapter.close();
    }

    /** Returns the name, as log lines should show a namespace. */
    @Override
    public String toString() {
        return name;
    }
}
