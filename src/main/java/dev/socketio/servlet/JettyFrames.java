package dev.socketio.servlet;

import dev.socketio.engine.EnginePacket;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.jetty.websocket.api.Session;

/**
 * Sends frames below Jetty's API, see {@link JettyInternals}: the frames of a batch in one write, and the bytes of a
 * broadcast encoded once. Frames that nothing has to change go straight to what writes them.
 */
final class JettyFrames {

    private static final byte TEXT = 1;
    private static final byte BINARY = 2;

    private final JettyCore core;
    private final Method extensions;
    private final MethodHandle newCallback;
    private final Object noCallback;

    /* Both take their target, a frame's kind and payload, a callback, and whether the frame waits for the next. */

    /** For what is to be compressed, or cut into several frames. */
    private final MethodHandle sendFrame;

    private final MethodHandle enqueueFrame;

    JettyFrames(JettyCore core) throws ReflectiveOperationException {
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        this.core = core;
        Class<?> session = core.named("websocket.core.WebSocketCoreSession");
        Class<?> writer = core.named("websocket.core.WebSocketConnection");
        Class<?> entry = core.named("websocket.core.OutgoingEntry");
        Class<?> callback = core.named("util.Callback");
        extensions = session.getMethod("getNegotiatedExtensions");
        newCallback = lookup.findStatic(
                        callback, "from", MethodType.methodType(callback, Runnable.class, Consumer.class))
                .asType(MethodType.methodType(Object.class, Runnable.class, Consumer.class));
        noCallback = callback.getField("NOOP").get(null);
        MethodHandle newEntry = newEntry(core, lookup, entry, callback);
        MethodType ofEntry = MethodType.methodType(void.class, entry);
        sendFrame = sending(lookup.findVirtual(session, "sendFrame", ofEntry), newEntry);
        enqueueFrame = sending(lookup.findVirtual(writer, "enqueueFrame", ofEntry), newEntry);
    }

    /** Returns what makes an entry of a frame's kind and payload, a callback, and whether the frame waits. */
    private static MethodHandle newEntry(JettyCore core, MethodHandles.Lookup lookup, Class<?> entry, Class<?> callback)
            throws ReflectiveOperationException {
        Class<?> frame = core.named("websocket.core.Frame");
        Class<?> builder = core.named("websocket.core.OutgoingEntry$Builder");
        MethodHandle newFrame = MethodHandles.collectArguments(
                lookup.findVirtual(frame, "setPayload", MethodType.methodType(frame, ByteBuffer.class)),
                0,
                lookup.findConstructor(frame, MethodType.methodType(void.class, byte.class)));
        MethodHandle newBuilder = MethodHandles.collectArguments(
                lookup.findConstructor(builder, MethodType.methodType(void.class, frame, callback)), 0, newFrame);
        MethodHandle batch = MethodHandles.collectArguments(
                lookup.findVirtual(builder, "batch", MethodType.methodType(builder, boolean.class)), 0, newBuilder);
        return MethodHandles.filterReturnValue(
                batch, lookup.findVirtual(builder, "build", MethodType.methodType(entry)));
    }

    private static MethodHandle sending(MethodHandle ofEntry, MethodHandle newEntry) {
        return MethodHandles.collectArguments(ofEntry, 1, newEntry)
                .asType(MethodType.methodType(
                        void.class, Object.class, byte.class, ByteBuffer.class, Object.class, boolean.class));
    }

    /** Where the frames of one connection go. One batch at a time. */
    final class Sender {

        private final Object coreSession;
        private final Object writer;
        private final Object callback;

        /** In bytes: what is larger is cut. */
        private final long maxFrameSize;

        private final boolean isCompressed;

        /**
         * Creates the way out of a connection.
         *
         * @param onSent is told when a batch has been written
         * @param onFailure is told if it cannot be
         */
        Sender(Session session, Runnable onSent, Consumer<Throwable> onFailure) throws ReflectiveOperationException {
            coreSession = core.sessionOf(session);
            writer = core.connectionOf(session);
            maxFrameSize = session.getMaxFrameSize();
            isCompressed = !((Collection<?>) extensions.invoke(coreSession)).isEmpty();
            callback = callback(onSent, onFailure);
        }

        private Object callback(Runnable onSent, Consumer<Throwable> onFailure) {
            try {
                return (Object) newCallback.invokeExact(onSent, onFailure);
            } catch (Throwable e) {
                throw Reflection.unchecked(e);
            }
        }

        void send(List<EnginePacket> batch) {
            boolean direct = goStraight(batch);
            MethodHandle sending = direct ? enqueueFrame : sendFrame;
            Object target = direct ? writer : coreSession;
            int last = batch.size() - 1;
            for (int i = 0; i <= last; i++) {
                EnginePacket packet = batch.get(i);
                byte kind = packet.isBinary() ? BINARY : TEXT;
                // if one that waits cannot be written, nor can the last
                hand(
                        sending,
                        target,
                        kind,
                        ByteBuffer.wrap(packet.encoded()),
                        i == last ? callback : noCallback,
                        i < last);
            }
        }

        /** All or none: they would overtake what is cut. */
        private boolean goStraight(List<EnginePacket> batch) {
            if (isCompressed) {
                return false;
            }
            for (int i = 0; i < batch.size(); i++) {
                if (maxFrameSize > 0 && batch.get(i).size() > maxFrameSize) {
                    return false;
                }
            }
            return true;
        }
    }

    private static void hand(
            MethodHandle sending, Object target, byte kind, ByteBuffer payload, Object callback, boolean waits) {
        try {
            sending.invokeExact(target, kind, payload, callback, waits);
        } catch (Throwable e) {
            throw Reflection.unchecked(e);
        }
    }
}
