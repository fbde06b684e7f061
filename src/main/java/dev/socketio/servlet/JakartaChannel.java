package dev.socketio.servlet;

import dev.socketio.engine.EnginePacket;
import dev.socketio.engine.WebSocketChannel;
import dev.socketio.time.Workers;
import jakarta.websocket.CloseReason;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Jakarta WebSocket session as a channel. It writes without a thread, one message at a time, which is all that the API
 * has; or, below it, the batch.
 */
final class JakartaChannel implements WebSocketChannel {

    private static final Logger log = LoggerFactory.getLogger(JakartaChannel.class);

    private static final long CLOSE_PATIENCE_MILLIS = 5_000;

    /** Tomcat waits for the client's close frame for 30 seconds otherwise, and reads on until then. */
    private static final String TOMCAT_CLOSE_PATIENCE = "org.apache.tomcat.websocket.SESSION_CLOSE_TIMEOUT";

    /** And as long for the end of what is being written, before it sends its own. */
    private static final String TOMCAT_SEND_PATIENCE = "org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT";

    private static final int NO_SUCH_CODE_MEANS_NORMAL = 1000;

    private final Session session;
    private final Executor workers;
    private final TomcatFrames.@Nullable Sender sender;
    private final RemoteEndpoint.Async remote;

    /**
     * @param workers run what the container may block in
     * @param frames where the way out below the API is, if there is one
     */
    JakartaChannel(Session session, Executor workers, @Nullable TomcatFrames frames) {
        this.session = session;
        this.workers = workers;
        this.remote = session.getAsyncRemote();
        this.sender = frames == null ? null : frames.sender(session, this::sendByApi, workers);
    }

    /** Tomcat takes the connections that an interrupted thread writes to for broken. */
    @Override
    public void send(List<EnginePacket> batch, Completion completion) {
        boolean interrupted = Thread.interrupted();
        try {
            if (sender == null) {
                sendByApi(batch, completion);
            } else {
                sender.send(batch, completion);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void sendByApi(List<EnginePacket> batch, Completion completion) {
        new Batch(batch, completion).next();
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
        Workers.execute(workers, () -> close(reason));
    }

    private void close(CloseReason reason) {
        try {
            session.setMaxIdleTimeout(CLOSE_PATIENCE_MILLIS); // a client may never answer
            session.getUserProperties().put(TOMCAT_CLOSE_PATIENCE, CLOSE_PATIENCE_MILLIS);
            session.getUserProperties().put(TOMCAT_SEND_PATIENCE, CLOSE_PATIENCE_MILLIS);
            session.close(reason);
        } catch (IOException | IllegalStateException e) {
            log.debug("close frame not sent, the client is gone: {}", e.toString());
        }
    }

    /** A write that fails because the client has gone is no reason to drop what it sent before. */
    private void fail(Completion completion, Throwable failure) {
        ContainerSession.afterMessages(session, () -> completion.done(failure));
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
