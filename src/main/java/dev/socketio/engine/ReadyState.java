package dev.socketio.engine;

import java.util.Locale;

/** Where a connection is in its life. */
public enum ReadyState {
    /** It carries messages both ways. */
    OPEN,
    /** It has been told to close, and has yet to write what waited then; messages are neither sent nor received. */
    CLOSING,
    /** It has ended. */
    CLOSED;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** Returns the state as Engine.IO spells it, such as {@code open}. */
    @Override
    public String toString() {
        return text;
    }
}
