package dev.socketio.servlet;

import dev.socketio.engine.EnginePacket;
import dev.socketio.engine.WebSocketChannel.Completion;
import dev.socketio.time.Workers;
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
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes frames below Tomcat's API: those of a batch together, without blocking, and on the thread that sends them while
 * the client keeps up (with the connector NIO2, perhaps on another). The API writes one message at a time, and either
 * blocks or hands the completion of each to another thread, which costs more than the write.
 *
 * <p>Only data frames are written here. The semaphore by which Tomcat keeps frames apart keeps them from Tomcat's control
 * frames too.
 */
final class TomcatFrames {

    private static final Logger log = LoggerFactory.getLogger(TomcatFrames.class);

    /** How long a client may take nothing at all; by default the heartbeat lets none live as long. */
    private static final long PATIENCE_MILLIS = 60_000;

    /**
     * How much Tomcat gets at a time. The JDK copies all that it is given, at each attempt, and keeps as much memory for
     * the thread that made it.
     */
    private static final int MAX_PIECE = 64 << 10;

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
        remoteOfSession = Reflection.field(named(tomcat, "websocket.WsSession"), "wsRemoteEndpoint");
        socketOfRemote = Reflection.field(server, "socketWrapper");
        permitOfRemote = Reflection.field(remote, "messagePartInProgress");
        hasAsyncIo = socket.getMethod("hasAsyncIO");
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        isClosed = Reflection.ofObject(lookup.unreflectGetter(Reflection.field(remote, "closed")));
        count = Reflection.ofObject(lookup.unreflect(Reflection.method(server, "updateStats", long.class)));
        Method end = Reflection.method(remote, "endMessage", SendHandler.class, SendResult.class);
        endMessage =
                Reflection.ofObject(MethodHandles.insertArguments(lookup.unreflect(end), 1, null, new SendResult()));
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

    /**
     * Returns the way below Tomcat's API; null if something cannot be reached in this Tomcat.
     *
     * @param tomcat the class loader of Tomcat's own classes
     */
    static @Nullable TomcatFrames of(ClassLoader tomcat) {
        try {
            return new TomcatFrames(tomcat);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            log.debug("each message is a write of its own, with a thread for its completion: {}", e.toString());
            return null;
        }
    }

    /** What writes by the API. */
    interface Api {

        void send(List<EnginePacket> batch, Completion completion);
    }

    /**
     * Returns the way out of a connection; null if there is none but the API's, as for messages that are compressed.
     *
     * @param api takes what cannot be written below it now
     * @param workers run what follows a batch when Tomcat waits to write something
     */
    @Nullable
    Sender sender(Session session, Api api, Executor workers) {
        if (!session.getNegotiatedExtensions().isEmpty()) {
            return null;
        }
        try {
            Object remote = remoteOfSession.get(session);
            Object socket = socketOfRemote.get(remote);
            return (boolean) hasAsyncIo.invoke(socket)
                    ? new Sender(remote, socket, (Semaphore) permitOfRemote.get(remote), api, workers)
                    : null;
        } catch (ReflectiveOperationException | RuntimeException e) {
            log.debug("a connection is written to by Tomcat's API: {}", e.toString());
            return null;
        }
    }

    /** Where the frames of one connection go. One batch at a time. */
    final class Sender implements CompletionHandler<Long, TomcatBatch> {

        private final Object remote;
        private final Object socket;

        /** Of whom the next frame is. */
        private final Semaphore permit;

        private final Api api;
        private final Executor workers;

        private Sender(Object remote, Object socket, Semaphore permit, Api api, Executor workers) {
            this.remote = remote;
            this.socket = socket;
            this.permit = permit;
            this.api = api;
            this.workers = workers;
        }

        void send(List<EnginePacket> packets, Completion completion) {
            if (permit.tryAcquire()) {
                write(new TomcatBatch(packets, completion, MAX_PIECE));
            } else {
                api.send(packets, completion); // which waits for its turn
            }
        }

        private void write(TomcatBatch batch) {
            try {
                while (batch.hasNext() && !isToGiveWay(batch)) {
                    Object state = write(batch.next(), batch);
                    if (state == refused) {
                        throw new IOException("a write before has been given up");
                    }
                    if (state != atOnce) {
                        return; // goes on when the client has read, or has failed
                    }
                }
                count(batch.begun());
            } catch (Throwable e) {
                end(batch, e);
                return;
            }
            if (batch.hasNext()) {
                release();
                api.send(batch.rest(), batch.completion());
            } else {
                end(batch, null);
            }
        }

        /** Tomcat answers pings on the thread that reads, and closes the connection if it cannot for 20 seconds. */
        private boolean isToGiveWay(TomcatBatch batch) {
            return batch.isBetweenFrames() && permit.hasQueuedThreads();
        }

        /** For Tomcat's own figures, as operators see them. */
        private void count(List<EnginePacket> written) throws Throwable {
            for (int i = 0; i < written.size(); i++) {
                count.invokeExact(remote, (long) written.get(i).size());
            }
        }

        private Object write(ByteBuffer[] piece, TomcatBatch batch) throws Throwable {
            if ((boolean) isClosed.invokeExact(remote)) {
                throw new IOException("the WebSocket is closed");
            }
            return (Object)
                    write.invokeExact(socket, piece, piece.length, (Object) batch, (CompletionHandler<?, ?>) this);
        }

        @Override
        public void completed(Long bytes, TomcatBatch batch) {
            write(batch);
        }

        @Override
        public void failed(Throwable failure, TomcatBatch batch) {
            end(batch, failure);
        }

        private void end(TomcatBatch batch, @Nullable Throwable failure) {
            if (!batch.end()) {
                return;
            }
            boolean awaited = permit.hasQueuedThreads();
            try {
                release();
            } finally {
                done(batch.completion(), failure, awaited);
            }
        }

        /** The semaphore is not fair: who sends the next batch at once would always be before the one that waits. */
        private void done(Completion completion, @Nullable Throwable failure, boolean awaited) {
            if (awaited) {
                Workers.execute(workers, () -> completion.done(failure));
            } else {
                completion.done(failure);
            }
        }

        /** In Tomcat's way, which lets no message of the API's wait for nothing that asks for the permit meanwhile. */
        private void release() {
            Reflection.invoke(endMessage, remote);
        }
    }
}
