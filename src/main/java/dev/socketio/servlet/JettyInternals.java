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
import java.util.List;
import java.util.concurrent.Executor;
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
    private final @Nullable JettySinks sinks;

    /** @param jetty the class loader of Jetty's own classes */
    JettyInternals(ClassLoader jetty) {
        response = found("responses of handshakes stay in memory", () -> new Response(new JettyCore(jetty)));
        threads = found("messages are read on one thread more", () -> new Threads(new JettyCore(jetty)));
        demand = found("connections read without being let", () -> new Demand(new JettyCore(jetty)));
        frames = found("each message is a write of its own", () -> new JettyFrames(new JettyCore(jetty)));
        sinks = found("messages come by method handles", () -> new JettySinks(new JettyCore(jetty)));
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

    /** Is told of the turns in which the threads of a connection read it, each on the thread that reads. */
    interface Turns {

        void begin();

        /** The thread has let go of the connection: it may be another's already, if there is something to read. */
        void end();
    }

    /**
     * Has a connection tell in which turns it is read, all but the first one, of the thread that opens it.
     *
     * <p>And has it read by the thread that learns that there is something to read, if listeners never wait. Jetty takes
     * it that they do, and wakes another thread for each message before it lets them have it: half of what a short
     * message costs.
     *
     * @param waits whether who takes a message may keep the thread that brings it waiting
     */
    void tellTurns(Session session, Turns turns, boolean waits) {
        if (threads != null) {
            found(
                    "the messages of a connection are read on one thread more",
                    () -> threads.tell(session, turns, waits));
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
     * Returns the way in for messages below Jetty's API; null if there is none with this Jetty. With it, Jetty need not
     * know of any method that takes messages, and makes nothing for it; so a connection in which it fails is closed.
     */
    @Nullable
    JettySinks sinks() {
        return sinks;
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

    private static final class Response {

        private final JettyCore core;
        private final Field ofSession;
        private final Method ofHandler;

        Response(JettyCore core) throws ReflectiveOperationException {
            this.core = core;
            ofSession = Reflection.field(core.named("websocket.common.WebSocketSession"), "upgradeResponse");
            ofHandler = core.named("websocket.common.JettyWebSocketFrameHandler")
                    .getMethod("setUpgradeResponse", UpgradeResponse.class);
        }

        Session forget(Session session) throws ReflectiveOperationException {
            ofSession.set(session, null);
            ofHandler.invoke(core.handlerOf(session), (Object) null);
            return session;
        }
    }

    private static final class Threads {

        private final JettyCore core;

        /** What Jetty calls when there is something to read. */
        private final Field fillable;

        /** On which Jetty reads what has been demanded by a thread that does not read. */
        private final Field executor;

        private final Class<?> callback;
        private final Object nonBlocking;

        Threads(JettyCore core) throws ReflectiveOperationException {
            this.core = core;
            fillable = Reflection.field(core.named("io.AbstractConnection"), "_fillableCallback");
            executor = Reflection.field(core.named("io.AbstractConnection"), "_executor");
            callback = core.named("util.Callback");
            nonBlocking = Reflection.constant(core.named("util.thread.Invocable$InvocationType"), "NON_BLOCKING");
        }

        Session tell(Session session, Turns turns, boolean waits) throws ReflectiveOperationException {
            Object reader = core.connectionOf(session);
            Object told = requireNonNull(fillable.get(reader));
            Executor threads = (Executor) requireNonNull(executor.get(reader));
            InvocationHandler telling = telling(told, turns, waits);
            fillable.set(reader, Proxy.newProxyInstance(core.loader(), new Class<?>[] {callback}, telling));
            executor.set(reader, (Executor) task -> threads.execute(() -> {
                turns.begin();
                try {
                    task.run();
                } finally {
                    turns.end();
                }
            }));
            return session;
        }

        /** Does what a callback does, tells of it, and says of it that it never blocks, unless it does. */
        private InvocationHandler telling(Object told, Turns turns, boolean waits) {
            return (proxy, method, arguments) -> {
                if (!waits && method.getName().equals("getInvocationType")) {
                    return nonBlocking;
                }
                boolean reads = method.getName().equals("succeeded");
                if (reads) {
                    turns.begin();
                }
                try {
                    return method.invoke(told, arguments);
                } catch (InvocationTargetException e) {
                    throw requireNonNull(e.getCause());
                } finally {
                    if (reads) {
                        turns.end();
                    }
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

        private final JettyCore core;
        private final Method extensions;
        private final Method setLast;
        private final Class<?> chain;
        private final MethodHandle read;
        private final VarHandle state;
        private final List<Object> idle;

        Demand(JettyCore core) throws ReflectiveOperationException {
            this.core = core;
            extensions = core.named("websocket.core.WebSocketCoreSession").getMethod("getExtensionStack");
            chain = core.named("websocket.core.util.DemandChain");
            setLast = core.named("websocket.core.ExtensionStack").getMethod("setLastDemand", chain);
            Class<?> reader = core.named("websocket.core.WebSocketConnection");
            Class<?> states = core.named("websocket.core.WebSocketConnection$State");
            MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(reader, MethodHandles.lookup());
            read = Reflection.ofObject(lookup.findVirtual(reader, "demand", MethodType.methodType(void.class)));
            state = lookup.findVarHandle(reader, "state", states);
            idle = List.of(Reflection.constant(states, "IDLE"), Reflection.constant(states, "CLOSED"));
        }

        Reading intercept(Session session, Runnable onDemand) throws ReflectiveOperationException {
            Object asked = Proxy.newProxyInstance(core.loader(), new Class<?>[] {chain}, (proxy, method, arguments) -> {
                if (method.getName().equals("demand")) {
                    onDemand.run();
                }
                return null;
            });
            setLast.invoke(extensions.invoke(core.sessionOf(session)), asked);
            return new Intercepted(this, core.connectionOf(session));
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
            } catch (Throwable e) {
                throw Reflection.unchecked(e);
            }
        }

        @Override
        public boolean isIdle() {
            return demand.idle.contains(demand.state.getVolatile(reader));
        }
    }
}
