package dev.socketio.protocol;

import java.io.Serial;

/** A value that came from a client cannot be read as the type that was asked for. */
public final class ConversionException extends IllegalArgumentException {

    @Serial
    private static final long serialVersionUID = 1;

    ConversionException(String message, Throwable cause) {
        super(message, cause);
    }
}
