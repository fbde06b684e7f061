package dev.socketio.servlet;

import static java.util.Objects.requireNonNull;

import dev.socketio.engine.WebSocketHandshake;
import dev.socketio.engine.WebSocketTransport;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.nio.ByteBuffer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One WebSocket of a Jakarta container. Public because containers look at its class. */
public final class JakartaEndpoint extends Endpoint {

    /** Null once it is over. */
    private @Nullable WebSocketHandshake handshake;

    private final Function<Session, JakartaChannel> channels;
    private @Nullable WebSocketTransport transport;

    /** @param channels gives each session the way to write that suits its container */
    JakartaEndpoint(WebSocketHandshake handshake, Function<Session, JakartaChannel> channels) {
        this.handshake = handshake;
        this.channels = channels;
    }

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        session.setMaxIdleTimeout(0); // the heartbeat knows better
        WebSocketTransport opened = requireNonNull(handshake, "opened twice").open(channels.apply(session));
        transport = opened;
        handshake = null;
        // In parts, so that the limit is ours and no container keeps a buffer of its size for each connection.
        session.addMessageHandler(String.class, (MessageHandler.Partial<String>) opened::onText);
        session.addMessageHandler(ByteBuffer.class, (MessageHandler.Partial<ByteBuffer>) opened::onBinary);
    }

    @Override
    public void onClose(Session session, CloseReason reason) {
        WebSocketTransport opened = transport;
        if (opened != null) {
            ContainerSession.afterMessages(session, () -> end(opened, reason));
        }
    }

    private static void end(WebSocketTransport transport, CloseReason reason) {
        if (isBreach(reason.getCloseCode())) {
            transport.onError(new IllegalStateException(reason.toString()));
        }
        transport.onClosed();
    }

    /** Some containers report a broken frame by the code that they close with, and not as an error. */
    private static boolean isBreach(CloseReason.CloseCode code) {
        return code == CloseReason.CloseCodes.PROTOCOL_ERROR
                || code == CloseReason.CloseCodes.NOT_CONSISTENT
                || code == CloseReason.CloseCodes.TOO_BIG;
    }

    @Override
    public void onError(Session session, Throwable failure) {
        WebSocketTransport opened = transport;
        if (opened != null) {
            ContainerSession.afterMessages(session, () -> opened.onError(failure));
        }
    }
}
