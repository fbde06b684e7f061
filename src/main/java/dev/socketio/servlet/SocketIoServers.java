package dev.socketio.servlet;

import dev.socketio.SocketIoServer;
import jakarta.servlet.ServletContext;
import java.util.Map;
import java.util.TreeMap;

/**
 * The Socket.IO servers of a web application, for its servlets, filters and listeners: {@link SocketIoInitializer} has
 * put each where they find it.
 *
 * <pre>{@code
 * protected void doPost(HttpServletRequest request, HttpServletResponse response) {
 *     SocketIoServers.of(getServletContext()).emit("news", request.getParameter("headline"));
 * }
 * }</pre>
 *
 * <p>They are there as soon as initializers have run: in {@code contextInitialized} of a listener, and in {@code init} of
 * a servlet or filter. Thread rules: every method may be called from any thread.
 */
public final class SocketIoServers {

    /** An attribute of the context: the servers by path, a map that is never changed but replaced. */
    private static final String ATTRIBUTE = SocketIoServers.class.getName();

    private SocketIoServers() {}

    /**
     * Returns the server of a web application that has one.
     *
     * @throws IllegalStateException if it has none, or several; the message says which
     */
    public static SocketIoServer of(ServletContext context) {
        Map<String, SocketIoServer> servers = byPath(context);
        if (servers.size() != 1) {
            throw new IllegalStateException(
                    servers.isEmpty()
                            ? "this web application has no Socket.IO server: give it a SocketIoApplication"
                            : "this web application has several Socket.IO servers: give the path of one of "
                                    + servers.keySet());
        }
        return servers.values().iterator().next();
    }

    /**
     * Returns the server of a path, where there can be several.
     *
     * @param path as the application or the operator has set it, such as {@code /socket.io}, with or without a slash at
     *     its end; without the path of the web application
     * @throws IllegalStateException if there is none at this path; the message says where there are
     */
    public static SocketIoServer of(ServletContext context, String path) {
        Map<String, SocketIoServer> servers = byPath(context);
        SocketIoServer server = servers.get(path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
        if (server == null) {
            throw new IllegalStateException(
                    "path is \"" + path + "\": this web application has Socket.IO servers at " + servers.keySet());
        }
        return server;
    }

    /** Makes a server known. Web applications start on one thread, so that nobody else does meanwhile. */
    static void add(ServletContext context, SocketIoServer server) {
        Map<String, SocketIoServer> servers = new TreeMap<>(byPath(context));
        servers.put(server.options().path(), server);
        context.setAttribute(ATTRIBUTE, servers);
    }

    @SuppressWarnings("unchecked") // nobody but add sets the attribute
    private static Map<String, SocketIoServer> byPath(ServletContext context) {
        Object servers = context.getAttribute(ATTRIBUTE);
        return servers == null ? Map.of() : (Map<String, SocketIoServer>) servers;
    }
}
