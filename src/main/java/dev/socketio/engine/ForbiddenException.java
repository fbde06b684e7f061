package dev.socketio.engine;

import java.io.Serial;

/** Thrown by {@link AllowRequest} to refuse a client, which is told the message. */
public final class ForbiddenException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    /** Refuses with the protocol's message for it, {@code Forbidden}. */
    public ForbiddenException() {
        this(EngineError.FORBIDDEN.message());
    }

    /** Refuses with a message of the application's. */
    public ForbiddenException(String message) {
        super(message);
    }
}
