package dev.socketio;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Thrown by a middleware to refuse a client, which is told the message and the data in {@code connect_error}. */
public final class ConnectErrorException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    private final transient @Nullable Object data;

    /** Refuses with a message, for the client's {@code err.message}. */
    public ConnectErrorException(String message) {
        this(message, null);
    }

    /**
     * Refuses with a message and data.
     *
     * @param data for the client's {@code err.data}, anything that Jackson can write; null for none
     */
    public ConnectErrorException(String message, @Nullable Object data) {
        super(message);
        this.data = data;
    }

    /** Returns what the client is told beside the message. */
    public @Nullable Object data() {
        return data;
    }
}
