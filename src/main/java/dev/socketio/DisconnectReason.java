package dev.socketio;

import dev.socketio.engine.CloseReason;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Why a socket was disconnected, in the words of the Socket.IO documentation. */
public enum DisconnectReason {
    /** The server called {@link Socket#disconnect}. */
    SERVER_NAMESPACE_DISCONNECT,
    /** The client left the namespace. */
    CLIENT_NAMESPACE_DISCONNECT,
    /** The server is closing. */
    SERVER_SHUTTING_DOWN,
    /** The client did not answer a ping in time. */
    PING_TIMEOUT,
    /** The client closed its connection, or the connection broke. */
    TRANSPORT_CLOSE,
    /** The client broke the rules of its transport, for instance with a message that is too large. */
    TRANSPORT_ERROR,
    /** The client sent something that is not an Engine.IO packet. */
    PARSE_ERROR,
    /** The client sent something that is not a Socket.IO packet, or the server closed the connection itself. */
    FORCED_CLOSE,
    /** The client broke the rules of the protocol, and its connection could not be closed at once. */
    FORCED_SERVER_CLOSE,
    /** The client read too slowly, so that too much waited for it. Socket.IO on Node.js has no such limit. */
    OUTBOX_FULL,
    /** The time set with {@link Socket#expiresAt} was over. Socket.IO on Node.js has no such time. */
    EXPIRED;

    private static final Set<DisconnectReason> RECOVERABLE = EnumSet.of(
            SERVER_SHUTTING_DOWN, PING_TIMEOUT, TRANSPORT_CLOSE, TRANSPORT_ERROR, FORCED_CLOSE, FORCED_SERVER_CLOSE);

    private final String text = name().toLowerCase(Locale.ROOT).replace('_', ' ');

    static DisconnectReason of(CloseReason reason) {
        return valueOf(reason.name());
    }

    /**
     * Returns whether the client may go on with its session: neither side wanted to end it. One for whom too much waits
     * has to begin anew, since what it has missed would not fit either.
     */
    boolean isRecoverable() {
        return RECOVERABLE.contains(this);
    }

    /** Returns the reason as Socket.IO spells it, such as {@code client namespace disconnect}. */
    @Override
    public String toString() {
        return text;
    }
}
