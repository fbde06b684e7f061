package dev.socketio.apps;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socketio.Ack;
import dev.socketio.BroadcastOperator;
import dev.socketio.MissingAcksException;
import dev.socketio.RemoteSocket;
import dev.socketio.Socket;
import dev.socketio.protocol.Arguments;
import dev.socketio.protocol.Value;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events about rooms, and broadcasts to them. */
final class RoomEvents {

    private final AcceptanceSocket owner;
    private final Socket socket;

    RoomEvents(AcceptanceSocket owner) {
        this.owner = owner;
        this.socket = owner.socket();
    }

    void install() {
        owner.on("join", (arguments, ack) -> {
            socket.join(AcceptanceSocket.strings(arguments.get(0, JsonNode.class)));
            ack.send(owner.sortedRooms());
        });
        owner.on("leave", (arguments, ack) -> {
            socket.leave(arguments.get(0, String.class));
            ack.send(owner.sortedRooms());
        });
        owner.on("send", this::send);
        owner.on("gather", this::gather);
        owner.on("members", this::members);
        owner.on("move", this::move);
    }

    private void send(Arguments arguments, Ack ack) {
        BroadcastOperator target = target(arguments.get(0, JsonNode.class));
        target.emit(arguments.get(1, String.class), AcceptanceSocket.list(arguments.get(2, JsonNode.class)));
        ack.send("sent");
    }

    private void gather(Arguments arguments, Ack ack) {
        BroadcastOperator target = target(arguments.get(0, JsonNode.class));
        Duration timeout = Duration.ofMillis(Math.max(1, arguments.get(2, long.class)));
        Object[] sent = AcceptanceSocket.list(arguments.get(3, JsonNode.class));
        var unused = target.timeout(timeout)
                .emitWithAck(arguments.get(1, String.class), sent)
                .whenComplete((responses, failure) -> ack.send(outcome(responses, failure)));
    }

    private static Object outcome(@Nullable List<Value> responses, @Nullable Throwable failure) {
        List<Value> given = failure instanceof MissingAcksException missing ? missing.responses() : responses;
        List<JsonNode> plain =
                given == null ? List.of() : given.stream().map(Value::toJson).toList();
        return JsonObject.of("error", failure == null ? null : failure.getMessage(), "responses", plain);
    }

    private void members(Arguments arguments, Ack ack) {
        String[] rooms = AcceptanceSocket.strings(arguments.get(0, JsonNode.class));
        var unused = socket.namespace()
                .to(rooms)
                .fetchSockets()
                .thenAccept(sockets -> ack.send(sockets.stream()
                        .sorted(Comparator.comparing(RemoteSocket::id))
                        .map(RoomEvents::describe)
                        .toList()));
    }

    private static Object describe(RemoteSocket member) {
        List<String> rooms = member.rooms().stream().sorted().toList();
        return JsonObject.of("id", member.id(), "rooms", rooms, "data", StateEvents.data(member));
    }

    private void move(Arguments arguments, Ack ack) {
        JsonNode change = arguments.get(1, JsonNode.class);
        BroadcastOperator moved = socket.namespace().to(AcceptanceSocket.strings(arguments.get(0, JsonNode.class)));
        moved.socketsJoin(AcceptanceSocket.strings(change.path("join")));
        moved.socketsLeave(AcceptanceSocket.strings(change.path("leave")));
        if (change.path("disconnect").asBoolean()) {
            moved.disconnectSockets(change.path("close").asBoolean());
        }
        ack.send("moved");
    }

    private BroadcastOperator target(JsonNode options) {
        boolean everybody = "nsp".equals(options.path("from").textValue());
        BroadcastOperator all = everybody ? socket.namespace().all() : socket.broadcast();
        BroadcastOperator target = all.to(AcceptanceSocket.strings(options.path("to")))
                .except(AcceptanceSocket.strings(options.path("except")))
                .compress(options.path("compress").asBoolean(true));
        return options.path("volatile").asBoolean() ? target.asVolatile() : target;
    }
}
