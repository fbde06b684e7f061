package dev.socketio.apps;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socketio.Ack;
import dev.socketio.Handshake;
import dev.socketio.Socket;
import dev.socketio.protocol.Arguments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Events that send back what arrived, and tell what the server knows of the client. */
final class InspectionEvents {

    private final AcceptanceSocket owner;
    private final Socket socket;

    InspectionEvents(AcceptanceSocket owner) {
        this.owner = owner;
        this.socket = owner.socket();
    }

    void install() {
        owner.on("echo", this::echo);
        owner.on("inspect", (arguments, ack) -> ack.send(describe(arguments)));
        owner.on("whoami", (arguments, ack) -> ack.send(whoami()));
        owner.on("handshake", (arguments, ack) -> ack.send(handshake()));
        socket.onAny((event, arguments) -> {
            if (event.startsWith("any:")) {
                socket.emit("any", event, arguments.size(), arguments.toArray());
            }
        });
    }

    private void echo(Arguments arguments, Ack ack) {
        if (ack.isRequested()) {
            ack.send(arguments.toArray());
        } else {
            socket.emit("echo-back", arguments.toArray());
        }
    }

    private static List<Object> describe(Arguments arguments) {
        List<Object> descriptions = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            descriptions.add(Description.of(arguments.get(i, JsonNode.class)));
        }
        return descriptions;
    }

    private Object whoami() {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("id", socket.id());
        answer.put("nsp", socket.namespace().name());
        answer.put("transport", socket.conn().transport().toString());
        answer.put("protocol", socket.conn().protocol());
        answer.put("recovered", socket.isRecovered());
        answer.put("rooms", owner.sortedRooms());
        return answer;
    }

    private Object handshake() {
        Handshake handshake = socket.handshake();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("query", handshake.query());
        answer.put("auth", handshake.auth().toJson());
        answer.put("headers", handshake.headers());
        answer.put("url", handshake.url());
        answer.put("secure", handshake.secure());
        answer.put("xdomain", handshake.xdomain());
        answer.put("issued", handshake.issued().toEpochMilli());
        answer.put("time", handshake.time());
        answer.put("address", handshake.address());
        return answer;
    }
}
