package dev.socketio;

import dev.socketio.protocol.Arguments;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Sends events to one client and waits a limited time for its answers. Immutable; may be kept and used again. */
public final class TimedEmitter {

    private final Socket socket;
    private final Duration timeout;

    TimedEmitter(Socket socket, Duration timeout) {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout is " + timeout + ": give a time of more than zero");
        }
        this.socket = socket;
        this.timeout = timeout;
    }

    /**
     * Sends an event and waits for the client's answer.
     *
     * @return the answer. The future fails with {@link java.util.concurrent.TimeoutException} when the time is over, and
     *     with {@link DisconnectedException} if the client is or gets disconnected. It completes on the server's
     *     executor and may be waited for in a listener
     * @throws IllegalArgumentException if the name is reserved or a value cannot be written; nothing has been sent then
     */
    public CompletableFuture<Arguments> emitWithAck(String event, @Nullable Object... arguments) {
        return socket.emitWithAck(timeout, event, arguments);
    }
}
