package dev.socketio.engine;

import static java.util.Objects.requireNonNull;

import dev.socketio.time.Scheduler;
import dev.socketio.time.SystemScheduler;
import java.util.List;
import java.util.function.Consumer;
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

    Scheduler scheduler() {
        return scheduler;
    }

    /**
     * Listens to requests that are refused ({@code connection_error}). Called on the thread that brought the request;
     * what the listener throws is logged.
     */
    public void onConnectionError(Consumer<ConnectionError> listener) {
        hooks.onConnectionError(listener);
    }

    /** Takes a request that is not for a WebSocket, and answers it at once or when there is something to say. */
    public void handle(HttpExchange exchange) {
        try {
            EngineSocket known = sessions.find(exchange);
            verification.check(exchange, known, /* webSocket= */ false);
            if (known == null) {
                openPolling(exchange);
            } else if (known.link().transport() instanceof PollingTransport polling) {
                polling.onRequest(exchange);
            } else { // upgraded since it was verified
                throw Verification.transportMismatch(TransportName.POLLING, TransportName.WEBSOCKET);
            }
        } catch (EngineRefusal refusal) {
            hooks.report(refusal, exchange::snapshot);
            exchange.respond(HttpReply.error(refusal.error()));
        }
    }

    /**
     * Decides over a request for a WebSocket, before the container answers it.
     *
     * @throws EngineRefusal if it is not to be carried out
     */
    public WebSocketHandshake acceptWebSocket(RequestHead head) throws EngineRefusal {
        try {
            EngineSocket known = sessions.find(head);
            verification.check(head, known, /* webSocket= */ true);
            return new WebSocketHandshake(this, head.snapshot(), known);
        } catch (EngineRefusal refusal) {
            hooks.report(refusal, head::snapshot);
            throw refusal;
        }
    }

    private void openPolling(HttpExchange exchange) {
        EngineRequest request = exchange.snapshot();
        EngineSocket socket = sessions.create(this, request);
        PollingFormat format = socket.revision().pollingFormat(request.query());
        PollingTransport transport = new PollingTransport(socket.link(), format, scheduler, options);
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
            EngineSocket socket = sessions.create(this, request);
            WebSocketFormat format = socket.revision().webSocketFormat(request.query());
            WebSocketTransport transport = new WebSocketTransport(channel, socket.link(), format, scheduler, maxBytes);
            socket.open(transport, openPacket(socket, List.of()), handler);
            dropIfClosed(socket);
            return transport;
        }
        Upgrade offered = upgraded.link().offer();
        Transport.Sink sink = offered == null ? Refused.SINK : offered;
        WebSocketFormat format = upgraded.revision().webSocketFormat(request.query());
        WebSocketTransport transport = new WebSocketTransport(channel, sink, format, scheduler, maxBytes);
        if (offered == null) {
            transport.discard();
        } else {
            offered.start(transport);
        }
        return transport;
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
