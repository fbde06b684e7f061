package dev.socketio.servlet;

import java.lang.reflect.Method;
import org.eclipse.jetty.websocket.api.Session;

/** What stands behind the sessions of Jetty's API, and Jetty's own classes by their names; see {@link JettyInternals}. */
final class JettyCore {

    private final ClassLoader jetty;
    private final Method session;
    private final Method connection;
    private final Method handler;

    /** @param jetty the class loader of Jetty's own classes */
    JettyCore(ClassLoader jetty) throws ReflectiveOperationException {
        this.jetty = jetty;
        session = named("websocket.common.WebSocketSession").getMethod("getCoreSession");
        connection = named("websocket.core.WebSocketCoreSession").getMethod("getConnection");
        handler = named("websocket.core.WebSocketCoreSession").getMethod("getHandler");
    }

    ClassLoader loader() {
        return jetty;
    }

    Class<?> named(String name) throws ClassNotFoundException {
        return Class.forName("org.eclipse.jetty." + name, /* initialize= */ false, jetty);
    }

    /** Returns the {@code WebSocketCoreSession} of a session. */
    Object sessionOf(Session of) throws ReflectiveOperationException {
        return session.invoke(of);
    }

    /** Returns the {@code WebSocketConnection} of a session, which reads and writes its frames. */
    Object connectionOf(Session of) throws ReflectiveOperationException {
        return connection.invoke(sessionOf(of));
    }

    /** Returns the {@code JettyWebSocketFrameHandler} of a session, which calls the application. */
    Object handlerOf(Session of) throws ReflectiveOperationException {
        return handler.invoke(sessionOf(of));
    }
}
