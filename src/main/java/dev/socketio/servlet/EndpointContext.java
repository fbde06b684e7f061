package dev.socketio.servlet;

import jakarta.servlet.AsyncContext;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the requests of one endpoint have in common.
 *
 * @param roles those that the container is asked about
 * @param upgrade the container's way to WebSockets; null if it has none
 * @param forwarder the way to the other nodes of the cluster; null if there are none
 */
record EndpointContext(
        CorsPolicy cors,
        Set<String> roles,
        @Nullable WebSocketUpgrade upgrade,
        @Nullable Forwarder forwarder) {

    /** Completes a request whose response was written asynchronously. */
    void complete(AsyncContext written) {
        if (upgrade == null) {
            written.complete();
        } else {
            upgrade.complete(written);
        }
    }
}
