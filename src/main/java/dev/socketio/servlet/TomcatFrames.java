package dev.socketio.servlet;

import dev.socketio.engine.EnginePacket;
import dev.socketio.engine.WebSocketChannel.Completion;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.channels.CompletionHandler;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes frames below Tomcat's API: those of a batch in one write, which neither blocks nor takes another thread while the
 * client keeps up. The API writes one message at a time, and either blocks or hands the completion of each to another
 * thread, which costs more than the write.
 *
 * <p>Only data frames are written here. The semaphore by which Tomcat keeps frames apart keeps them from Tomcat's control
 * frames too.
 */
final class TomcatFrames {

    private static final Logger log = LoggerFactory.getLogger(TomcatFrames.class);

    /** How long a client may take nothing at all; longer than the heartbeat lets any live. */
    private static final long PATIENCE_MILLIS = 60_000;

    /* Of the frames of RFC 6455, section 5.2. */
    private static final int FINAL = 0x80;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int MAX_LENGTH = 125;
    private static final int MAX_16_BITS = 0xFFFF;
    private static final byte LENGTH_OF_16_BITS = 126;
    private static final byte LENGTH_OF_64_BITS = 127;

    private final Field remoteOfSession;
    private final Field socketOfRemote;
    private final Field permitOfRemote;
    private final Method hasAsyncIo;

    /* Each takes the remote endpoint. */
    private final MethodHandle isClosed;
    private final MethodHandle count;
    private final MethodHandle endMessage;

    /** Takes a socket, buffers, how many, who hears of the end if it is not at once, and what goes with it. */
    private final MethodHandle write;

    private final Object atOnce;
    private final Object refused;

    private TomcatFrames(ClassLoader tomcat) throws ReflectiveOperationException {
        Class<?> remote = named(tomcat, "websocket.WsRemoteEndpointImplBase");
        Class<?> server = named(tomcat, "websocket.server.WsRemoteEndpointImplServer");
        Class<?> socket = named(tomcat, "util.net.SocketWrapperBase");
        Class<?> state = named(tomcat, "util.net.SocketWrapperBase$CompletionState");
        remoteOfSession = accessible(named(tomcat, "websocket.WsSession"), "wsRemoteEndpoint");
        socketOfRemote = accessible(server, "socketWrapper");
        permitOfRemote = accessible(remote, "messagePartInProgress");
        hasAsyncIo = socket.getMethod("hasAsyncIO");
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        isClosed = lookup.unreflectGetter(accessible(remote, "closed"))
                .asType(MethodType.methodType(boolean.class, Object.class));
        count = lookup.unreflect(accessible(server, "updateStats", long.class))
                .asType(MethodType.methodType(void.class, Object.class, long.class));
        endMessage = MethodHandles.insertArguments(
                        lookup.unreflect(accessible(remote, "endMessage", SendHandler.class, SendResult.class)),
                        1,
                        null,
                        new SendResult())
                .asType(MethodType.methodType(void.class, Object.class));
        write = write(tomcat, socket);
        atOnce = Reflection.constant(state, "INLINE");
        refused = Reflection.constant(state, "NOT_DONE");
    }

    private static MethodHandle write(ClassLoader tomcat, Class<?> socket) throws ReflectiveOperationException {
        Class<?> mode = named(tomcat, "util.net.SocketWrapperBase$BlockingMode");
        Class<?> check = named(tomcat, "util.net.SocketWrapperBase$CompletionCheck");
        Method method = socket.getMethod(
                "write",
                ByteBuffer[].class,
                int.class,
                int.class,
                mode,
                long.class,
                TimeUnit.class,
                Object.class,
                check,
                CompletionHandler.class);
        MethodHandle all = MethodHandles.publicLookup().unreflect(method);
        MethodHandle checked = MethodHandles.insertArguments(
                all, 8, socket.getField("COMPLETE_WRITE").get(null));
        MethodHandle nonBlocking = MethodHandles.insertArguments(
                checked, 4, Reflection.constant(mode, "NON_BLOCK"), PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        return MethodHandles.insertArguments(nonBlocking, 2, 0)
                .asType(MethodType.methodType(
                        Object.class,
                        Object.class,
                        ByteBuffer[].class,
                        int.class,
                        Object.class,
                        CompletionHandler.class));
    }

    private static Class<?> named(ClassLoader tomcat, String name) throws ClassNotFoundException {
        return Class.forName("org.apache.tomcat." + name, /* initialize= */ false, tomcat);
    }

    private static Field accessible(Class<?> type, String name) throws NoSuchFieldException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }

    private static Method accessible(Class<?> type, String name, Class<?>... parameters) throws NoSuchMethodException {
        Method method = type.getDeclaredMethod(name, parameters);
        method.setAccessible(true);
        return method;
    }

    /**
     * Returns the way below Tomcat's API; null if something cannot be reached in this Tomcat.
     *
     * @param tomcat the class loader of Tomcat's own classes
     */
    static @Nullable TomcatFrames of(ClassLoader tomcat) {
        try {
            return new TomcatFrames(tomcat);
        } catch (ReflectiveOperationException | RuntimeException e) {
            log.debug("each message is a write of its own, with a thread for its completion: {}", e.toString());
            return null;
        }
    }

    /** Returns the way out of a connection; null if there is none but the API's, as for messages that are compressed. */
    @Nullable
    Sender sender(Session session) {
        if (!session.getNegotiatedExtensions().isEmpty()) {
            return null;
        }
        try {
            Object remote = remoteOfSession.get(session);
            Object socket = socketOfRemote.get(remote);
            return (boolean) hasAsyncIo.invoke(socket)
                    ? new Sender(remote, socket, (Semaphore) permitOfRemote.get(remote))
                    : null;
        } catch (ReflectiveOperationException | RuntimeException e) {
            log.debug("a connection is written to by Tomcat's API: {}", e.toString());
            return null;
        }
    }

    /** Where the frames of one connection go. One batch at a time. */
    final class Sender implements CompletionHandler<Long, Completion> {

        private final Object remote;
        private final Object socket;

        /** Of whom the next frame is. */
        private final Semaphore permit;

        private Sender(Object remote, Object socket, Semaphore permit) {
            this.remote = remote;
            this.socket = socket;
            this.permit = permit;
        }

        /** Writes a batch, unless Tomcat has a frame under way: then returns false. */
        boolean send(List<EnginePacket> batch, Completion completion) {
            if (!permit.tryAcquire()) {
                return false;
            }
            Object state;
            try {
                if ((boolean) isClosed.invokeExact(remote)) {
                    throw new IOException("the WebSocket is closed");
                }
                count(batch);
                ByteBuffer[] frames = frames(batch);
                state = (Object) write.invokeExact(
                        socket, frames, frames.length, (Object) completion, (CompletionHandler<?, ?>) this);
            } catch (Throwable e) {
                failed(e, completion);
                return true;
            }
            if (state == atOnce) {
                completed(0L, completion);
            } else if (state == refused) {
                failed(new IllegalStateException("Tomcat writes something else"), completion);
            }
            return true;
        }

        /** For Tomcat's own figures, as operators see them. */
        private void count(List<EnginePacket> batch) throws Throwable {
            for (int i = 0; i < batch.size(); i++) {
                count.invokeExact(remote, (long) batch.get(i).size());
            }
        }

        @Override
        public void completed(Long bytes, Completion completion) {
            release();
            completion.done(null);
        }

        @Override
        public void failed(Throwable failure, Completion completion) {
            release();
            completion.done(failure);
        }

        /** Has Tomcat write its control frames that have come meanwhile. */
        private void release() {
            try {
                endMessage.invokeExact(remote);
            } catch (Throwable e) {
                throw Reflection.unchecked(e);
            }
        }
    }

    private static ByteBuffer[] frames(List<EnginePacket> batch) {
        ByteBuffer[] frames = new ByteBuffer[2 * batch.size()];
        for (int i = 0; i < batch.size(); i++) {
            EnginePacket packet = batch.get(i);
            byte[] payload = packet.encoded();
            frames[2 * i] = head(packet.isBinary() ? BINARY : TEXT, payload.length);
            frames[2 * i + 1] = ByteBuffer.wrap(payload);
        }
        return frames;
    }

    private static ByteBuffer head(int kind, int length) {
        byte first = (byte) (FINAL | kind);
        if (length <= MAX_LENGTH) {
            return ByteBuffer.wrap(new byte[] {first, (byte) length});
        }
        if (length <= MAX_16_BITS) {
            return ByteBuffer.allocate(4)
                    .put(first)
                    .put(LENGTH_OF_16_BITS)
                    .putShort((short) length)
                    .flip();
        }
        return ByteBuffer.allocate(10)
                .put(first)
                .put(LENGTH_OF_64_BITS)
                .putLong(length)
                .flip();
    }
}
