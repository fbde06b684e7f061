package dev.socketio;

import java.io.Serial;

/** A client was disconnected before it acknowledged an event. */
public final class DisconnectedException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    DisconnectedException() {
        super("socket has been disconnected");
    }
}
