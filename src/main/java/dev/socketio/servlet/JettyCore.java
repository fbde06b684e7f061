package dev.socketio.servlet;

import static java.util.Objects.requireNonNull;

import java.lang.reflect.Method;
import java.util.Arrays;
import org.eclipse.jetty.websocket.api.Session;

/** What stands behind the sessions of Jetty's API, and Jetty's own classes by their names; see {@link JettyInternals}. */
final class JettyCore {

    private final ClassLoader jetty;
    private final Method session;
    private final Method connection;

    /** @param jetty the class loader of Jetty's own classes */
    JettyCore(ClassLoader jetty) throws ReflectiveOperationException {
        this.jetty = jetty;
        session = named("websocket.common.WebSocketSession").getMethod("getCoreSession");
        connection = named("websocket.core.WebSocketCoreSession").getMethod("getConnection");
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

    static Object constant(Class<?> type, String name) throws NoSuchFieldException {
        return Arrays.stream(requireNonNull(type.getEnumConstants()))
                .filter(constant -> constant.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new NoSuchFieldException(name));
    }

    /** Returns what a method handle threw as what may be thrown anywhere; no method of Jetty's called here declares another. */
    static RuntimeException unchecked(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException exception ? exception : new IllegalStateException(thrown);
    }
}
