package dev.socketio;

import dev.socketio.adapter.BroadcastOptions;
import dev.socketio.adapter.Flags;
import dev.socketio.protocol.Arguments;
import dev.socketio.protocol.OutgoingEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Sends events to one client, or to everybody but it, in a way that is chosen step by step. Instances are immutable: each
 * step returns a new one, so an emitter may be kept and used again.
 *
 * <pre>{@code
 * socket.timeout(Duration.ofSeconds(5)).emitWithAck("question", 42);
 * socket.asVolatile("position").to("game").emit("position", x, y);
 * }</pre>
 */
public final class SocketEmitter {

    private final Socket socket;
    private final Flags flags;

    SocketEmitter(Socket socket, Flags flags) {
        this.socket = socket;
        this.flags = flags;
    }

    /**
     * Sends what follows only to clients that can take it at once: a connection that is still busy with what it was sent
     * before, or a poll that has yet to come, means that the event is lost. For values that will soon be replaced.
     */
    public SocketEmitter asVolatile() {
        return new SocketEmitter(socket, flags.asVolatile());
    }

    /**
     * Sends the newest value of each key: to a client that can take it, at once; for one that is busy the value waits, and
     * takes the place of an older one of the same key that still waits. Each client thus ends with the newest value, and a
     * slow one skips those between.
     *
     * @param key what the value is about, such as the name of a sensor; of its own for each namespace
     */
    public SocketEmitter asVolatile(String key) {
        return new SocketEmitter(socket, flags.asVolatile(key));
    }

    /**
     * Sets whether the transport may compress what follows; true unless set. Of use for data that is compressed already.
     * Polling keeps to it for a response in which nothing may be compressed; a WebSocket's compression is the container's.
     */
    public SocketEmitter compress(boolean compress) {
        return new SocketEmitter(socket, flags.withCompress(compress));
    }

    /**
     * Limits the time that an acknowledgement may take.
     *
     * @param timeout more than zero
     */
    public SocketEmitter timeout(Duration timeout) {
        return new SocketEmitter(socket, flags.withTimeout(timeout));
    }

    /** Selects everybody else in the namespace. */
    public BroadcastOperator broadcast() {
        return new BroadcastOperator(
                List.of(socket.namespace()),
                BroadcastOptions.ALL.except(socket.id()).with(flags));
    }

    /** Selects everybody else in the namespace who is connected to this server. */
    public BroadcastOperator local() {
        return broadcast().local();
    }

    /** Selects everybody else in these rooms. */
    public BroadcastOperator to(String... rooms) {
        return broadcast().to(rooms);
    }

    /** Does the same as {@link #to}. */
    public BroadcastOperator in(String... rooms) {
        return to(rooms);
    }

    /** Selects everybody else in the namespace but those in these rooms. */
    public BroadcastOperator except(String... rooms) {
        return broadcast().except(rooms);
    }

    /**
     * Sends an event to the client.
     *
     * @return false if nothing is sent: the client is disconnected, or it is busy and the event is volatile
     * @throws IllegalArgumentException if the name is reserved or a value cannot be written; nothing has been sent then
     */
    public boolean emit(String event, @Nullable Object... arguments) {
        return socket.emit(outgoing(event, arguments), flags);
    }

    /** Sends an event of the name {@code message}; see {@link #emit}. */
    public boolean send(@Nullable Object... arguments) {
        return emit("message", arguments);
    }

    /**
     * Sends an event and waits for the client's answer.
     *
     * @return the answer. The future fails with {@link java.util.concurrent.TimeoutException} when the time is over, or
     *     when the event is volatile and not sent, and with {@link DisconnectedException} if the client is or gets disconnected. It completes on the server's
     *     executor and may be waited for in a listener
     * @throws IllegalArgumentException if the name is reserved or a value cannot be written; nothing has been sent then
     */
    public CompletableFuture<Arguments> emitWithAck(String event, @Nullable Object... arguments) {
        return socket.emitWithAck(outgoing(event, arguments), flags);
    }

    private OutgoingEvent outgoing(String event, @Nullable Object[] arguments) {
        SocketEvents.checkName(event);
        return OutgoingEvent.of(socket.namespace().name(), event, arguments);
    }
}
