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
public abstract sealed class JettyEndpoint implements Session.Listener, JettySinks.Taker {

    /** Null once it is over. */
    private @Nullable WebSocketHandshake handshake;

    private final JettyInternals internals;
    private final Executor jetty;
    private final boolean waits;

    private @Nullable WebSocketTransport transport;
    private @Nullable Channel channel;

    private JettyEndpoint(WebSocketHandshake handshake, JettyInternals internals, Executor jetty, boolean waits) {
        this.handshake = handshake;
        this.internals = internals;
        this.jetty = jetty;
        this.waits = waits;
    }

    /**
     * Creates what Jetty opens.
     *
     * @param jetty Jetty's threads
     * @param waits whether who takes a message may keep the thread that brings it waiting
     */
    static JettyEndpoint of(WebSocketHandshake handshake, JettyInternals internals, Executor jetty, boolean waits) {
        JettySinks sinks = internals.sinks();
        return sinks == null
                ? new ByApi(handshake, internals, jetty, waits)
                : new BelowApi(handshake, internals, jetty, waits, sinks);
    }

    @Override
    public final void onWebSocketOpen(Session session) {
        session.setIdleTimeout(Duration.ZERO); // the heartbeat knows better
        internals.forgetResponse(session);
        Channel opened = new Channel(session, internals, jetty, waits);
        channel = opened;
        transport = requireNonNull(handshake, "opened twice").open(opened);
        handshake = null;
        takeMessages(session);
        opened.reader.demand();
    }

    /** Has the session bring its messages. */
    abstract void takeMessages(Session session);

    @Override
    public final void onText(String part, boolean last) {
        if (transport != null) {
            transport.onText(part, last);
        }
    }

    @Override
    public final void onBinary(ByteBuffer part, boolean last) {
        if (transport != null) {
            transport.onBinary(part, last);
        }
    }

    @Override
    public final void onTaken(int size) {
        if (channel != null) {
            channel.reader.onTaken(size);
        }
    }

    @Override
    public final void onWebSocketError(Throwable cause) {
        if (transport != null) {
            transport.onError(cause);
        }
    }

    @Override
    public final void onWebSocketClose(int statusCode, String reason, Callback callback) {
        if (transport != null) {
            transport.onClosed();
        }
        callback.succeed();
    }

    /** Takes messages below Jetty's API, which looks for no method that does, as there is none. */
    public static final class BelowApi extends JettyEndpoint {

        private final JettySinks sinks;

        private BelowApi(
                WebSocketHandshake handshake,
                JettyInternals internals,
                Executor jetty,
                boolean waits,
                JettySinks sinks) {
            super(handshake, internals, jetty, waits);
            this.sinks = sinks;
        }

        @Override
        void takeMessages(Session session) {
            try {
                sinks.open(session, this);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("messages cannot be taken from this Jetty", e);
            }
        }
    }

    /** Takes messages as Jetty's API has it. */
    public static final class ByApi extends JettyEndpoint {

        private ByApi(WebSocketHandshake handshake, JettyInternals internals, Executor jetty, boolean waits) {
            super(handshake, internals, jetty, waits);
        }

        @Override
        void takeMessages(Session session) {
            // Jetty has found the methods
        }

        @Override
        public void onWebSocketPartialText(String payload, boolean last) {
            onText(payload, last);
            onTaken(payload.length());
        }

        @Override
        public void onWebSocketPartialBinary(ByteBuffer payload, boolean last, Callback callback) {
            int size = payload.remaining();
            onBinary(payload, last);
            callback.succeed();
            onTaken(size);
        }
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
