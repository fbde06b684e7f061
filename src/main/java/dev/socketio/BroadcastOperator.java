package dev.socketio;

import dev.socketio.adapter.BroadcastOptions;
import dev.socketio.adapter.Flags;
import dev.socketio.protocol.OutgoingEvent;
import java.time.Duration;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the sockets that an event goes to, step by step, and sends it to them.
 *
 * <p>Instances are immutable: each step returns a new one, so an operator may be kept, shared and used again.
 *
 * <pre>{@code
 * io.to("news").except("muted").emit("headline", headline);
 * }</pre>
 */
public final class BroadcastOperator {

    /** One, or those that a parent has at the time of use. */
    private final Collection<Namespace> namespaces;

    private final BroadcastOptions options;

    /** @param namespaces a view is looked at anew each time */
    BroadcastOperator(Collection<Namespace> namespaces, BroadcastOptions options) {
        this.namespaces = namespaces;
        this.options = options;
    }

    /** Selects those in any of these rooms, in addition to the rooms chosen before; each socket gets an event once. */
    public BroadcastOperator to(String... rooms) {
        return new BroadcastOperator(namespaces, options.to(rooms));
    }

    /** Does the same as {@link #to}. */
    public BroadcastOperator in(String... rooms) {
        return to(rooms);
    }

    /** Leaves out those in any of these rooms; the id of a socket is a room too. */
    public BroadcastOperator except(String... rooms) {
        return new BroadcastOperator(namespaces, options.except(rooms));
    }

    /** Sends what follows only to clients that can take it at once; see {@link SocketEmitter#asVolatile()}. */
    public BroadcastOperator asVolatile() {
        return with(options.flags().asVolatile());
    }

    /** Sends the newest value of each key to a client that is busy; see {@link SocketEmitter#asVolatile(String)}. */
    public BroadcastOperator asVolatile(String key) {
        return with(options.flags().asVolatile(key));
    }

    /** Sets whether what follows may be compressed; see {@link SocketEmitter#compress}. */
    public BroadcastOperator compress(boolean compress) {
        return with(options.flags().withCompress(compress));
    }

    /** Leaves out the clients of other servers of the cluster. */
    public BroadcastOperator local() {
        return with(options.flags().asLocal());
    }

    /**
     * Limits the time that acknowledgements may take.
     *
     * @param timeout more than zero
     */
    public BroadcastOperator timeout(Duration timeout) {
        return with(options.flags().withTimeout(timeout));
    }

    private BroadcastOperator with(Flags flags) {
        return new BroadcastOperator(namespaces, options.with(flags));
    }

    /**
     * Sends an event. It is encoded once, whatever the number of receivers; one that reads too slowly delays no other.
     *
     * @param event any name but the reserved ones, see {@link Socket#emit}
     * @param arguments values that Jackson can write; a {@code byte[]} travels as binary
     * @throws IllegalArgumentException if the name is reserved or a value cannot be written; nothing has been sent then
     */
    public void emit(String event, @Nullable Object... arguments) {
        Socket.checkName(event);
        for (Namespace namespace : namespaces) {
            namespace.adapter().broadcast(OutgoingEvent.of(namespace.name(), event, arguments), options);
        }
    }

    /** Sends an event of the name {@code message}; see {@link #emit}. */
    public void send(@Nullable Object... arguments) {
        emit("message", arguments);
    }
}
