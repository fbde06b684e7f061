package dev.socketio.servlet;

import dev.socketio.engine.WebSocketHandshake;
import dev.socketio.time.Workers;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** Upgrades through Jakarta WebSocket 2.1, which every container has. */
abstract class JakartaUpgrade implements WebSocketUpgrade {

    /** They only close connections, which can take the container seconds. */
    private static final int MAX_THREADS = 32;

    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

    private final ServerContainer container;
    private final boolean tomcat;
    private final @Nullable TomcatFrames frames;
    private final ExecutorService workers = Workers.create("socketio-websocket", MAX_THREADS);

    JakartaUpgrade(ServerContainer container) {
        this.container = container;
        this.tomcat = isTomcat(container);
        this.frames = tomcat ? TomcatFrames.of(container.getClass().getClassLoader()) : null;
    }

    private static boolean isTomcat(ServerContainer container) {
        return container.getClass().getName().startsWith("org.apache.tomcat.");
    }

    /** Returns the way that the specification describes: each request comes with its endpoint. */
    static JakartaUpgrade standard(ServletContext context, ServerContainer container, boolean deflate) {
        if (isTomcat(container)) {
            TomcatBuffers.shrink(container, context.getClassLoader());
        }
        return new Standard(container, deflate);
    }

    @Override
    public void upgrade(HttpServletRequest request, HttpServletResponse response, WebSocketHandshake handshake)
            throws IOException, ServletException {
        upgrade(request, response, new JakartaEndpoint(handshake, this::channel));
    }

    private JakartaChannel channel(Session session) {
        return new JakartaChannel(session, workers, frames);
    }

    /** Has the container upgrade the request to a WebSocket that the endpoint hears of. */
    abstract void upgrade(HttpServletRequest request, HttpServletResponse response, JakartaEndpoint endpoint)
            throws IOException, ServletException;

    final void upgrade(HttpServletRequest request, HttpServletResponse response, ServerEndpointConfig config)
            throws IOException, ServletException {
        try {
            container.upgradeHttpToWebSocket(request, response, config, Map.of());
        } catch (DeploymentException e) {
            throw new ServletException(e);
        }
    }

    @Override
    public void complete(AsyncContext written) {
        if (tomcat) {
            TomcatCompletion.complete(written);
        } else {
            written.complete();
        }
    }

    @Override
    public void close() {
        Workers.stop(workers, CLOSE_PATIENCE); // close frames on their way are still sent
    }

    private static final class Standard extends JakartaUpgrade {

        private final boolean deflate;

        Standard(ServerContainer container, boolean deflate) {
            super(container);
            this.deflate = deflate;
        }

        @Override
        void upgrade(HttpServletRequest request, HttpServletResponse response, JakartaEndpoint endpoint)
                throws IOException, ServletException {
            ServerEndpointConfig config = ServerEndpointConfig.Builder.create(
                            JakartaEndpoint.class, request.getServletPath())
                    .configurator(new Prepared(endpoint, deflate))
                    .build();
            upgrade(request, response, config);
        }
    }

    /** Gives the container an endpoint that knows its connection. */
    private static final class Prepared extends JakartaConfigurator {

        private final JakartaEndpoint endpoint;

        Prepared(JakartaEndpoint endpoint, boolean deflate) {
            super(deflate);
            this.endpoint = endpoint;
        }

        @Override
        public <T> T getEndpointInstance(Class<T> type) {
            return type.cast(endpoint);
        }

        @Override
        public boolean checkOrigin(String origin) {
            return true; // checked before
        }
    }
}
