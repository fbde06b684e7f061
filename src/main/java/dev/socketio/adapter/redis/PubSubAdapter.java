package dev.socketio.adapter.redis;

import dev.socketio.adapter.AdapterContext;
import dev.socketio.adapter.BroadcastOptions;
import dev.socketio.adapter.InMemoryAdapter;
import dev.socketio.adapter.LocalSockets;
import dev.socketio.adapter.redis.Message.Broadcast;
import dev.socketio.adapter.redis.Message.Change;
import dev.socketio.adapter.redis.Message.Disconnect;
import dev.socketio.protocol.OutgoingEvent;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * An adapter of Node's whose messages all go over channels. What concerns the sockets of this server happens at once,
 * whatever becomes of the messages to the others.
 */
final class PubSubAdapter extends ClusterAdapter {

    private final Wire wire;
    private final Trees trees;

    /** @param timeout how long other servers may take to answer */
    PubSubAdapter(LocalSockets local, PubSub redis, Wire wire, Trees trees, AdapterContext context, Duration timeout) {
        super(new InMemoryAdapter(local), local, redis, wire, trees, context, timeout);
        this.wire = wire;
        this.trees = trees;
    }

    @Override
    public void broadcast(OutgoingEvent event, BroadcastOptions options) {
        if (!options.flags().local()) {
            publish(new Broadcast(
                    wire.self(), trees.event(event.name(), event.arguments()), options, /* requestId= */ null));
        }
        own().broadcast(event, options);
    }

    @Override
    public void socketsJoin(BroadcastOptions options, Collection<String> joined) {
        if (!options.flags().local()) {
            publish(new Change(wire.self(), /* isJoin= */ true, options, List.copyOf(joined)));
        }
        own().socketsJoin(options, joined);
    }

    @Override
    public void socketsLeave(BroadcastOptions options, Collection<String> left) {
        if (!options.flags().local()) {
            publish(new Change(wire.self(), /* isJoin= */ false, options, List.copyOf(left)));
        }
        own().socketsLeave(options, left);
    }

    @Override
    public void disconnectSockets(BroadcastOptions options, boolean close) {
        if (!options.flags().local()) {
            publish(new Disconnect(wire.self(), options, close));
        }
        own().disconnectSockets(options, close);
    }
}
