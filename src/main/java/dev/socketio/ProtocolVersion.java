package dev.socketio;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.socketio.engine.EngineSocket;
import dev.socketio.engine.Query;
import dev.socketio.protocol.Packet;
import dev.socketio.protocol.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The versions of the Socket.IO protocol, which differ in how a client joins a namespace. */
enum ProtocolVersion {

    /**
     * That of Socket.IO 1 and 2, over revision 3 of Engine.IO. A client is in the main namespace from the start. What it
     * brings to join another stands after the name like a query, {@code 0/admin?token=1,}. It is not told its id, which
     * it makes from that of the connection.
     */
    V4 {
        @Override
        boolean joinsMainNamespace() {
            return true;
        }

        @Override
        String namespace(String name) {
            int query = name.indexOf('?');
            return query < 0 ? name : name.substring(0, query);
        }

        @Override
        @Nullable
        Value auth(Packet.Connect connect, ObjectMapper json) {
            int query = connect.namespace().indexOf('?');
            Map<String, String> parameters = query < 0
                    ? Map.of()
                    : Query.parse(connect.namespace().substring(query + 1)).asMap();
            return parameters.size() > MAX_PARAMETERS ? null : Value.of(json, parameters);
        }

        @Override
        String socketId(Namespace namespace, EngineSocket conn) {
            return namespace.name().equals("/") ? conn.id() : namespace.name() + "#" + conn.id();
        }

        @Override
        boolean keepsIds() {
            return true;
        }

        @Override
        boolean knowsRecovery() {
            return false;
        }

        @Override
        @Nullable
        Object welcome(Map<String, Object> payload) {
            return null;
        }

        @Override
        Object refusal(String message, @Nullable Object data) {
            return data == null ? message : data;
        }
    },

    /** That of Socket.IO 3 and 4, over revision 4 of Engine.IO. */
    V5;

    /** How many parameters of a query are taken; each costs much more memory than its text. */
    private static final int MAX_PARAMETERS = 1_000;

    /** Returns the version that a client speaks. */
    static ProtocolVersion of(EngineSocket conn) {
        return conn.protocol() == 3 ? V4 : V5;
    }

    /** Returns whether a client joins the main namespace by connecting. */
    boolean joinsMainNamespace() {
        return false;
    }

    /** Returns the namespace that a packet is for. */
    String namespace(String name) {
        return name;
    }

    /** Returns what a client has brought to join a namespace; null if that is more than can be taken. */
    @Nullable
    Value auth(Packet.Connect connect, ObjectMapper json) {
        Value auth = connect.auth();
        return auth == null ? Value.empty(json) : auth;
    }

    /** Returns the id of a new socket. */
    String socketId(Namespace namespace, EngineSocket conn) {
        return namespace.server().newId();
    }

    /** Returns whether a client that leaves a namespace and joins it again has the same id there. */
    boolean keepsIds() {
        return false;
    }

    /** Returns whether a client can come back to its session: it keeps what it is given for that, and sends it again. */
    boolean knowsRecovery() {
        return true;
    }

    /** Returns what a client is told that has joined. */
    @Nullable
    Object welcome(Map<String, Object> payload) {
        return payload;
    }

    /** Returns what a client is told that a middleware has refused. */
    Object refusal(String message, @Nullable Object data) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("message", message);
        if (data != null) {
            payload.put("data", data);
        }
        return payload;
    }
}
