package dev.socketio.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.socketio.protocol.Json;
import dev.socketio.protocol.OutgoingEvent;
import dev.socketio.protocol.Parser;
import dev.socketio.protocol.Value;
import dev.socketio.time.Scheduler.Cancellable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Connected sockets that write down who would be sent something. */
final class FakeSockets implements LocalSockets {

    final Set<String> ids = ConcurrentHashMap.newKeySet();

    /** Who got the last broadcast, and as often as they did. */
    volatile List<String> receivers = List.of();

    volatile @Nullable Broadcast last;

    /** Who was disconnected. */
    final List<String> disconnected = new CopyOnWriteArrayList<>();

    private final ObjectMapper json = Json.mapper(1_000_000);
    private final Parser.Encoder encoder = Parser.standard().encoder(json);

    private final int maxRoomsPerSocket;

    FakeSockets(int maxRoomsPerSocket) {
        this.maxRoomsPerSocket = maxRoomsPerSocket;
    }

    @Override
    public int maxRoomsPerSocket() {
        return maxRoomsPerSocket;
    }

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

    @Override
    public boolean send(String id, Broadcast broadcast, Flags flags) {
        last = broadcast;
        receivers = List.of(id);
        return ids.contains(id);
    }

    @Override
    public @Nullable RecoveryStore recoveryStore() {
        return null;
    }

    @Override
    public Optional<SocketDetails> details(String id) {
        return ids.contains(id) ? Optional.of(new Details(id)) : Optional.empty();
    }

    @Override
    public Cancellable sendWithAck(
            Set<String> selected, Set<String> except, OutgoingEvent event, Flags flags, AckListener acks) {
        receivers = selected.stream().filter(id -> !except.contains(id)).toList();
        acks.onExpected(receivers.size());
        return () -> receivers = List.of();
    }

    @Override
    public void disconnect(String id, boolean close) {
        disconnected.add(id + (close ? " close" : ""));
    }

    @Override
    public void onServerSideEmit(
            String event, List<@Nullable Object> arguments, @Nullable Consumer<@Nullable Object> response) {
        throw new AssertionError("there is no other server");
    }

    @Override
    public @Nullable Duration maxDisconnectionDuration() {
        return null;
    }

    @Override
    public void onSessionTaken(String pid) {
        throw new AssertionError("there is no other server");
    }

    @Override
    public Value writeSessionData(Session session) {
        throw new AssertionError("nobody asks for it");
    }

    @Override
    public Object readSessionData(JsonNode object) {
        throw new AssertionError("nobody asks for it");
    }

    @Override
    public Value value(@Nullable Object plain) {
        return Value.of(json, plain);
    }

    private record Details(String id) implements SocketDetails {

        @Override
        public Set<String> rooms() {
            return Set.of();
        }

        @Override
        public Value handshake() {
            throw new AssertionError("nobody asks for it");
        }

        @Override
        public Value data() {
            throw new AssertionError("nobody asks for it");
        }
    }
}
