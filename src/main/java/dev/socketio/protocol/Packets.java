package dev.socketio.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import org.jspecify.annotations.Nullable;

/**
 * Makes packets of what has been read, whatever it was written in. Each method refuses a payload that its type of packet
 * cannot have with a {@link PacketException}.
 */
final class Packets {

    private Packets() {}

    static Packet.Connect connect(ObjectMapper json, String namespace, @Nullable JsonNode payload) {
        if (payload == null) {
            return new Packet.Connect(namespace, null);
        }
        if (!payload.isObject()) {
            throw invalidPayload();
        }
        return new Packet.Connect(namespace, new Value(json, payload));
    }

    static Packet.Disconnect disconnect(String namespace, @Nullable JsonNode payload) {
        if (payload != null) {
            throw invalidPayload();
        }
        return new Packet.Disconnect(namespace);
    }

    /** @param payload the name of the event, a text that is not reserved or a number; then its arguments */
    static Packet.Event event(ObjectMapper json, String namespace, JsonNode payload, @Nullable String ackId) {
        JsonNode name = payload.isArray() ? payload.path(0) : payload;
        boolean valid = payload.isArray()
                && (name.isNumber() || (name.isTextual() && !EventNames.isReserved(name.textValue())));
        if (!valid) {
            throw invalidPayload();
        }
        return new Packet.Event(namespace, name.asText(), new Arguments(json, (ArrayNode) payload, 1), ackId);
    }

    static Arguments arguments(ObjectMapper json, JsonNode payload) {
        if (payload instanceof ArrayNode array) {
            return new Arguments(json, array, 0);
        }
        throw invalidPayload();
    }

    static Arguments noArguments(ObjectMapper json) {
        return new Arguments(json, json.createArrayNode(), 0);
    }

    private static PacketException invalidPayload() {
        return new PacketException("invalid payload");
    }
}
