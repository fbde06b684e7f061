package dev.socketio;

/**
 * A Socket.IO application inside a web application. The library finds the implementations in a WAR by itself, creates a
 * server for each and maps it to its path; an implementation needs a public constructor without parameters.
 *
 * <pre>{@code
 * public final class Chat implements SocketIoApplication {
 *     public void configure(SocketIoServer io) {
 *         io.onConnection(socket -> socket.on("chat message", String.class, text -> io.emit("chat message", text)));
 *     }
 * }
 * }</pre>
 */
public interface SocketIoApplication {

    /** Adds namespaces, middleware and listeners. Called once, before the first client can connect. */
    void configure(SocketIoServer io);

    /**
     * Sets options; none unless overridden. What the operator sets, as context parameters and system properties, comes
     * after it and wins.
     */
    default void options(SocketIoServer.Builder options) {}
}
