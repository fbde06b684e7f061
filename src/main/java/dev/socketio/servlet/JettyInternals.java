package dev.socketio.servlet;

import org.eclipse.jetty.ee10.websocket.server.JettyWebSocketServerContainer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Jetty's WebSockets below its API, and by name, as it hides these classes from web applications. The API copies all that
 * there is of a handshake, and binds method handles to each connection, which the JVM makes classes of once it has
 * brought some messages; it wakes a thread for each message, and writes each by itself. So all of this is had below, or,
 * with a Jetty in which something cannot be reached, nothing: then connections go by the API, see {@link JettyEndpoint}.
 */
record JettyInternals(
        JettyCore core,
        JettyHandshaker handshaker,
        JettyConnections connections,
        JettyFrames frames,
        JettyMessages messages) {

    private static final Logger log = LoggerFactory.getLogger(JettyInternals.class);

    /**
     * Returns what is below the API of a container; null if that is not what is expected.
     *
     * @param jetty the class loader of Jetty's own classes
     */
    static @Nullable JettyInternals of(JettyWebSocketServerContainer container, ClassLoader jetty) {
        try {
            JettyCore core = new JettyCore(jetty);
            JettyFrames frames = new JettyFrames(core);
            return new JettyInternals(
                    core,
                    new JettyHandshaker(core, container),
                    new JettyConnections(core),
                    frames,
                    new JettyMessages(core, frames));
        } catch (ReflectiveOperationException | RuntimeException e) {
            log.info(
                    "This Jetty's WebSockets are used by its API only, at a price in time and memory, and without"
                            + " compression: {}",
                    e.toString());
            return null;
        }
    }
}
