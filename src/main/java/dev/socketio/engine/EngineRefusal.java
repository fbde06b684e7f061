package dev.socketio.engine;

import java.io.Serial;

/** A request that is not carried out, and why. */
public final class EngineRefusal extends Exception {

    @Serial
    private static final long serialVersionUID = 1;

    private final EngineError error;

    EngineRefusal(EngineError error) {
        super(error.message(), null, /* enableSuppression= */ false, /* writableStackTrace= */ false);
        this.error = error;
    }

    /** Returns the code, status and text for the client. */
    public EngineError error() {
        return error;
    }
}
