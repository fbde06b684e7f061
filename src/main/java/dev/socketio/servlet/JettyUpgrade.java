package dev.socketio.servlet;

import dev.socketio.engine.WebSocketHandshake;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.eclipse.jetty.ee10.websocket.server.JettyWebSocketServerContainer;

/** Upgrades through Jetty's own WebSocket API, which costs less per connection and can cut one. */
final class JettyUpgrade implements WebSocketUpgrade {

    private final JettyWebSocketServerContainer container;

    /** Called by name, see {@link WebSocketUpgrade}. */
    JettyUpgrade(ServletContext context) {
        container = JettyWebSocketServerContainer.getContainer(context);
        if (container == null) {
            throw new NoClassDefFoundError("the module ee10-websocket-jetty is not enabled");
        }
    }

    @Override
    public void upgrade(HttpServletRequest request, HttpServletResponse response, WebSocketHandshake handshake)
            throws IOException {
        container.upgrade(
                (upgradeRequest, upgradeResponse) -> {
                    upgradeResponse.setExtensions(List.of());
                    // the first that is offered, as Socket.IO does: browsers give up if none is accepted
                    upgradeRequest.getSubProtocols().stream()
                            .findFirst()
                            .ifPresent(upgradeResponse::setAcceptedSubProtocol);
                    return new JettyEndpoint(handshake);
                },
                request,
                response);
    }

    @Override
    public void close() {}
}
