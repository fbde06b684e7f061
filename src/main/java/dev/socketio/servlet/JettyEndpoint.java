package dev.socketio.servlet;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.socketio.engine.EnginePacket;
import dev.socketio.engine.WebSocketChannel;
import dev.socketio.engine.WebSocketHandshake;
import dev.socketio.engine.WebSocketTransport;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;

/** One WebSocket of Jetty. Public because Jetty calls it by method handles. */
public final class JettyEndpoint implements Session.Listener {

    /** Null once it is over. */
    private @Nullable WebSocketHandshake handshake;

    private final Consumer<Session> tuning;

    private @Nullable WebSocketTransport transport;
    private @Nullable Channel channel;

    /** @param tuning makes a session that has just been opened cost less */
    JettyEndpoint(WebSocketHandshake handshake, Consumer<Session> tuning) {
        this.handshake = handshake;
        this.tuning = tuning;
    }

    @Override
    public void onWebSocketOpen(Session session) {
        session.setIdleTimeout(Duration.ZERO); // the heartbeat knows better
        Channel opened = new Channel(session);
        channel = opened;
        transport = requireNonNull(handshake, "opened twice").open(opened);
        handshake = null;
        tuning.accept(session);
        opened.demand();
    }

    @Override
    public void onWebSocketPartialText(String payload, boolean last) {
        if (transport != null && channel != null) {
            transport.onText(payload, last);
            channel.demand();
        }
    }

    @Override
    public void onWebSocketPartialBinary(ByteBuffer payload, boolean last, Callback callback) {
        if (transport != null && channel != null) {
            transport.onBinary(payload, last);
            callback.succeed();
            channel.demand();
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

    /** Jetty queues what is sent and gathers it into few writes, so a batch is handed over whole. */
    private static final class Channel implements WebSocketChannel {

        private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

        private final Session session;

        /* Concurrency. `lock` guards both flags; the session is called after it has been released. */
        private final Object lock = new Object();

        @GuardedBy("lock")
        private boolean paused;

        /** Whether Jetty waits to be asked for the next message. */
        @GuardedBy("lock")
        private boolean owed;

        Channel(Session session) {
            this.session = session;
        }

        /** The last message has been dealt with: asks for the next, unless messages are not wanted now. */
        void demand() {
            synchronized (lock) {
                owed = paused;
                if (paused) {
                    return;
                }
            }
            session.demand();
        }

        @Override
        public void pause() {
            synchronized (lock) {
                paused = true;
            }
        }

        @Override
        public void resume() {
            synchronized (lock) {
                paused = false;
                if (!owed) {
                    return;
                }
                owed = false;
            }
            session.demand();
        }

        @Override
        public void send(List<EnginePacket> batch, Completion completion) {
            Callback callback = batch.size() == 1
                    ? Callback.from(() -> completion.done(null), completion::done)
                    : new All(batch.size(), completion);
            for (EnginePacket packet : batch) {
                if (packet.isBinary()) {
                    session.sendBinary(ByteBuffer.wrap(packet.bytes()), callback);
                } else {
                    session.sendText(packet.text(), callback);
                }
            }
        }

        @Override
        public void close(int code, String reason) {
            session.setIdleTimeout(CLOSE_PATIENCE); // a client may never answer
            session.close(code, reason, Callback.NOOP);
        }

        @Override
        public void abort() {
            session.disconnect();
        }
    }

    /** Completes when every message of a batch has. */
    private static final class All implements Callback {

        private final AtomicInteger left;
        private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        private final WebSocketChannel.Completion completion;

        All(int messages, WebSocketChannel.Completion completion) {
            this.left = new AtomicInteger(messages);
            this.completion = completion;
        }

        @Override
        public void succeed() {
            countDown();
        }

        @Override
        public void fail(Throwable cause) {
            failure.compareAndSet(null, cause);
            countDown();
        }

        private void countDown() {
            if (left.decrementAndGet() == 0) {
                completion.done(failure.get());
            }
        }
    }
}
