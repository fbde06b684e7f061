package dev.socketio.servlet;

import static java.util.Objects.requireNonNull;

import dev.socketio.engine.EnginePacket;
import dev.socketio.engine.WebSocketChannel.Completion;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends frames below Jetty's API, see {@link JettyInternals}: the frames of a batch in one write, and the bytes of a
 * broadcast encoded once. Frames that nothing has to change go straight to what writes them.
 */
final class JettyFrames {

    private final JettyCore core;

    /* Both take their target, a frame's kind and payload, a callback, and whether the frame waits for the next. */

    /** Of sessions: for what is to be compressed, or cut into several frames. */
    private final MethodHandle sendFrame;

    /** Of connections. */
    private final MethodHandle enqueueFrame;

    JettyFrames(JettyCore core) throws ReflectiveOperationException {
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        this.core = core;
        Class<?> entry = core.named("websocket.core.OutgoingEntry");
        MethodHandle newEntry = newEntry(core, lookup, entry);
        MethodType ofEntry = MethodType.methodType(void.class, entry);
        Class<?> session = core.named("websocket.core.WebSocketCoreSession");
        Class<?> connection = core.named("websocket.core.WebSocketConnection");
        sendFrame = sending(lookup.findVirtual(session, "sendFrame", ofEntry), newEntry);
        enqueueFrame = sending(lookup.findVirtual(connection, "enqueueFrame", ofEntry), newEntry);
    }

    /** Returns what makes an entry of a frame's kind and payload, a callback, and whether the frame waits. */
    private static MethodHandle newEntry(JettyCore core, MethodHandles.Lookup lookup, Class<?> entry)
            throws ReflectiveOperationException {
        Class<?> frame = core.named("websocket.core.Frame");
        Class<?> builder = core.named("websocket.core.OutgoingEntry$Builder");
        MethodHandle newFrame = MethodHandles.collectArguments(
                lookup.findVirtual(frame, "setPayload", MethodType.methodType(frame, ByteBuffer.class)),
                0,
                lookup.findConstructor(frame, MethodType.methodType(void.class, byte.class)));
        MethodHandle newBuilder = MethodHandles.collectArguments(
                lookup.findConstructor(builder, MethodType.methodType(void.class, frame, core.callback())),
                0,
                newFrame);
        MethodHandle batch = MethodHandles.collectArguments(
                lookup.findVirtual(builder, "batch", MethodType.methodType(builder, boolean.class)), 0, newBuilder);
        return MethodHandles.filterReturnValue(
                batch, lookup.findVirtual(builder, "build", MethodType.methodType(entry)));
    }

    private static MethodHandle sending(MethodHandle ofEntry, MethodHandle newEntry) {
        return JettyCore.erased(MethodHandles.collectArguments(ofEntry, 1, newEntry));
    }

    /** Answers a ping. */
    void pong(Object session, ByteBuffer payload, Object callback) {
        hand(sendFrame, session, Opcode.PONG, payload, callback, /* waits= */ false);
    }

    /** Where the frames of one connection go. One batch at a time. */
    final class Sender {

        private final JettyConnections.Opened opened;
        private final Object callback;

        /** Of the batch that is being written. */
        private volatile @Nullable Completion completion;

        Sender(JettyConnections.Opened opened) {
            this.opened = opened;
            callback = core.newCallback(() -> done(null), this::done);
        }

        private void done(@Nullable Throwable failure) {
            requireNonNull(completion, "nothing is being written").done(failure);
        }

        void send(List<EnginePacket> batch, Completion told) {
            completion = told;
            boolean direct = goStraight(batch);
            MethodHandle sending = direct ? enqueueFrame : sendFrame;
            Object target = direct ? opened.connection() : opened.session();
            int last = batch.size() - 1;
            for (int i = 0; i <= last; i++) {
                EnginePacket packet = batch.get(i);
                byte kind = Opcode.ofMessage(packet.isBinary());
                // if one that waits cannot be written, nor can the last
                hand(
                        sending,
                        target,
                        kind,
                        ByteBuffer.wrap(packet.encoded()),
                        i == last ? callback : core.noCallback(),
                        i < last);
            }
        }

        /** All or none: they would overtake what is cut. */
        private boolean goStraight(List<EnginePacket> batch) {
            if (opened.isExtended()) {
                return false;
            }
            long maxFrameSize = opened.maxFrameSize();
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
