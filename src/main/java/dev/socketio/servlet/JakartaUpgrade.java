package dev.socketio.servlet;

import dev.socketio.engine.WebSocketHandshake;
import dev.socketio.time.Workers;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Extension;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Upgrades through Jakarta WebSocket 2.1, which every container has. */
final class JakartaUpgrade implements WebSocketUpgrade {

    /** Without virtual threads these threads only close connections, which can take the container seconds. */
    private static final int MAX_THREADS = 32;

    private static final long CLOSE_PATIENCE_SECONDS = 2;

    private final ServerContainer container;
    private final boolean tomcat;
    private final boolean deflate;
    private final ExecutorService workers = Workers.create("socketio-websocket", MAX_THREADS);

    JakartaUpgrade(ServerContainer container, boolean deflate) {
        this.deflate = deflate;
        this.container = container;
        this.tomcat = container.getClass().getName().startsWith("org.apache.tomcat.");
    }

    @Override
    public void upgrade(HttpServletRequest request, HttpServletResponse response, WebSocketHandshake handshake)
            throws IOException, ServletException {
        // Tomcat hands the completion of every asynchronous send to another thread, which costs more than a send on a
        // virtual thread; the other containers do not.
        boolean blocking = tomcat && Workers.areCheapWhenBlocked();
        JakartaEndpoint endpoint = new JakartaEndpoint(handshake, workers, blocking);
        ServerEndpointConfig config = ServerEndpointConfig.Builder.create(
                        JakartaEndpoint.class, request.getServletPath())
                .configurator(new Prepared(endpoint, deflate))
                .build();
        try {
            container.upgradeHttpToWebSocket(request, response, config, Map.of());
        } catch (DeploymentException e) {
            throw new ServletException(e);
        }
    }

    @Override
    public void close() {
        workers.shutdown(); // close frames on their way are still sent
        try {
            if (!workers.awaitTermination(CLOSE_PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                workers.shutdownNow();
            }
        } catch (InterruptedException e) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isDeflate(Extension extension) {
        Set<String> parameters = extension.getParameters().stream()
                .map(Extension.Parameter::getName)
                .collect(Collectors.toSet());
        return Deflate.accepts(extension.getName(), parameters);
    }

    /** Gives the container an endpoint that knows its connection, and decides over compression. */
    private static final class Prepared extends ServerEndpointConfig.Configurator {

        private final JakartaEndpoint endpoint;

        private final boolean deflate;

        Prepared(JakartaEndpoint endpoint, boolean deflate) {
            this.endpoint = endpoint;
            this.deflate = deflate;
        }

        @Override
        public <T> T getEndpointInstance(Class<T> type) {
            return type.cast(endpoint);
        }

        @Override
        public List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> requested) {
            boolean available = deflate && installed.stream().anyMatch(JakartaUpgrade::isDeflate);
            return requested.stream()
                    .filter(offer -> available && isDeflate(offer))
                    .limit(1)
                    .toList();
        }

        /** Accepts the first that is offered, as Socket.IO does: browsers give up if none is. */
        @Override
        public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
            return requested.isEmpty() ? "" : requested.get(0);
        }

        @Override
        public boolean checkOrigin(String origin) {
            return true; // checked before
        }
    }
}
