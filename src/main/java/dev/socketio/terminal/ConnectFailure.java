package dev.socketio.terminal;

import java.io.Serial;

/** There is no connection to be had; the message says why, and what to look at. */
final class ConnectFailure extends Exception {

    @Serial
    private static final long serialVersionUID = 1;

    ConnectFailure(String message) {
        super(message);
    }
}
