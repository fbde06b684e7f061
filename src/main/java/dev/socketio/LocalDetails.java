package dev.socketio;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.socketio.adapter.SocketDetails;
import dev.socketio.protocol.Value;
import java.util.Set;

/** A socket of this server, as it was when somebody asked. */
final class LocalDetails implements SocketDetails {

    private final ObjectMapper json;
    private final String id;
    private final Set<String> rooms;
    private final Handshake handshake;
    private final Value data;

    LocalDetails(Socket socket) {
        json = socket.namespace().server().json();
        id = socket.id();
        rooms = socket.rooms();
        handshake = socket.handshake();
        data = socket.data().toValue(json);
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
        return data;
    }
}
