package dev.socketio;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socketio.adapter.SocketDetails;
import dev.socketio.protocol.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A socket of this server, as it was when somebody asked. */
final class LocalDetails implements SocketDetails {

    private final ObjectMapper json;
    private final String id;
    private final Set<String> rooms;
    private final Handshake handshake;
    private final Map<String, Object> attributes;

    LocalDetails(Socket socket) {
        json = socket.namespace().server().json();
        id = socket.id();
        rooms = socket.rooms();
        handshake = socket.handshake();
        attributes = new LinkedHashMap<>(socket.data().asMap());
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Set<String> rooms() {
        return rooms;
    }

    /** Returns the handshake itself, with what only this server knows. */
    Handshake original() {
        return handshake;
    }

    @Override
    public Value handshake() {
        return HandshakeJson.write(handshake, json);
    }

    @Override
    public Value data() {
        ObjectNode data = json.createObjectNode();
        attributes.forEach((name, value) -> {
            try {
                data.set(name, json.valueToTree(value));
            } catch (IllegalArgumentException notJson) {
                data.remove(name); // such as a connection to a database, which means nothing elsewhere
            }
        });
        return Value.of(json, data);
    }
}
