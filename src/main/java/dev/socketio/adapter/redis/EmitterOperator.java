package dev.socketio.adapter.redis;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socketio.adapter.BroadcastOptions;
import dev.socketio.adapter.Flags;
import dev.socketio.adapter.redis.Message.Broadcast;
import dev.socketio.adapter.redis.Message.Change;
import dev.socketio.adapter.redis.Message.Disconnect;
import dev.socketio.adapter.redis.Message.Request;
import dev.socketio.adapter.redis.Message.ServerSideEmit;
import dev.socketio.protocol.EventNames;
import dev.socketio.protocol.OutgoingEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Selects sockets of all servers, step by step, and sends them an event or does something to all of them.
 *
 * <p>Instances are immutable: each step returns a new one.
 */
public final class EmitterOperator {

    private final PubSub redis;
    private final Wire wire;
    private final Trees trees;
    private final BroadcastOptions options;

    EmitterOperator(PubSub redis, Wire wire, Trees trees, BroadcastOptions options) {
        this.redis = redis;
        this.wire = wire;
        this.trees = trees;
        this.options = options;
    }

    /** Selects those in any of these rooms, in addition to the rooms chosen before; each socket gets an event once. */
    public EmitterOperator to(String... rooms) {
        return with(options.to(rooms));
    }

    /** Does the same as {@link #to}. */
    public EmitterOperator in(String... rooms) {
        return to(rooms);
    }

    /** Leaves out those in any of these rooms; the id of a socket is a room too. */
    public EmitterOperator except(String... rooms) {
        return with(options.except(rooms));
    }

    /** Sends what follows only to clients that can take it at once. */
    public EmitterOperator asVolatile() {
        return with(options.flags().asVolatile());
    }

    /** Sends the newest value of each key to a client that is busy; servers on Node send it as without a key. */
    public EmitterOperator asVolatile(String key) {
        return with(options.flags().asVolatile(key));
    }

    /** Sets whether what follows may be compressed; true unless set. */
    public EmitterOperator compress(boolean compress) {
        return with(options.flags().withCompress(compress));
    }

    private EmitterOperator with(Flags flags) {
        return with(options.with(flags));
    }

    private EmitterOperator with(BroadcastOptions newOptions) {
        return new EmitterOperator(redis, wire, trees, newOptions);
    }

    /**
     * Sends an event.
     *
     * @param event any name but the reserved ones, such as {@code disconnect}
     * @param arguments values that Jackson can write; a {@code byte[]} travels as binary
     * @throws IllegalArgumentException if the name is reserved or a value cannot be written; nothing has been sent then
     */
    public void emit(String event, @Nullable Object... arguments) {
        publish(new Broadcast(wire.self(), event(event, arguments), options, /* requestId= */ null));
    }

    /** Puts the selected sockets into rooms. */
    public void socketsJoin(String... rooms) {
        publish(new Change(wire.self(), /* isJoin= */ true, options, List.of(rooms)));
    }

    /** Takes the selected sockets out of rooms. */
    public void socketsLeave(String... rooms) {
        publish(new Change(wire.self(), /* isJoin= */ false, options, List.of(rooms)));
    }

    /**
     * Disconnects the selected sockets.
     *
     * @param close whether to close their connections, too
     */
    public void disconnectSockets(boolean close) {
        publish(new Disconnect(wire.self(), options, close));
    }

    /**
     * Sends an event to the namespace on all servers, whatever sockets are selected.
     *
     * @throws IllegalArgumentException as {@link #emit} does
     */
    public void serverSideEmit(String event, @Nullable Object... arguments) {
        publish(new ServerSideEmit(wire.self(), event(event, arguments), /* requestId= */ null));
    }

    private List<JsonNode> event(String name, @Nullable Object @Nullable [] arguments) {
        if (EventNames.isReserved(name)) {
            throw new IllegalArgumentException(
                    "event is \"" + name + "\": this name is reserved, give the event another one");
        }
        return trees.event(name, OutgoingEvent.list(arguments));
    }

    private void publish(Request request) {
        redis.publish(wire.write(request));
    }
}
