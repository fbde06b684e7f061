package dev.socketio.servlet;

import jakarta.websocket.server.ServerContainer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps Tomcat's buffers for messages small: it makes them for each WebSocket, of 8 kB for bytes and 16 kB for text, before
 * the endpoint is asked. They are of no use where messages are taken in parts. The sizes belong to the whole web
 * application, and are limits to its endpoints that take whole messages: so they stay if there may be any.
 */
final class TomcatBuffers {

    private static final Logger log = LoggerFactory.getLogger(TomcatBuffers.class);

    /** Parts that are larger come in several; what is set by somebody else stays. */
    private static final int SMALL = 128;

    private static final int UNTOUCHED = 8192;

    /** Upgrades requests to endpoints of its own, which are not registered. */
    private static final String SPRING = "org/springframework/web/socket/WebSocketHandler.class";

    private TomcatBuffers() {}

    /** Called when all endpoints that are registered while the web application starts have been. */
    static void shrink(ServerContainer container, ClassLoader application) {
        if (container.getDefaultMaxTextMessageBufferSize() != UNTOUCHED
                || container.getDefaultMaxBinaryMessageBufferSize() != UNTOUCHED) {
            return;
        }
        if (hasEndpoints(container) || application.getResource(SPRING) != null) {
            log.debug("WebSockets keep Tomcat's buffers, on which other endpoints of the application may rely");
            return;
        }
        container.setDefaultMaxTextMessageBufferSize(SMALL);
        container.setDefaultMaxBinaryMessageBufferSize(SMALL);
    }

    private static boolean hasEndpoints(ServerContainer container) {
        try {
            return (boolean) Reflection.method(container.getClass(), "areEndpointsRegistered")
                    .invoke(container);
        } catch (ReflectiveOperationException | RuntimeException e) {
            log.debug("this Tomcat does not say whether there are other endpoints: {}", e.toString());
            return true;
        }
    }
}
