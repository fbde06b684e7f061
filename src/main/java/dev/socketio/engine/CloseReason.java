package dev.socketio.engine;

import java.util.Locale;

/** Why a connection ended, in the words that the Socket.IO documentation uses. */
public enum CloseReason {
    /** The client did not answer a ping in time. */
    PING_TIMEOUT,
    /** The client closed the connection, or it broke. */
    TRANSPORT_CLOSE,
    /** The client broke the rules of its transport: overlapping requests, a message over the limit, a failed write. */
    TRANSPORT_ERROR,
    /** The server closed the connection. */
    FORCED_CLOSE,
    /** The client sent something that is not an Engine.IO packet. */
    PARSE_ERROR,
    /** More bytes wait for the client than {@link EngineOptions#maxOutboxBytes()} allows: it reads too slowly. */
    OUTBOX_FULL,
    /** The server as a whole is closing. */
    SERVER_SHUTTING_DOWN;

    private final String text = name().toLowerCase(Locale.ROOT).replace('_', ' ');

    /** Returns the reason as Socket.IO spells it, such as {@code ping timeout}. */
    @Override
    public String toString() {
        return text;
    }
}
