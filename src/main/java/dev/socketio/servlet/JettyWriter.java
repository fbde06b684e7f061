package dev.socketio.servlet;

import static java.util.Objects.requireNonNull;

import dev.socketio.engine.EnginePacket;
import dev.socketio.engine.WebSocketChannel.Completion;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;

/** Writes the batches of one connection, each whole, with one write or a few. One batch at a time. */
final class JettyWriter {

    private final Session session;
    private final JettyFrames.@Nullable Sender sender;

    /** Of the batch that is being written. */
    private volatile @Nullable Completion completion;

    JettyWriter(Session session, JettyInternals internals) {
        this.session = session;
        sender = internals.sender(session, () -> done(null), this::done);
    }

    private void done(@Nullable Throwable failure) {
        requireNonNull(completion, "nothing is being written").done(failure);
    }

    void send(List<EnginePacket> batch, Completion told) {
        if (sender == null) {
            sendEach(batch, told);
        } else {
            completion = told;
            sender.send(batch);
        }
    }

    private void sendEach(List<EnginePacket> batch, Completion told) {
        Callback callback = new Sent(batch.size(), told);
        for (EnginePacket packet : batch) {
            if (packet.isBinary()) {
                session.sendBinary(ByteBuffer.wrap(packet.bytes()), callback);
            } else {
                session.sendText(packet.text(), callback);
            }
        }
    }

    /** Completes when so many messages have. */
    private static final class Sent extends AtomicInteger implements Callback {

        private static final long serialVersionUID = 1;

        private final transient Completion completion;
        private transient volatile @Nullable Throwable failure;

        Sent(int messages, Completion completion) {
            super(messages);
            this.completion = completion;
        }

        @Override
        public void succeed() {
            countDown();
        }

        @Override
        public void fail(Throwable cause) {
            failure = cause;
            countDown();
        }

        private void countDown() {
            if (decrementAndGet() == 0) {
                completion.done(failure);
            }
        }
    }
}
