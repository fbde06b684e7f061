package dev.socketio.servlet;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;

/**
 * Upgrades through Tyrus, the WebSocket of Payara and GlassFish. It upgrades requests to endpoints that have been
 * deployed, and to no others: so there is one in each web application, at a path of its own, which takes over the
 * requests that come with a {@link JakartaEndpoint} and refuses what clients send there themselves.
 */
final class TyrusUpgrade extends JakartaUpgrade {

    private static final String PATH = "/dev.socketio.websocket";

    /** Context attribute: how the endpoint was deployed, for the other servers of the web application. */
    private static final String DEPLOYED = TyrusUpgrade.class.getName();

    private final ServerEndpointConfig config;

    private TyrusUpgrade(ServerContainer container, ServerEndpointConfig config) {
        super(container);
        this.config = config;
    }

    static boolean isNeeded(ServerContainer container) {
        return container.getClass().getName().startsWith("org.glassfish.tyrus.");
    }

    /** Deploys the endpoint, unless another server of the web application has. Called while the application starts. */
    static TyrusUpgrade of(ServletContext context, ServerContainer container) {
        if (context.getAttribute(DEPLOYED) instanceof ServerEndpointConfig deployed) {
            return new TyrusUpgrade(container, deployed);
        }
        ServerEndpointConfig config = ServerEndpointConfig.Builder.create(TyrusEndpoint.class, PATH)
                .configurator(new Handover())
                .build();
        try {
            container.addEndpoint(config);
        } catch (DeploymentException e) {
            throw new IllegalStateException("the endpoint for WebSockets cannot be deployed at " + PATH, e);
        }
        context.setAttribute(DEPLOYED, config);
        return new TyrusUpgrade(container, config);
    }

    @Override
    void upgrade(HttpServletRequest request, HttpServletResponse response, JakartaEndpoint endpoint)
            throws IOException, ServletException {
        Handover.UPGRADING.set(endpoint);
        try {
            upgrade(request, response, config);
        } finally {
            Handover.UPGRADING.remove();
        }
        if (!response.isCommitted()) {
            throw new ServletException("Tyrus knows of no endpoint at " + PATH);
        }
    }

    /**
     * Brings an endpoint from the request, during which Tyrus negotiates, to the WebSocket, which it opens later. It
     * travels with the user properties, of which each handshake has a copy that becomes the session's: so nothing is
     * left of one that fails.
     */
    private static final class Handover extends JakartaConfigurator {

        /** The endpoint of the request that this thread upgrades. */
        private static final ThreadLocal<JakartaEndpoint> UPGRADING = new ThreadLocal<>();

        Handover() {
            super(/* deflate= */ false); // Tyrus has no extension installed
        }

        @Override
        public <T> T getEndpointInstance(Class<T> type) {
            return type.cast(new TyrusEndpoint());
        }

        /** Refuses requests that do not come from here; others have been checked. */
        @Override
        public boolean checkOrigin(String origin) {
            return UPGRADING.get() != null;
        }

        @Override
        public void modifyHandshake(
                ServerEndpointConfig handshake, HandshakeRequest request, HandshakeResponse response) {
            JakartaEndpoint endpoint = UPGRADING.get();
            if (endpoint != null) {
                handshake.getUserProperties().put(TyrusEndpoint.PREPARED, endpoint);
            }
        }
    }
}
