package dev.socketio.servlet;

import static java.util.Objects.requireNonNull;

import dev.socketio.engine.EnginePacket;
import dev.socketio.engine.WebSocketChannel;
import dev.socketio.engine.WebSocketHandshake;
import dev.socketio.engine.WebSocketTransport;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket of Jetty, below its API: what Jetty asks when it upgrades, and then tells of the connection, as its
 * {@code WebSocketNegotiator} and its {@code FrameHandler}.
 */
final class JettyHandler implements InvocationHandler {

    private final JettyInternals jetty;
    private final Executor threads;
    private final boolean deflate;
    private final boolean waits;

    /** Null once it is over. */
    private @Nullable WebSocketHandshake handshake;

    private @Nullable Channel channel;

    /**
     * Creates what Jetty opens.
     *
     * @param threads of Jetty
     * @param deflate whether messages are compressed if the client can
     * @param waits whether who takes a message may keep the thread that brings it waiting
     */
    JettyHandler(WebSocketHandshake handshake, JettyInternals jetty, Executor threads, boolean deflate, boolean waits) {
        this.handshake = handshake;
        this.jetty = jetty;
        this.threads = threads;
        this.deflate = deflate;
        this.waits = waits;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        switch (method.getName()) {
            case "negotiate" -> {
                jetty.handshaker().agree(argument(arguments, 0), argument(arguments, 1), deflate);
                return proxy;
            }
            case "onOpen" -> onOpen(argument(arguments, 0), argument(arguments, 1));
            case "onFrame" -> onFrame(argument(arguments, 0), argument(arguments, 1));
            case "onError" -> onError((Throwable) argument(arguments, 0), argument(arguments, 1));
            case "onClosed" -> onClosed(argument(arguments, 1));
            case "hashCode" -> {
                return hashCode();
            }
            case "equals" -> {
                return proxy == argument(arguments, 0);
            }
            case "toString" -> {
                return toString();
            }
            default -> {
                // the connection is set as the web application has it
            }
        }
        return null;
    }

    private static Object argument(Object @Nullable [] arguments, int index) {
        return requireNonNull(arguments, "no arguments")[index];
    }

    private void onOpen(Object session, Object callback) {
        try {
            Channel opened = new Channel(session);
            channel = opened;
            opened.transport = requireNonNull(handshake, "opened twice").open(opened);
            handshake = null;
            jetty.core().succeed(callback);
            opened.reader.demand();
        } catch (Throwable e) {
            jetty.core().fail(callback, e);
        }
    }

    /** Jetty fails the callback if this throws. */
    private void onFrame(Object frame, Object callback) throws Throwable {
        requireNonNull(channel, "not open").incoming.accept(frame, callback);
    }

    private void onError(Throwable cause, Object callback) {
        if (channel != null && channel.transport != null) {
            channel.transport.onError(cause);
        }
        jetty.core().succeed(callback);
    }

    private void onClosed(Object callback) {
        if (channel != null) {
            channel.onClosed();
        }
        jetty.core().succeed(callback);
    }

    private final class Channel implements WebSocketChannel, JettyMessages.Taker {

        private final JettyConnections.Opened connection;
        private final JettyReader reader;
        private final JettyFrames.Sender sender;
        private final JettyMessages.Incoming incoming;

        private @Nullable WebSocketTransport transport;

        Channel(Object session) throws Throwable {
            connection = jetty.connections().new Opened(session);
            reader = new JettyReader(connection, threads);
            connection.open(reader, waits);
            sender = jetty.frames().new Sender(connection);
            incoming = jetty.messages().new Incoming(session, this);
        }

        @Override
        public void onText(String part, boolean last) {
            if (transport != null) {
                transport.onText(part, last);
            }
        }

        @Override
        public void onBinary(ByteBuffer part, boolean last) {
            if (transport != null) {
                transport.onBinary(part, last);
            }
        }

        @Override
        public void onTaken(int size) {
            reader.onTaken(size);
        }

        @Override
        public void onClosed() {
            if (transport != null) {
                transport.onClosed();
            }
        }

        @Override
        public void send(List<EnginePacket> batch, Completion completion) {
            sender.send(batch, completion);
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
            connection.close(code, reason);
        }

        @Override
        public void abort() {
            connection.cut();
        }
    }
}
