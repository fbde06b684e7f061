package dev.socketio.servlet;

import static java.util.Objects.requireNonNull;

import dev.socketio.engine.EnginePacket;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.UpgradeResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What can be had of Jetty only behind its API, and by name, as it hides these classes from web applications. Each thing
 * is a gain in memory or time: with a Jetty in which something cannot be reached, it just does not happen.
 */
final class JettyInternals {

    private static final Logger log = LoggerFactory.getLogger(JettyInternals.class);

    private final @Nullable Response response;
    private final @Nullable Reading reading;
    private final @Nullable Sharing sharing;

    /** @param jetty the class loader of Jetty's own classes */
    JettyInternals(ClassLoader jetty) {
        response = found("responses of handshakes stay in memory", () -> new Response(jetty));
        reading = found("messages are read on one thread more", () -> new Reading(jetty));
        sharing = found("each message is a write of its own", () -> new Sharing(jetty));
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
        if (reading != null) {
            found("the messages of a connection are read on one thread more", () -> reading.readAtOnce(session));
        }
    }

    /**
     * Queues a message to be written together with the next one that is sent through the API.
     *
     * @return whether it is queued; if not, it is to be sent like any other
     */
    boolean sendWithNext(Session session, EnginePacket packet) {
        return sharing != null && sharing.send(session, packet);
    }

    private static Class<?> named(ClassLoader jetty, String name) throws ClassNotFoundException {
        return Class.forName("org.eclipse.jetty." + name, /* initialize= */ false, jetty);
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

    private static final class Reading {

        private final ClassLoader jetty;
        private final Method coreSession;
        private final Method connection;

        /** What Jetty calls when there is something to read. */
        private final Field fillable;

        private final Class<?> callback;
        private final Object nonBlocking;

        Reading(ClassLoader jetty) throws ReflectiveOperationException {
            this.jetty = jetty;
            coreSession = named(jetty, "websocket.common.WebSocketSession").getMethod("getCoreSession");
            connection = named(jetty, "websocket.core.WebSocketCoreSession").getMethod("getConnection");
            fillable = named(jetty, "io.AbstractConnection").getDeclaredField("_fillableCallback");
            fillable.setAccessible(true);
            callback = named(jetty, "util.Callback");
            nonBlocking = Arrays.stream(requireNonNull(
                            named(jetty, "util.thread.Invocable$InvocationType").getEnumConstants()))
                    .filter(type -> type.toString().equals("NON_BLOCKING"))
                    .findFirst()
                    .orElseThrow(() -> new ClassNotFoundException("NON_BLOCKING"));
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

    private static final class Sharing {

        private static final byte TEXT = 1;
        private static final byte BINARY = 2;

        private final MethodHandle coreSession;
        private final MethodHandle newFrame;
        private final MethodHandle setText;
        private final MethodHandle setBytes;
        private final MethodHandle send;

        Sharing(ClassLoader jetty) throws ReflectiveOperationException {
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            Class<?> session = named(jetty, "websocket.common.WebSocketSession");
            Class<?> core = named(jetty, "websocket.core.CoreSession");
            Class<?> frame = named(jetty, "websocket.core.Frame");
            Class<?> callback = named(jetty, "util.Callback");
            Object noCallback = callback.getField("NOOP").get(null);
            coreSession = lookup.findVirtual(session, "getCoreSession", MethodType.methodType(core))
                    .asType(MethodType.methodType(Object.class, Session.class));
            newFrame = lookup.findConstructor(frame, MethodType.methodType(void.class, byte.class))
                    .asType(MethodType.methodType(Object.class, byte.class));
            setText = lookup.findVirtual(frame, "setPayload", MethodType.methodType(frame, String.class))
                    .asType(MethodType.methodType(Object.class, Object.class, String.class));
            setBytes = lookup.findVirtual(frame, "setPayload", MethodType.methodType(frame, ByteBuffer.class))
                    .asType(MethodType.methodType(Object.class, Object.class, ByteBuffer.class));
            MethodHandle sendFrame = lookup.findVirtual(
                    core, "sendFrame", MethodType.methodType(void.class, frame, callback, boolean.class));
            send = MethodHandles.insertArguments(sendFrame, 2, noCallback, /* batch= */ true)
                    .asType(MethodType.methodType(void.class, Object.class, Object.class));
        }

        boolean send(Session session, EnginePacket packet) {
            try {
                Object frame;
                if (packet.isBinary()) {
                    frame = (Object) setBytes.invokeExact(
                            (Object) newFrame.invokeExact(BINARY), ByteBuffer.wrap(packet.bytes()));
                } else {
                    frame = (Object) setText.invokeExact((Object) newFrame.invokeExact(TEXT), packet.text());
                }
                send.invokeExact((Object) coreSession.invokeExact(session), frame);
                return true;
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
