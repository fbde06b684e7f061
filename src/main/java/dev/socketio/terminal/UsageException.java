package dev.socketio.terminal;

import java.io.Serial;

/** Somebody has typed what makes no sense; the message names the fix. */
final class UsageException extends Exception {

    @Serial
    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }
}
