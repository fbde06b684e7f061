package dev.socketio.servlet;

import static java.util.Objects.requireNonNull;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;

/** Connections below Jetty's API, see {@link JettyInternals}: how they are read, and how they end. */
final class JettyConnections {

    private final JettyCore core;

    /* Of sessions. */
    private final MethodHandle connectionOf;
    private final MethodHandle extensions;
    private final MethodHandle maxFrameSizeOf;
    private final MethodHandle setIdleTimeout;
    private final MethodHandle close;
    private final MethodHandle abort;

    /** Asks the extensions for a frame. */
    private final MethodHandle demandAll;

    private final MethodHandle stackOf;

    /* Of the extensions of a session. */
    private final MethodHandle setLastDemand;
    private final Class<?> demandChain;

    /* Of connections. */
    private final MethodHandle demand;
    private final VarHandle state;
    private final List<Object> idle;

    /** What Jetty calls when there is something to read. */
    private final Field fillable;

    /** On which Jetty reads what has been demanded by a thread that does not read. */
    private final Field executor;

    private final Object nonBlocking;

    JettyConnections(JettyCore core) throws ReflectiveOperationException {
        this.core = core;
        Class<?> session = core.named("websocket.core.WebSocketCoreSession");
        Class<?> reader = core.named("websocket.core.WebSocketConnection");
        connectionOf = core.method(session, "getConnection", reader);
        extensions = core.method(session, "getNegotiatedExtensions", List.class);
        maxFrameSizeOf = core.method(session, "getMaxFrameSize", long.class);
        setIdleTimeout = core.method(session, "setIdleTimeout", void.class, Duration.class);
        close = core.method(session, "close", void.class, int.class, String.class, core.callback());
        abort = core.method(session, "abort", void.class);
        demandAll = core.method(session, "demand", void.class);
        Class<?> stack = core.named("websocket.core.ExtensionStack");
        stackOf = core.method(session, "getExtensionStack", stack);
        demandChain = core.named("websocket.core.util.DemandChain");
        setLastDemand = core.method(stack, "setLastDemand", void.class, demandChain);

        demand = core.method(reader, "demand", void.class);
        Class<?> states = core.named("websocket.core.WebSocketConnection$State");
        state = MethodHandles.privateLookupIn(reader, MethodHandles.lookup()).findVarHandle(reader, "state", states);
        idle = List.of(Reflection.constant(states, "IDLE"), Reflection.constant(states, "CLOSED"));
        fillable = Reflection.field(core.named("io.AbstractConnection"), "_fillableCallback");
        executor = Reflection.field(core.named("io.AbstractConnection"), "_executor");
        nonBlocking = Reflection.constant(core.named("util.thread.Invocable$InvocationType"), "NON_BLOCKING");
    }

    /** Is told of the turns in which the threads of a connection read it, each on the thread that reads. */
    interface Turns {

        void begin();

        /** The thread has let go of the connection: it may be another's already, if there is something to read. */
        void end();
    }

    /** One connection. */
    final class Opened implements JettyReader.Reading {

        /** The {@code WebSocketCoreSession}. */
        private final Object session;

        /** The {@code WebSocketConnection}, which reads and writes the session's frames. */
        private final Object connection;

        private final boolean isExtended;
        private final long maxFrameSize;

        Opened(Object session) {
            this.session = session;
            try {
                connection = (Object) connectionOf.invokeExact(session);
                isExtended = !((List<?>) extensions.invokeExact(session)).isEmpty();
                maxFrameSize = (long) maxFrameSizeOf.invokeExact(session);
            } catch (Throwable e) {
                throw Reflection.unchecked(e);
            }
        }

        /**
         * Has a connection read as a reader says.
         *
         * @param waits whether who takes a message may keep the thread that brings it waiting
         */
        void open(JettyReader reader, boolean waits) throws Throwable {
            setIdleTimeout.invokeExact(session, Duration.ZERO); // the heartbeat knows better
            if (isExtended) {
                interceptDemand(reader);
            }
            tellTurns(reader, waits);
        }

        /**
         * What inflates messages reads the next frame whether or not it is demanded, and breaks down when it gets one
         * that is not.
         */
        private void interceptDemand(JettyReader reader) throws Throwable {
            Object asked = core.implement(
                    (proxy, method, arguments) -> {
                        if (method.getName().equals("demand")) {
                            reader.onDemand();
                        }
                        return null;
                    },
                    demandChain);
            setLastDemand.invokeExact((Object) stackOf.invokeExact(session), asked);
        }

        Object session() {
            return session;
        }

        Object connection() {
            return connection;
        }

        boolean isExtended() {
            return isExtended;
        }

        /** In bytes: what is larger is cut. */
        long maxFrameSize() {
            return maxFrameSize;
        }

        /**
         * Has a connection tell in which turns it is read, all but the first one, of the thread that opens it.
         *
         * <p>And has it read by the thread that learns that there is something to read, if listeners never wait. Jetty
         * takes it that they do, and wakes another thread for each message before it lets them have it: half of what a
         * short message costs.
         */
        void tellTurns(Turns turns, boolean waits) throws ReflectiveOperationException {
            Object told = requireNonNull(fillable.get(connection));
            Executor threads = (Executor) requireNonNull(executor.get(connection));
            fillable.set(connection, core.implement(telling(told, turns, waits), core.callback()));
            executor.set(connection, (Executor) task -> threads.execute(() -> {
                turns.begin();
                try {
                    task.run();
                } finally {
                    turns.end();
                }
            }));
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

        @Override
        public void demand(JettyReader reader) {
            if (isExtended) {
                Reflection.invoke(demandAll, session);
            } else {
                reader.onDemand();
            }
        }

        @Override
        public void next() {
            Reflection.invoke(demand, connection);
        }

        @Override
        public boolean isIdle() {
            return idle.contains(state.getVolatile(connection));
        }

        @Override
        public void cut() {
            Reflection.invoke(abort, session);
        }

        void close(int code, String reason) {
            try {
                setIdleTimeout.invokeExact(session, JettyUpgrade.CLOSE_PATIENCE);
                close.invokeExact(session, code, reason, core.noCallback());
            } catch (Throwable e) {
                throw Reflection.unchecked(e);
            }
        }
    }
}
