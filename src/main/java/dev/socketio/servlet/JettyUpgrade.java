package dev.socketio.servlet;

import dev.socketio.engine.WebSocketHandshake;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.ee10.websocket.server.JettyWebSocketServerContainer;
import org.jspecify.annotations.Nullable;

/** Upgrades through Jetty's own WebSockets, which cost less per connection than Jakarta's, and can be cut. */
final class JettyUpgrade implements WebSocketUpgrade {

    /** How long a client may take to answer a close frame. */
    static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    private final JettyWebSocketServerContainer container;
    private final boolean deflate;
    private final boolean waits;
    private final @Nullable JettyInternals internals;

    /** Called by name, see {@link WebSocketUpgrade}. */
    JettyUpgrade(ServletContext context, Boolean deflate, Boolean waits) {
        this(container(context), JettyWebSocketServerContainer.class.getClassLoader(), deflate, waits);
    }

    /** @param jetty the class loader of Jetty's own classes */
    JettyUpgrade(JettyWebSocketServerContainer container, ClassLoader jetty, boolean deflate, boolean waits) {
        this.container = container;
        this.internals = JettyInternals.of(container, jetty);
        this.deflate = deflate;
        this.waits = waits;
    }

    private static JettyWebSocketServerContainer container(ServletContext context) {
        JettyWebSocketServerContainer container = JettyWebSocketServerContainer.getContainer(context);
        if (container == null) {
            throw new NoClassDefFoundError("the module ee10-websocket-jetty is not enabled");
        }
        return container;
    }

    @Override
    public void upgrade(HttpServletRequest request, HttpServletResponse response, WebSocketHandshake handshake)
            throws IOException {
        if (internals == null) {
            byApi(request, response, handshake);
            return;
        }
        JettyHandler handler = new JettyHandler(handshake, internals, container.getExecutor(), deflate, waits);
        internals.handshaker().upgrade(request, response, handler);
    }

    private void byApi(HttpServletRequest request, HttpServletResponse response, WebSocketHandshake handshake)
            throws IOException {
        container.upgrade(
                (asked, answer) -> {
                    answer.setExtensions(List.of()); // one that inflates cannot be paused
                    List<String> subprotocols = asked.getSubProtocols();
                    if (!subprotocols.isEmpty()) {
                        answer.setAcceptedSubProtocol(subprotocols.get(0)); // browsers give up otherwise
                    }
                    return new JettyEndpoint(handshake, container.getExecutor());
                },
                request,
                response);
    }

    @Override
    public void close() {}
}
