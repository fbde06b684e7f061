package dev.socketio.adapter.redis;

import dev.socketio.adapter.RoomListener;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Subscribes to the channels of rooms as long as somebody here is in them. */
final class RoomSubscriptions implements RoomListener {

    private final PubSub redis;
    private final Wire wire;
    private final PubSub.Listener listener;
    private final Set<String> channels = ConcurrentHashMap.newKeySet();

    RoomSubscriptions(PubSub redis, Wire wire, PubSub.Listener listener) {
        this.redis = redis;
        this.wire = wire;
        this.listener = listener;
    }

    @Override
    public void onCreateRoom(String room) {
        String channel = wire.roomChannel(room);
        if (channel != null && channels.add(channel)) {
            redis.subscribe(List.of(channel), listener);
        }
    }

    @Override
    public void onDeleteRoom(String room) {
        String channel = wire.roomChannel(room);
        if (channel != null) {
            leave(channel);
        }
    }

    void close() {
        channels.forEach(this::leave);
    }

    private void leave(String channel) {
        if (channels.remove(channel)) {
            redis.unsubscribe(List.of(channel), listener);
        }
    }
}
