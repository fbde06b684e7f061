package dev.socketio.servlet;

import static java.util.Objects.requireNonNull;

import dev.socketio.engine.EnginePacket;
import dev.socketio.engine.WebSocketChannel;
import dev.socketio.engine.WebSocketHandshake;
import dev.socketio.engine.WebSocketTransport;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket of Jetty as its API has it, for a Jetty in which {@link JettyInternals} are not found. Public because Jetty
 * calls it by method handles.
 */
public final class JettyEndpoint implements Session.Listener {

    /** Null once it is over. */
    private @Nullable WebSocketHandshake handshake;

    private final Executor threads;

    private @Nullable WebSocketTransport transport;
    private @Nullable JettyReader reader;

    /**
     * Creates what Jetty opens.
     *
     * @param threads of Jetty
     */
    JettyEndpoint(WebSocketHandshake handshake, Executor threads) {
        this.handshake = handshake;
        this.threads = threads;
    }

    @Override
    public void onWebSocketOpen(Session session) {
        session.setIdleTimeout(Duration.ZERO); // the heartbeat knows better
        JettyReader opened = new JettyReader(new Reading(session), threads);
        reader = opened;
        transport = requireNonNull(handshake, "opened twice").open(new Channel(session, opened));
        handshake = null;
        opened.demand();
    }

    @Override
    public void onWebSocketPartialText(String payload, boolean last) {
        if (transport != null) {
            transport.onText(payload, last);
        }
        onTaken(payload.length());
    }

    @Override
    public void onWebSocketPartialBinary(ByteBuffer payload, boolean last, Callback callback) {
        int size = payload.remaining();
        if (transport != null) {
            transport.onBinary(payload, last);
        }
        callback.succeed();
        onTaken(size);
    }

    private void onTaken(int size) {
        if (reader != null) {
            reader.onTaken(size);
        }
    }

    @Override
    public void onWebSocketError(Throwable cause) {
        if (transport != null) {
            transport.onError(cause);
        }
    }

    @Override
    public void onWebSocketClose(int statusCode, String reason, Callback callback) {
        if (transport != null) {
            transport.onClosed();
        }
        callback.succeed();
    }

    private record Reading(Session session) implements JettyReader.Reading {

        @Override
        public void demand(JettyReader reader) {
            reader.onDemand();
        }

        @Override
        public void next() {
            session.demand();
        }

        @Override
        public boolean isIdle() {
            return true;
        }

        @Override
        public void cut() {
            session.disconnect();
        }
    }

    private record Channel(Session session, JettyReader reader) implements WebSocketChannel {

        @Override
        public void send(List<EnginePacket> batch, Completion completion) {
            Callback callback = new Sent(batch.size(), completion);
            for (EnginePacket packet : batch) {
                if (packet.isBinary()) {
                    session.sendBinary(ByteBuffer.wrap(packet.bytes()), callback);
                } else {
                    session.sendText(packet.text(), callback);
                }
            }
        }

        @Override
        public void pause() {
            reader.pause();
        }

        @Override
        public void resume() {
            reader.resume();
        }

        @Override
        public void close(int code, String reason) {
            session.setIdleTimeout(JettyUpgrade.CLOSE_PATIENCE);
            session.close(code, reason, Callback.NOOP);
        }

        @Override
        public void abort() {
            session.disconnect();
        }
    }

    /** Completes when so many messages have. */
    private static final class Sent extends AtomicInteger implements Callback {

        private static final long serialVersionUID = 1;

        private final transient WebSocketChannel.Completion completion;
        private transient volatile @Nullable Throwable failure;

        Sent(int messages, WebSocketChannel.Completion completion) {
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
