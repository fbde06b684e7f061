package dev.socketio.adapter;

import dev.socketio.protocol.Json;
import dev.socketio.protocol.Parser;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Connected sockets that write down who would be sent something. */
final class FakeSockets implements LocalSockets {

    final Set<String> ids = ConcurrentHashMap.newKeySet();

    /** Who got the last broadcast, and as often as they did. */
    volatile List<String> receivers = List.of();

    volatile @Nullable Broadcast last;

    private final Parser.Encoder encoder = Parser.standard().encoder(Json.mapper(1_000_000));

    @Override
    public String namespace() {
        return "/";
    }

    @Override
    public Parser.Encoder encoder() {
        return encoder;
    }

    @Override
    public Set<String> ids() {
        return ids;
    }

    @Override
    public void send(Set<String> selected, Set<String> except, Broadcast broadcast, Flags flags) {
        last = broadcast;
        receivers = selected.stream().filter(id -> !except.contains(id)).toList();
    }
}
