package dev.socketio;

import dev.socketio.protocol.Value;
import java.io.Serial;
import java.util.List;

/**
 * Not everybody has answered a broadcast. The cause is a {@link java.util.concurrent.TimeoutException} if the time is over,
 * and a {@link DisconnectedException} if those who have not answered are gone.
 */
public final class MissingAcksException extends Exception {

    @Serial
    private static final long serialVersionUID = 1;

    private final transient List<Value> responses;

    MissingAcksException(Exception cause, List<Value> responses) {
        super(cause.getMessage(), cause);
        this.responses = List.copyOf(responses);
    }

    /** Returns the answers that have come, as {@link BroadcastOperator#emitWithAck} would have given them. */
    public List<Value> responses() {
        return responses;
    }
}
