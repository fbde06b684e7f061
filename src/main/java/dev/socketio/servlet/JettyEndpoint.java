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
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;

/** One WebSocket of Jetty. Public because Jetty calls it by method handles. */
public final class JettyEndpoint implements Session.Listener {

    /** Null once it is over. */
    private @Nullable WebSocketHandshake handshake;

    private final JettyInternals internals;
    private final Executor jetty;
    private final boolean waits;

    private @Nullable WebSocketTransport transport;
    private @Nullable Channel channel;

    /**
     * Takes what Jetty opens.
     *
     * @param jetty Jetty's threads
     * @param waits whether who takes a message may keep the thread that brings it waiting
     */
    JettyEndpoint(WebSocketHandshake handshake, JettyInternals internals, Executor jetty, boolean waits) {
        this.handshake = handshake;
        this.internals = internals;
        this.jetty = jetty;
        this.waits = waits;
    }

    @Override
    public void onWebSocketOpen(Session session) {
        session.setIdleTimeout(Duration.ZERO); // the heartbeat knows better
        internals.forgetResponse(session);
        Channel opened = new Channel(session, internals, jetty, waits);
        channel = opened;
        transport = requireNonNull(handshake, "opened twice").open(opened);
        handshake = null;
        opened.reader.demand();
    }

    @Override
    public void onWebSocketPartialText(String payload, boolean last) {
        if (transport != null && channel != null) {
            transport.onText(payload, last);
            channel.reader.onTaken(payload.length());
        }
    }

    @Override
    public void onWebSocketPartialBinary(ByteBuffer payload, boolean last, Callback callback) {
        if (transport != null && channel != null) {
            int size = payload.remaining();
            transport.onBinary(payload, last);
            callback.succeed();
            channel.reader.onTaken(size);
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

    private static final class Channel implements WebSocketChannel {

        private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

        private final Session session;
        private final JettyReader reader;
        private final JettyWriter writer;

        Channel(Session session, JettyInternals internals, Executor jetty, boolean waits) {
            this.session = session;
            reader = new JettyReader(session, internals, jetty, waits);
            writer = new JettyWriter(session, internals);
        }

        @Override
        public void send(List<EnginePacket> batch, Completion completion) {
            writer.send(batch, completion);
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
            session.setIdleTimeout(CLOSE_PATIENCE); // a client may never answer
            session.close(code, reason, Callback.NOOP);
        }

        @Override
        public void abort() {
            session.disconnect();
        }
    }
}
