package dev.socketio.servlet;

import static java.util.Objects.requireNonNull;

import dev.socketio.engine.EngineOptions;
import dev.socketio.engine.EngineServer;
import dev.socketio.engine.HttpExchange;
import dev.socketio.engine.HttpReply;
import dev.socketio.engine.Query;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings polling requests to the node of the cluster that has their session, and its answers back, so that it does not
 * matter to which node a balancer sends them. A request is forwarded once at most, and to nodes only that the operator has
 * named.
 */
final class Forwarder implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Forwarder.class);

    /** A poll is answered when the next ping is due, at the latest; this much later something is wrong. */
    private static final Duration MARGIN = Duration.ofSeconds(10);

    /** How many bytes may become of one that waits for a client: JSONP writes some as six characters. */
    private static final long BYTES_PER_BYTE = 8;

    private final EngineServer engine;
    private final EngineOptions options;
    private final String nodeId;
    private final PeerClient client;

    /** How many requests are under way to each node; those with none are not there. */
    private final ConcurrentMap<String, Integer> underWay = new ConcurrentHashMap<>();

    private Forwarder(EngineServer engine, String nodeId) {
        this.engine = engine;
        this.options = engine.options();
        this.nodeId = nodeId;
        long maxResponse = Math.min(Integer.MAX_VALUE, BYTES_PER_BYTE * options.maxOutboxBytes());
        this.client = new PeerClient(engine.scheduler(), (int) maxResponse);
    }

    /** Returns null if this server has no other nodes. */
    static @Nullable Forwarder of(EngineServer engine) {
        EngineOptions options = engine.options();
        return options.peers().areNone() ? null : new Forwarder(engine, requireNonNull(options.nodeId()));
    }

    /** Returns whether another node has forwarded a request. */
    static boolean isForwarded(HttpServletRequest request) {
        return request.getHeader(ForwardedHeaders.FORWARDED_BY) != null;
    }

    /**
     * Takes a request over that is for another node. Called within {@code service()}.
     *
     * @return false if the request is for this node, which may have to refuse it
     */
    boolean forward(HttpServletRequest request, HttpExchange exchange) {
        String node = isForwarded(request) || !isPolling(exchange) ? null : engine.otherNode(exchange);
        if (node == null) {
            return false;
        }
        exchange.snapshot(); // who reports a failure later cannot take it any more
        Optional<URI> address;
        try {
            address = options.peers().find(node);
        } catch (RuntimeException | Error e) {
            log.error("peers failed, a request for node {} is refused", node, e);
            engine.refuseForNode(exchange, node, e);
            return true;
        }
        address.ifPresent(peer -> {
            HttpRequest.Builder forwarded = HttpRequest.newBuilder(target(peer, request, exchange.query()));
            ForwardedHeaders.copy(request, forwarded, nodeId);
            new Forwarded(exchange, node, forwarded).start();
        });
        return address.isPresent();
    }

    private static boolean isPolling(HttpExchange exchange) {
        return "polling".equals(exchange.query().get("transport"))
                && (exchange.method().equals("GET") || exchange.method().equals("POST"));
    }

    /** Nothing of what a client has sent is taken as it is. */
    private static URI target(URI peer, HttpServletRequest request, Query query) {
        String path = request.getServletContext().getContextPath() + request.getServletPath() + "/";
        String parameters = query.asMap().entrySet().stream()
                .map(parameter -> encode(parameter.getKey()) + "=" + encode(parameter.getValue()))
                .collect(Collectors.joining("&"));
        try {
            URI bare = new URI(peer.getScheme(), peer.getRawAuthority(), path, null, null);
            return URI.create(bare.toASCIIString() + "?" + parameters);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the path " + path + " cannot stand in a URL", e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private boolean enter(String node) {
        if (underWay.merge(node, 1, Integer::sum) > options.maxForwardedRequests()) {
            leave(node);
            return false;
        }
        return true;
    }

    private void leave(String node) {
        underWay.computeIfPresent(node, (same, requests) -> requests == 1 ? null : requests - 1);
    }

    /** Ends the requests that are under way. */
    @Override
    public void close() {
        client.close();
    }

    /** One request on its way. */
    private final class Forwarded implements HttpExchange.BodyReceiver {

        private final HttpExchange exchange;
        private final String node;
        private final HttpRequest.Builder request;

        Forwarded(HttpExchange exchange, String node, HttpRequest.Builder request) {
            this.exchange = exchange;
            this.node = node;
            this.request = request;
        }

        void start() {
            if (exchange.method().equals("GET")) {
                send(BodyPublishers.noBody());
            } else {
                exchange.readBody(options.maxHttpBufferSize(), this);
            }
        }

        @Override
        public void onBody(byte[] body) {
            send(BodyPublishers.ofByteArray(body));
        }

        @Override
        public void onTooLarge() {
            exchange.respond(empty(413));
        }

        @Override
        public void onAborted() {
            exchange.respond(empty(400));
        }

        private void send(BodyPublisher body) {
            if (!enter(node)) {
                engine.refuseForNode(exchange, node, null);
                return;
            }
            Duration limit = options.pingInterval().plus(options.pingTimeout()).plus(MARGIN);
            HttpRequest whole = request.method(exchange.method(), body).build();
            exchange.onGone(client.send(whole, limit, this::onAnswer));
        }

        private void onAnswer(@Nullable HttpReply reply, @Nullable Throwable failure) {
            leave(node);
            if (reply != null) {
                exchange.respond(reply);
            } else {
                engine.refuseForNode(exchange, node, failure);
            }
        }

        private static HttpReply empty(int status) {
            return new HttpReply(status, null, new byte[0], /* fresh= */ false, /* compressible= */ false);
        }
    }
}
