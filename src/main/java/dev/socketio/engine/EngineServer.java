package dev.socketio.engine;

import static java.util.Objects.requireNonNull;

import dev.socketio.time.Scheduler;
import dev.socketio.time.SystemScheduler;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections, finds them again by their session id, and refuses what does not follow the protocol. It is usable
 * on its own, below an application that wants messages and no events.
 *
 * <p>Thread rules: everything may be called from any thread.
 */
public final class EngineServer implements AutoCloseable {

    private final EngineOptions options;
    private final Scheduler scheduler;
    private final @Nullable SystemScheduler ownScheduler;
    private final ConnectionHandler handler;
    private final Sessions sessions;
    private final Verification verification;
    private final EngineHooks hooks = new EngineHooks();

    /** Creates a server with a timer thread of its own, which {@link #close} ends. */
    public EngineServer(EngineOptions options, ConnectionHandler handler) {
        this(options, handler, new IdGenerator()::next, new SystemScheduler("socketio-timer"), /* own= */ true);
    }

    /** Creates a server on somebody else's scheduler. */
    public EngineServer(EngineOptions options, ConnectionHandler handler, Scheduler scheduler) {
        this(options, handler, new IdGenerator()::next, scheduler, /* own= */ false);
    }

    EngineServer(
            EngineOptions options, ConnectionHandler handler, Supplier<String> ids, Scheduler scheduler, boolean own) {
        this.options = requireNonNull(options, "options");
        this.handler = requireNonNull(handler, "handler");
        this.sessions = new Sessions(options, ids);
        this.verification = new Verification(options, sessions);
        this.scheduler = scheduler;
        this.ownScheduler = own ? (SystemScheduler) scheduler : null;
    }

    /** Returns the options. */
    public EngineOptions options() {
        return options;
    }

    /** Returns how many connections are open or closing. */
    public int clientsCount() {
        return sessions.size();
    }

    /** Returns the time by which this server goes. */
    public Scheduler scheduler() {
        return scheduler;
    }

    /**
     * Adds a middleware, which looks at every request after those that were added before it. Add middlewares before the
     * first client can connect.
     */
    public void use(EngineMiddleware middleware) {
        hooks.use(middleware);
    }

    /**
     * Listens to the first response of every session, which is about to go out: the response to a handshake over polling,
     * or status 101 for one over WebSocket. The listener may give it headers, {@code Set-Cookie} among them.
     *
     * <p>Called on the thread that answers, which may be that of anybody who sends: it must not wait. What it throws is
     * logged, and the response goes out nevertheless.
     */
    public void onInitialHeaders(BiConsumer<ResponseHeaders, EngineRequest> listener) {
        hooks.onInitialHeaders(listener);
    }

    /**
     * Listens to every response by which the protocol goes on, which is about to go out: those to polls and to POSTs, and
     * status 101; error replies are not among them. Called as {@link #onInitialHeaders} is, and after it.
     */
    public void onHeaders(BiConsumer<ResponseHeaders, EngineRequest> listener) {
        hooks.onHeaders(listener);
    }

    /**
     * Listens to requests that are refused ({@code connection_error}). Called on the thread that brought the request;
     * what the listener throws is logged.
     */
    public void onConnectionError(Consumer<ConnectionError> listener) {
        hooks.onConnectionError(listener);
    }

    /**
     * Sets who makes the ids of sessions, in place of 120 random bits. Whoever knows the id of a session can speak for
     * its client and read what is meant for it: an id must be impossible to guess, whatever else it says, and never be
     * used twice. It is 1 to 200 letters, digits, and characters of {@code -._~}. In a cluster, {@link
     * EngineOptions#nodeId()} is added to it.
     *
     * <p>Called on the container's thread for each new session. If it throws, or returns what is no such id or that of a
     * session that is open, this is logged, and the request refused with code 3.
     */
    public void generateId(Function<EngineRequest, String> generator) {
        sessions.generateId(generator);
    }

    /** Takes a request that is not for a WebSocket, and answers it at once or when there is something to say. */
    public void handle(HttpExchange exchange) {
        ResponseHeaders headers = new ResponseHeaders();
        try {
            hooks.applyMiddlewares(exchange, headers);
            EngineSocket known = sessions.find(exchange);
            verification.check(exchange, known, /* webSocket= */ false);
            if (known == null) {
                openPolling(exchange, headers);
            } else if (known.link().transport() instanceof PollingTransport polling) {
                polling.onRequest(new HookedExchange(exchange, headers, hooks, /* initial= */ false));
            } else { // upgraded since it was verified
                throw Verification.transportMismatch(TransportName.POLLING, TransportName.WEBSOCKET);
            }
        } catch (EngineRefusal refusal) {
            hooks.report(refusal, exchange::snapshot);
            exchange.respond(refusal.pollingReply().with(headers));
        }
    }

    /**
     * Returns the other node of the cluster to which a request has to go.
     *
     * @return null if it is for this node: it opens a session, or names one that is not of another
     */
    public @Nullable String otherNode(RequestHead head) {
        return sessions.otherNode(head);
    }

    /**
     * Refuses a request that could not be brought to the node of its session, with {@link
     * EngineError#NODE_UNAVAILABLE}. The client will open another session.
     *
     * @param failure what went wrong; null if too many requests are under way to that node
     */
    public void refuseForNode(HttpExchange exchange, String node, @Nullable Throwable failure) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("nodeId", node);
        details.put("sid", String.valueOf(exchange.query().get("sid")));
        if (failure != null) {
            details.put("error", failure);
        }
        String name = failure == null ? "MAX_FORWARDED_REQUESTS" : "FORWARDING_FAILED";
        EngineRefusal refusal = EngineRefusal.named(EngineError.NODE_UNAVAILABLE, name, details);
        hooks.report(refusal, exchange::snapshot);
        exchange.respond(refusal.pollingReply());
    }

    /**
     * Decides over a request for a WebSocket, before the container answers it.
     *
     * @throws EngineRefusal if it is not to be carried out
     */
    public WebSocketHandshake acceptWebSocket(RequestHead head) throws EngineRefusal {
        ResponseHeaders headers = new ResponseHeaders();
        try {
            hooks.applyMiddlewares(head, headers);
            EngineSocket known = sessions.find(head);
            verification.check(head, known, /* webSocket= */ true);
            EngineRequest request = head.snapshot();
            String sid = known == null ? sessions.newId(request) : known.id();
            hooks.onResponse(headers, request, /* initial= */ known == null);
            return new WebSocketHandshake(this, request, headers, sid, known);
        } catch (EngineRefusal refusal) {
            hooks.report(refusal, head::snapshot);
            throw refusal.with(headers);
        }
    }

    private void openPolling(HttpExchange exchange, ResponseHeaders headers) throws EngineRefusal {
        EngineRequest request = exchange.snapshot();
        EngineSocket socket = new EngineSocket(sessions.newId(request), this, request);
        sessions.add(socket);
        PollingFormat format = socket.revision().pollingFormat(request.query());
        PollingTransport transport = new PollingTransport(socket.link(), format, scheduler, options);
        List<String> upgrades = options.upgradesToWebSocket() && exchange.canUpgrade()
                ? List.of(TransportName.WEBSOCKET.toString())
                : List.of();
        socket.open(transport, openPacket(socket, upgrades), handler);
        if (options.cookie() != null) {
            headers.add("Set-Cookie", options.cookie().header(socket.id()));
        }
        transport.onRequest(new HookedExchange(exchange, headers, hooks, /* initial= */ true));
        socket.tellOpen();
        dropIfClosed(socket);
    }

    /** Opens a session on a WebSocket. */
    WebSocketTransport open(WebSocketChannel channel, String sid, EngineRequest request) {
        EngineSocket socket = new EngineSocket(sid, this, request);
        try {
            sessions.add(socket);
        } catch (EngineRefusal refusal) {
            hooks.report(refusal, () -> request);
            return refuse(channel, request);
        }
        WebSocketTransport transport = transport(channel, request, socket.link());
        socket.open(transport, openPacket(socket, List.of()), handler);
        socket.tellOpen();
        dropIfClosed(socket);
        return transport;
    }

    /** Has a session try a WebSocket. */
    WebSocketTransport offer(WebSocketChannel channel, EngineRequest request, EngineSocket upgraded) {
        Upgrade offered = upgraded.link().offer();
        if (offered == null) {
            return refuse(channel, request);
        }
        WebSocketTransport transport = transport(channel, request, offered);
        offered.start(transport);
        return transport;
    }

    private WebSocketTransport refuse(WebSocketChannel channel, EngineRequest request) {
        WebSocketTransport transport = transport(channel, request, Refused.SINK);
        transport.discard();
        return transport;
    }

    private WebSocketTransport transport(WebSocketChannel channel, EngineRequest request, Transport.Sink sink) {
        WebSocketFormat format = Revision.of(request.query().get("EIO")).webSocketFormat(request.query());
        return new WebSocketTransport(channel, sink, format, scheduler, options.maxHttpBufferSize());
    }

    /** A handshake may cross with {@link #close}, which then has not seen its session. */
    private void dropIfClosed(EngineSocket socket) {
        if (sessions.isClosed()) {
            socket.shutDown();
        }
    }

    private EnginePacket openPacket(EngineSocket socket, List<String> upgrades) {
        String list = upgrades.isEmpty() ? "[]" : "[\"" + String.join("\",\"", upgrades) + "\"]";
        return EnginePacket.control(
                EnginePacket.Type.OPEN,
                "{\"sid\":\"" + socket.id() + "\",\"upgrades\":" + list + ",\"pingInterval\":"
                        + options.pingInterval().toMillis() + ",\"pingTimeout\":"
                        + options.pingTimeout().toMillis() + ",\"maxPayload\":" + options.maxHttpBufferSize() + "}");
    }

    void remove(EngineSocket socket) {
        sessions.remove(socket);
    }

    /** Ends every connection with {@link CloseReason#SERVER_SHUTTING_DOWN} and accepts no more. */
    @Override
    public void close() {
        sessions.close().forEach(EngineSocket::shutDown);
        if (ownScheduler != null) {
            ownScheduler.close();
        }
    }

    /** Takes what arrives on a WebSocket that no connection wanted. */
    private static final class Refused implements Transport.Sink {

        static final Refused SINK = new Refused();

        @Override
        public void onReady(Transport transport) {}

        @Override
        public void onPacket(Transport transport, EnginePacket packet) {}

        @Override
        public void onClosed(Transport transport, CloseReason reason, String detail) {}
    }
}
