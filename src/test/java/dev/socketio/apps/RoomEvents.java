package dev.socketio.apps;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socketio.Ack;
import dev.socketio.BroadcastOperator;
import dev.socketio.Socket;
import dev.socketio.protocol.Arguments;

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
        owner.notYet("gather", "broadcast acknowledgements");
        owner.notYet("members", "fetchSockets");
        owner.notYet("move", "socketsJoin, socketsLeave, disconnectSockets");
    }

    private void send(Arguments arguments, Ack ack) {
        JsonNode options = arguments.get(0, JsonNode.class);
        if (options.path("volatile").asBoolean()) {
            ack.send(AcceptanceSocket.error("volatile"));
            return;
        }
        if (!options.path("compress").asBoolean(true)) {
            ack.send(AcceptanceSocket.error("compress"));
            return;
        }
        String event = arguments.get(1, String.class);
        target(options).emit(event, AcceptanceSocket.list(arguments.get(2, JsonNode.class)));
        ack.send("sent");
    }

    private BroadcastOperator target(JsonNode options) {
        boolean everybody = "nsp".equals(options.path("from").textValue());
        BroadcastOperator all = everybody ? socket.namespace().all() : socket.broadcast();
        return all.to(AcceptanceSocket.strings(options.path("to")))
                .except(AcceptanceSocket.strings(options.path("except")));
    }
}
