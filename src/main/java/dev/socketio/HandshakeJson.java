package dev.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.socketio.engine.EngineRequest;
import dev.socketio.protocol.Value;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A handshake as servers of a cluster tell it to each other, under the names that Socket.IO gives its parts. */
final class HandshakeJson {

    private HandshakeJson() {}

    static Value write(Handshake handshake, ObjectMapper json) {
        Map<String, Object> parts = new LinkedHashMap<>();
        parts.put("headers", handshake.headers());
        parts.put("time", handshake.time());
        parts.put("address", handshake.address());
        parts.put("xdomain", handshake.xdomain());
        parts.put("secure", handshake.secure());
        parts.put("issued", handshake.issued().toEpochMilli());
        parts.put("url", handshake.url());
        parts.put("query", handshake.query());
        parts.put("auth", handshake.auth().toJson());
        return Value.of(json, parts);
    }

    /** Reads what {@link #write}, or another implementation of Socket.IO, has written. What is missing is empty. */
    static Handshake read(Value value, ObjectMapper json) {
        JsonNode parts = value.toJson();
        EngineRequest request = new EngineRequest(
                parts.path("url").asText(),
                strings(parts.path("query")),
                strings(parts.path("headers")),
                parts.path("address").asText(),
                parts.path("secure").asBoolean(),
                /* principal= */ null,
                Set.of(),
                /* httpSession= */ null);
        JsonNode auth = parts.path("auth");
        return new Handshake(
                request,
                auth.isMissingNode() ? Value.empty(json) : Value.of(json, auth),
                Instant.ofEpochMilli(parts.path("issued").asLong()));
    }

    private static Map<String, String> strings(JsonNode object) {
        Map<String, String> strings = new LinkedHashMap<>();
        object.properties().forEach(field -> strings.put(field.getKey(), string(field.getValue())));
        return strings;
    }

    /** Node.js gives a list where a name has come several times. */
    private static String string(JsonNode value) {
        if (!value.isArray()) {
            return value.asText();
        }
        StringBuilder joined = new StringBuilder();
        value.forEach(each -> joined.append(joined.isEmpty() ? "" : ", ").append(each.asText()));
        return joined.toString();
    }
}
