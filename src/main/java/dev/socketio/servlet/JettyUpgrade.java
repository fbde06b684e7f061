package dev.socketio.servlet;

import dev.socketio.engine.WebSocketHandshake;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.eclipse.jetty.ee10.websocket.server.JettyWebSocketServerContainer;
import org.eclipse.jetty.websocket.api.ExtensionConfig;

/** Upgrades through Jetty's own WebSocket API, which costs less per connection and can cut one. */
final class JettyUpgrade implements WebSocketUpgrade {

    private final JettyWebSocketServerContainer container;
    private final boolean deflate;
    private final boolean waits;
    private final JettyInternals internals;

    /** Called by name, see {@link WebSocketUpgrade}. */
    JettyUpgrade(ServletContext context, Boolean deflate, Boolean waits) {
        this.waits = waits;
        container = JettyWebSocketServerContainer.getContainer(context);
        if (container == null) {
            throw new NoClassDefFoundError("the module ee10-websocket-jetty is not enabled");
        }
        internals = new JettyInternals(container.getClass().getClassLoader());
        this.deflate = deflate && internals.canInterceptDemand(); // it cannot be paused otherwise
    }

    @Override
    public void upgrade(HttpServletRequest request, HttpServletResponse response, WebSocketHandshake handshake)
            throws IOException {
        container.upgrade(
                (upgradeRequest, upgradeResponse) -> {
                    upgradeResponse.setExtensions(deflate ? deflate(upgradeRequest.getExtensions()) : List.of());
                    // the first that is offered, as Socket.IO does: browsers give up if none is accepted
                    List<String> subprotocols = upgradeRequest.getSubProtocols();
                    if (!subprotocols.isEmpty()) {
                        upgradeResponse.setAcceptedSubProtocol(subprotocols.get(0));
                    }
                    return JettyEndpoint.of(handshake, internals, container.getExecutor(), waits);
                },
                request,
                response);
    }

    private static List<ExtensionConfig> deflate(List<ExtensionConfig> offered) {
        return offered.stream()
                .filter(offer -> Deflate.accepts(offer.getName(), offer.getParameterKeys()))
                .limit(1)
                .toList();
    }

    @Override
    public void close() {}
}
