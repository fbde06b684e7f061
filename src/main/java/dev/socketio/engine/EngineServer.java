package dev.socketio.engine;

import static java.util.Objects.requireNonNull;

import dev.socketio.time.Scheduler;
import dev.socketio.time.SystemScheduler;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens connections, finds them again by their session id, and refuses what does not follow the protocol. It is usable
 * on its own, below an application that wants messages and no events.
 *
 * <p>Thread rules: everything may be called from any thread.
 */
public final class EngineServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EngineServer.class);

    private final EngineOptions options;
    private final Scheduler scheduler;
    private final @Nullable SystemScheduler ownScheduler;
    private final ConnectionHandler handler;
    private final Supplier<String> ids;
    private final ConcurrentMap<String, EngineSocket> sockets = new ConcurrentHashMap<>();

    private volatile boolean closed;

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
        this.ids = ids;
        this.scheduler = scheduler;
        this.ownScheduler = own ? (SystemScheduler) scheduler : null;
    }

    /** Returns the options. */
    public EngineOptions options() {
        return options;
    }

    /** Returns how many connections are open or closing. */
    public int clientsCount() {
        return sockets.size();
    }

    Scheduler scheduler() {
        return scheduler;
    }

    /** Takes a request that is not for a WebSocket, and answers it at once or when there is something to say. */
    public void handle(HttpExchange exchange) {
        EngineSocket known = find(exchange);
        EngineError error = verify(exchange, known, /* webSocket= */ false);
        if (error != null) {
            log.debug("refused {} request: {}", exchange.method(), error);
            exchange.respond(HttpReply.error(error));
            return;
        }
        if (known == null) {
            openPolling(exchange);
        } else if (known.current() instanceof PollingTransport polling) {
            polling.onRequest(exchange);
        } else {
            exchange.respond(HttpReply.error(EngineError.BAD_REQUEST)); // upgraded since it was verified
        }
    }

    /**
     * Decides over a request for a WebSocket, before the container answers it.
     *
     * @throws EngineRefusal if it is not to be carried out
     */
    public WebSocketHandshake acceptWebSocket(RequestHead head) throws EngineRefusal {
        EngineSocket known = find(head);
        EngineError error = verify(head, known, /* webSocket= */ true);
        if (error != null) {
            log.debug("refused WebSocket: {}", error);
            throw new EngineRefusal(error);
        }
        return new WebSocketHandshake(this, head.snapshot(), known);
    }

    /**
     * Returns why a request is refused, or null.
     *
     * @param known the session that the request names, looked up once: it may end at any time
     */
    private @Nullable EngineError verify(RequestHead head, @Nullable EngineSocket known, boolean webSocket) {
        TransportName transport = TransportName.of(head.query().get("transport"));
        if (transport == null || !options.transports().contains(transport)) {
            return EngineError.UNKNOWN_TRANSPORT;
        }
        String sid = head.query().get("sid");
        boolean protocol4 = "4".equals(head.query().get("EIO"));
        if (sid != null && !sid.isEmpty()) {
            if (known == null) {
                return EngineError.UNKNOWN_SID;
            }
            boolean matches = webSocket ? transport == TransportName.WEBSOCKET : transport == known.transport();
            boolean isPolling = webSocket || transport == TransportName.POLLING;
            return matches && isPolling && protocol4 ? null : EngineError.BAD_REQUEST;
        }
        if (!head.method().equals("GET") && !webSocket) {
            return EngineError.BAD_HANDSHAKE_METHOD;
        }
        if (webSocket != (transport == TransportName.WEBSOCKET)) {
            return EngineError.BAD_REQUEST;
        }
        if (!head.isAllowed()) {
            return EngineError.FORBIDDEN;
        }
        if (!protocol4) {
            return EngineError.UNSUPPORTED_PROTOCOL_VERSION;
        }
        return closed || sockets.size() >= options.maxSessions() ? EngineError.TOO_MANY_SESSIONS : null;
    }

    private @Nullable EngineSocket find(RequestHead head) {
        String sid = head.query().get("sid");
        return sid == null || sid.isEmpty() ? null : sockets.get(sid);
    }

    private void openPolling(HttpExchange exchange) {
        EngineSocket socket = create(exchange.snapshot());
        PollingTransport transport = new PollingTransport(socket.sink(), scheduler, options.maxHttpBufferSize());
        List<String> upgrades = options.upgradesToWebSocket() && exchange.canUpgrade()
                ? List.of(TransportName.WEBSOCKET.toString())
                : List.of();
        socket.open(transport, openPacket(socket, upgrades), handler);
        transport.onRequest(exchange);
        dropIfClosed(socket);
    }

    WebSocketTransport open(WebSocketChannel channel, EngineRequest request, @Nullable EngineSocket upgraded) {
        int maxBytes = options.maxHttpBufferSize();
        if (upgraded == null) {
            EngineSocket socket = create(request);
            WebSocketTransport transport = new WebSocketTransport(channel, socket.sink(), scheduler, maxBytes);
            socket.open(transport, openPacket(socket, List.of()), handler);
            dropIfClosed(socket);
            return transport;
        }
        Upgrade offered = upgraded.offer();
        WebSocketTransport transport =
                new WebSocketTransport(channel, offered == null ? Refused.SINK : offered, scheduler, maxBytes);
        if (offered == null) {
            transport.discard();
        } else {
            offered.start(transport);
        }
        return transport;
    }

    private EngineSocket create(EngineRequest request) {
        while (true) {
            EngineSocket socket = new EngineSocket(ids.get(), this, request);
            if (sockets.putIfAbsent(socket.id(), socket) == null) {
                return socket;
            }
        }
    }

    /** A handshake may cross with {@link #close}, which then has not seen its session. */
    private void dropIfClosed(EngineSocket socket) {
        if (closed) {
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
        sockets.remove(socket.id(), socket);
    }

    /** Ends every connection with {@link CloseReason#SERVER_SHUTTING_DOWN} and accepts no more. */
    @Override
    public void close() {
        closed = true;
        sockets.values().forEach(EngineSocket::shutDown);
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
