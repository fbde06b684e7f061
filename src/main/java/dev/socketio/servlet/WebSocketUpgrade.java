package dev.socketio.servlet;

import dev.socketio.engine.WebSocketHandshake;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.server.ServerContainer;
import java.io.IOException;
import java.lang.reflect.Constructor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A container's way to turn a request into a WebSocket. Implementations are chosen once for a web application. */
interface WebSocketUpgrade extends AutoCloseable {

    /** Answers the request with the upgrade; the container opens the WebSocket after {@code service()} has returned. */
    void upgrade(HttpServletRequest request, HttpServletResponse response, WebSocketHandshake handshake)
            throws IOException, ServletException;

    /** Completes a request whose response was written asynchronously, so that its connection is fit for a WebSocket. */
    default void complete(AsyncContext written) {
        written.complete();
    }

    /** Stops the threads that it has started. */
    @Override
    void close();

    /**
     * Returns the best way that the container has, or null: then polling is all there is.
     *
     * @param deflate whether messages are compressed if both sides can
     * @param waits whether who takes a message may keep the thread that brings it waiting
     */
    static @Nullable WebSocketUpgrade of(ServletContext context, boolean deflate, boolean waits) {
        Logger log = LoggerFactory.getLogger(WebSocketUpgrade.class);
        WebSocketUpgrade upgrade = jetty(context, deflate, waits);
        if (upgrade == null) {
            upgrade = jakarta(context, deflate);
        }
        if (upgrade == null) {
            log.warn("this container has no WebSocket support (on Jetty, enable the module ee10-websocket-jetty):"
                    + " clients will use HTTP long polling");
        } else {
            log.debug("WebSockets through {}", upgrade.getClass().getSimpleName());
        }
        return upgrade;
    }

    /** Jetty's classes are linked only where Jetty's container is there to use them with. */
    private static @Nullable WebSocketUpgrade jetty(ServletContext context, boolean deflate, boolean waits) {
        try {
            Class<?> type =
                    Class.forName("dev.socketio.servlet.JettyUpgrade", true, WebSocketUpgrade.class.getClassLoader());
            Constructor<?> constructor =
                    type.getDeclaredConstructor(ServletContext.class, Boolean.class, Boolean.class);
            return (WebSocketUpgrade) constructor.newInstance(context, deflate, waits);
        } catch (ReflectiveOperationException | LinkageError notThere) {
            return null;
        }
    }

    private static @Nullable WebSocketUpgrade jakarta(ServletContext context, boolean deflate) {
        try {
            Object container = context.getAttribute("jakarta.websocket.server.ServerContainer");
            if (!(container instanceof ServerContainer found)) {
                return null;
            }
            return TyrusUpgrade.isNeeded(found)
                    ? TyrusUpgrade.of(context, found)
                    : JakartaUpgrade.standard(context, found, deflate);
        } catch (LinkageError notThere) {
            return null;
        }
    }
}
