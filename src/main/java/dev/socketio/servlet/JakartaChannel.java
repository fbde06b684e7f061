package dev.socketio.servlet;

import dev.socketio.engine.EnginePacket;
import dev.socketio.engine.WebSocketChannel;
import jakarta.websocket.CloseReason;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Jakarta WebSocket session as a channel: two ways to write, and what they share. */
abstract class JakartaChannel implements WebSocketChannel {

    private static final Logger log = LoggerFactory.getLogger(JakartaChannel.class);

    /** Long enough for any client that the heartbeat lets live. */
    private static final long BLOCKING_SEND_MILLIS = 60_000;

    private static final long CLOSE_PATIENCE_MILLIS = 5_000;

    /** Tomcat waits for the client's close frame for 30 seconds otherwise, and reads on until then. */
    private static final String TOMCAT_CLOSE_PATIENCE = "org.apache.tomcat.websocket.SESSION_CLOSE_TIMEOUT";

    private static final int NO_SUCH_CODE_MEANS_NORMAL = 1000;

    final Session session;
    private final Executor workers;

    private JakartaChannel(Session session, Executor workers) {
        this.session = session;
        this.workers = workers;
    }

    /** Writes without a thread, one message at a time: all that Tomcat allows. */
    static JakartaChannel asynchronous(Session session, Executor workers) {
        return new Asynchronous(session, workers);
    }

    /**
     * Writes on a thread of the executor, a batch at a time and flushed once. The first batch that is sent by the thread
     * that brings a message of the same client, it writes itself after the message: no code of the application waits for
     * the client then.
     *
     * @param readers how many threads that bring messages may wait for their clients to take what is written
     */
    static JakartaChannel blocking(Session session, Executor workers, Semaphore readers) {
        return new Blocking(session, workers, readers);
    }

    /** Has a message dealt with by the thread that brings it, which may have to wait for the client afterwards. */
    void bring(Runnable message) {
        message.run();
    }

    /** Tomcat can stop reading; others bring what the client sends. */
    @Override
    public void pause() {
        ContainerSession.tell(session, "suspend");
    }

    @Override
    public void resume() {
        ContainerSession.tell(session, "resume");
    }

    /** Containers send the close frame before they return, and a client that does not read makes them wait for it. */
    @Override
    public void close(int code, String reason) {
        int sent = code == NO_CODE ? NO_SUCH_CODE_MEANS_NORMAL : code;
        closeLater(new CloseReason(CloseReason.CloseCodes.getCloseCode(sent), reason));
    }

    /** Jetty cuts a connection if asked; others do, without waiting for the client, when its end is abnormal. */
    @Override
    public void abort() {
        if (!ContainerSession.tell(session, "abort")) {
            closeLater(new CloseReason(CloseReason.CloseCodes.CLOSED_ABNORMALLY, ""));
        }
    }

    private void closeLater(CloseReason reason) {
        try {
            workers.execute(() -> close(reason));
        } catch (RejectedExecutionException shutDown) {
            close(reason);
        }
    }

    private void close(CloseReason reason) {
        try {
            session.setMaxIdleTimeout(CLOSE_PATIENCE_MILLIS); // a client may never answer
            session.getUserProperties().put(TOMCAT_CLOSE_PATIENCE, CLOSE_PATIENCE_MILLIS);
            session.close(reason);
        } catch (IOException | IllegalStateException e) {
            log.debug("close frame not sent, the client is gone: {}", e.toString());
        }
    }

    /** A write that fails because the client has gone is no reason to drop what it sent before. */
    final void fail(Completion completion, Throwable failure) {
        ContainerSession.afterMessages(session, () -> completion.done(failure));
    }

    private static final class Asynchronous extends JakartaChannel {

        private final RemoteEndpoint.Async remote;

        Asynchronous(Session session, Executor workers) {
            super(session, workers);
            this.remote = session.getAsyncRemote();
        }

        @Override
        public void send(List<EnginePacket> batch, Completion completion) {
            new Batch(batch, completion).next();
        }

        /** Sends the messages of a batch one after the other; a container may complete a send at once, or much later. */
        private final class Batch {

            private final List<EnginePacket> packets;
            private final Completion completion;

            /** The completions that the loop has not seen; only who raises it from zero loops. */
            private final AtomicInteger unseen = new AtomicInteger();

            private int position;

            Batch(List<EnginePacket> packets, Completion completion) {
                this.packets = packets;
                this.completion = completion;
            }

            void next() {
                if (unseen.getAndIncrement() > 0) {
                    return;
                }
                do {
                    if (position == packets.size()) {
                        completion.done(null);
                        return;
                    }
                    EnginePacket packet = packets.get(position++);
                    try {
                        if (packet.isBinary()) {
                            remote.sendBinary(ByteBuffer.wrap(packet.bytes()), this::onResult);
                        } else {
                            remote.sendText(packet.text(), this::onResult);
                        }
                    } catch (RuntimeException e) {
                        fail(completion, e);
                        return;
                    }
                } while (unseen.decrementAndGet() > 0);
            }

            private void onResult(SendResult result) {
                if (result.isOK()) {
                    next();
                } else {
                    fail(completion, result.getException());
                }
            }
        }
    }

    private static final class Blocking extends JakartaChannel {

        private final Executor workers;
        private final Semaphore readers;
        private final RemoteEndpoint.Basic remote;

        /** The thread that brings a message. It finds itself here, others find anything but themselves. */
        private @Nullable Thread reader;

        /** What the reader is to write after the message. */
        private @Nullable Answer answer;

        private record Answer(List<EnginePacket> batch, Completion completion) {}

        Blocking(Session session, Executor workers, Semaphore readers) {
            super(session, workers);
            this.workers = workers;
            this.readers = readers;
            this.remote = session.getBasicRemote();
            session.getUserProperties().put("org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT", BLOCKING_SEND_MILLIS);
        }

        @Override
        void bring(Runnable message) {
            reader = Thread.currentThread();
            try {
                message.run();
            } finally {
                reader = null;
                writeAnswer();
            }
        }

        /** What follows the answer, perhaps sent by others, is for the executor: it could go on and on. */
        private void writeAnswer() {
            Answer kept = answer;
            if (kept == null) {
                return;
            }
            answer = null;
            if (!readers.tryAcquire()) {
                send(kept.batch(), kept.completion());
                return;
            }
            try {
                write(kept.batch(), kept.completion());
            } finally {
                readers.release();
            }
        }

        @Override
        public void send(List<EnginePacket> batch, Completion completion) {
            if (reader == Thread.currentThread()) {
                answer = new Answer(batch, completion); // there are never two batches under way
                return;
            }
            try {
                workers.execute(() -> write(batch, completion));
            } catch (RejectedExecutionException shutDown) {
                completion.done(shutDown);
            }
        }

        private void write(List<EnginePacket> batch, Completion completion) {
            try {
                // Only for now: the container's own answers to the client's pings would wait for the next flush too.
                remote.setBatchingAllowed(batch.size() > 1);
                for (EnginePacket packet : batch) {
                    if (packet.isBinary()) {
                        remote.sendBinary(ByteBuffer.wrap(packet.bytes()));
                    } else {
                        remote.sendText(packet.text());
                    }
                }
                remote.setBatchingAllowed(false); // which flushes
            } catch (IOException | RuntimeException e) {
                fail(completion, e);
                return;
            }
            completion.done(null);
        }
    }
}
