package dev.socketio;

import dev.socketio.adapter.BroadcastOptions;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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

    private final Namespace namespace;
    private final BroadcastOptions options;

    BroadcastOperator(Namespace namespace, BroadcastOptions options) {
        this.namespace = namespace;
        this.options = options;
    }

    /** Selects those in any of these rooms, in addition to the rooms chosen before; each socket gets an event once. */
    public BroadcastOperator to(String... rooms) {
        return new BroadcastOperator(namespace, new BroadcastOptions(with(options.rooms(), rooms), options.except()));
    }

    /** Does the same as {@link #to}. */
    public BroadcastOperator in(String... rooms) {
        return to(rooms);
    }

    /** Leaves out those in any of these rooms; the id of a socket is a room too. */
    public BroadcastOperator except(String... rooms) {
        return new BroadcastOperator(namespace, new BroadcastOptions(options.rooms(), with(options.except(), rooms)));
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
        var packet = namespace.server().encoder().event(namespace.name(), event, arguments, /* ackId= */ -1);
        namespace.adapter().broadcast(packet, options);
    }

    private static Set<String> with(Set<String> rooms, String... more) {
        Set<String> all = new LinkedHashSet<>(rooms);
        all.addAll(List.of(more));
        return all;
    }
}
