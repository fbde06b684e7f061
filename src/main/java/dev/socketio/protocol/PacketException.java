package dev.socketio.protocol;

import java.io.Serial;

/** The peer sent something that is not a Socket.IO packet; its connection is to be closed. */
public final class PacketException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    /** @param message what is wrong with it, for the log */
    public PacketException(String message) {
        super(message, null, /* enableSuppression= */ false, /* writableStackTrace= */ false);
    }
}
