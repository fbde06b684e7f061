package dev.socketio.servlet;

import static java.util.Objects.requireNonNull;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.UpgradeResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What can be had of Jetty only behind its API, and by name, as it hides these classes from web applications. Each thing
 * is a gain in memory or time: with a Jetty in which something cannot be reached, it just does not happen. Only
 * compression is not offered then, see {@link #interceptDemand}.
 */
final class JettyInternals {

    private static final Logger log = LoggerFactory.getLogger(JettyInternals.class);

    private final @Nullable Response response;
    private final @Nullable Threads threads;
    private final @Nullable Demand demand;
    private final @Nullable JettyFrames frames;

    /** @param jetty the class loader of Jetty's own classes */
    JettyInternals(ClassLoader jetty) {
        response = found("responses of handshakes stay in memory", () -> new Response(jetty));
        threads = found("messages are read on one thread more", () -> new Threads(jetty));
        demand = found("connections read without being let", () -> new Demand(jetty));
        frames = found("each message is a write of its own", () -> new JettyFrames(jetty));
    }

    private interface Attempt<T> {

        T make() throws ReflectiveOperationException;
    }

    private static <T> @Nullable T found(String otherwise, Attempt<T> attempt) {
        try {
            return attempt.make();
        } catch (ReflectiveOperationException | RuntimeException e) {
            log.debug("with this Jetty, {}: {}", otherwise, e.toString());
            return null;
        }
    }

    /**
     * Jetty keeps the response to the handshake in two places, and with it all that there was for the request: a third
     * of what a connection takes in memory.
     */
    void forgetResponse(Session session) {
        if (response != null) {
            found("the response of a handshake stays in memory", () -> response.forget(session));
        }
    }

    /**
     * Has a connection read by the thread that learns that there is something to read. Jetty takes it that listeners
     * block, and wakes another thread for each message before it lets them have it: half of what a short message costs.
     *
     * <p>Only for a connection whose listeners never wait.
     */
    void readAtOnce(Session session) {
        if (threads != null) {
            found("the messages of a connection are read on one thread more", () -> threads.readAtOnce(session));
        }
    }

    /** How a connection reads. */
    interface Reading {

        /** Returns whether the connection asks before it reads. */
        boolean isIntercepted();

        /** Reads the next frame: on the thread that has just brought the last one, or when the connection is idle. */
        void next();

        /** Returns whether no thread reads; true if that cannot be known. */
        boolean isIdle();
    }

    /**
     * Has a connection ask before it reads a frame. Below Jetty's API, since what inflates messages there reads the next
     * frame whether or not it is demanded, and breaks down when it gets one that is not.
     *
     * @param onDemand what the connection calls when the next frame is wanted, on the thread that wants it
     * @return how it reads; without being asked, if it cannot be intercepted with this Jetty
     */
    Reading interceptDemand(Session session, Runnable onDemand) {
        Reading intercepted = demand == null
                ? null
                : found("a connection reads without asking", () -> demand.intercept(session, onDemand));
        return intercepted == null ? new OpenReading(session) : intercepted;
    }

    /** Returns whether {@link #interceptDemand} is possible. */
    boolean canInterceptDemand() {
        return demand != null;
    }

    /**
     * Returns the way out of a connection below Jetty's API; null if there is none with this Jetty.
     *
     * @param onSent is told when a batch has been written
     * @param onFailure is told if it cannot be
     */
    JettyFrames.@Nullable Sender sender(Session session, Runnable onSent, Consumer<Throwable> onFailure) {
        return frames == null
                ? null
                : found("each message is a write of its own", () -> frames.new Sender(session, onSent, onFailure));
    }

    static Class<?> named(ClassLoader jetty, String name) throws ClassNotFoundException {
        return Class.forName("org.eclipse.jetty." + name, /* initialize= */ false, jetty);
    }

    private static Object constant(Class<?> type, String name) throws NoSuchFieldException {
        return Arrays.stream(requireNonNull(type.getEnumConstants()))
                .filter(constant -> constant.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new NoSuchFieldException(name));
    }

    private static final class Response {

        private final Method coreSession;
        private final Method handler;
        private final Field ofSession;
        private final Method ofHandler;

        Response(ClassLoader jetty) throws ReflectiveOperationException {
            Class<?> session = named(jetty, "websocket.common.WebSocketSession");
            coreSession = session.getMethod("getCoreSession");
            handler = named(jetty, "websocket.core.WebSocketCoreSession").getMethod("getHandler");
            ofSession = session.getDeclaredField("upgradeResponse");
            ofSession.setAccessible(true);
            ofHandler = named(jetty, "websocket.common.JettyWebSocketFrameHandler")
                    .getMethod("setUpgradeResponse", UpgradeResponse.class);
        }

        Session forget(Session session) throws ReflectiveOperationException {
            ofSession.set(session, null);
            ofHandler.invoke(handler.invoke(coreSession.invoke(session)), (Object) null);
            return session;
        }
    }

    private static final class Threads {

        private final ClassLoader jetty;
        private final Method coreSession;
        private final Method connection;

        /** What Jetty calls when there is something to read. */
        private final Field fillable;

        private final Class<?> callback;
        private final Object nonBlocking;

        Threads(ClassLoader jetty) throws ReflectiveOperationException {
            this.jetty = jetty;
            coreSession = named(jetty, "websocket.common.WebSocketSession").getMethod("getCoreSession");
            connection = named(jetty, "websocket.core.WebSocketCoreSession").getMethod("getConnection");
            fillable = named(jetty, "io.AbstractConnection").getDeclaredField("_fillableCallback");
            fillable.setAccessible(true);
            callback = named(jetty, "util.Callback");
            nonBlocking = constant(named(jetty, "util.thread.Invocable$InvocationType"), "NON_BLOCKING");
        }

        Session readAtOnce(Session session) throws ReflectiveOperationException {
            Object reader = connection.invoke(coreSession.invoke(session));
            Object blocking = requireNonNull(fillable.get(reader));
            fillable.set(reader, Proxy.newProxyInstance(jetty, new Class<?>[] {callback}, declared(blocking)));
            return session;
        }

        /** Does what a callback does, and says of it that it never blocks. */
        private InvocationHandler declared(Object blocking) {
            return (proxy, method, arguments) -> {
                if (method.getName().equals("getInvocationType")) {
                    return nonBlocking;
                }
                try {
                    return method.invoke(blocking, arguments);
                } catch (InvocationTargetException e) {
                    throw requireNonNull(e.getCause());
                }
            };
        }
    }

    /** As Jetty's API has it. */
    private record OpenReading(Session session) implements Reading {

        @Override
        public boolean isIntercepted() {
            return false;
        }

        @Override
        public void next() {
            session.demand();
        }

        @Override
        public boolean isIdle() {
            return true;
        }
    }

    private static final class Demand {

        private final ClassLoader jetty;
        private final Method coreSession;
        private final Method connection;
        private final Method extensions;
        private final Method setLast;
        private final Class<?> chain;
        private final MethodHandle read;
        private final VarHandle state;
        private final List<Object> idle;

        Demand(ClassLoader jetty) throws ReflectiveOperationException {
            this.jetty = jetty;
            coreSession = named(jetty, "websocket.common.WebSocketSession").getMethod("getCoreSession");
            Class<?> core = named(jetty, "websocket.core.WebSocketCoreSession");
            connection = core.getMethod("getConnection");
            extensions = core.getMethod("getExtensionStack");
            chain = named(jetty, "websocket.core.util.DemandChain");
            setLast = named(jetty, "websocket.core.ExtensionStack").getMethod("setLastDemand", chain);
            Class<?> reader = named(jetty, "websocket.core.WebSocketConnection");
            Class<?> states = named(jetty, "websocket.core.WebSocketConnection$State");
            MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(reader, MethodHandles.lookup());
            read = lookup.findVirtual(reader, "demand", MethodType.methodType(void.class))
                    .asType(MethodType.methodType(void.class, Object.class));
            state = lookup.findVarHandle(reader, "state", states);
            idle = List.of(constant(states, "IDLE"), constant(states, "CLOSED"));
        }

        Reading intercept(Session session, Runnable onDemand) throws ReflectiveOperationException {
            Object core = coreSession.invoke(session);
            Object reader = connection.invoke(core);
            Object asked = Proxy.newProxyInstance(jetty, new Class<?>[] {chain}, (proxy, method, arguments) -> {
                if (method.getName().equals("demand")) {
                    onDemand.run();
                }
                return null;
            });
            setLast.invoke(extensions.invoke(core), asked);
            return new Intercepted(this, reader);
        }
    }

    private record Intercepted(Demand demand, Object reader) implements Reading {

        @Override
        public boolean isIntercepted() {
            return true;
        }

        @Override
        public void next() {
            try {
                demand.read.invokeExact(reader);
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public boolean isIdle() {
            return demand.idle.contains(demand.state.getVolatile(reader));
        }
    }
}
