package dev.socketio.adapter.redis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socketio.adapter.BroadcastOptions;
import dev.socketio.adapter.Flags;
import dev.socketio.adapter.SocketDetails;
import dev.socketio.protocol.Json;
import dev.socketio.protocol.Msgpack;
import dev.socketio.protocol.PacketException;
import dev.socketio.protocol.Value;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parts that messages of all formats have, as Jackson's trees. */
final class Trees {

    private static final int JSON_OBJECT = '{';

    private final ObjectMapper json;
    private final Msgpack msgpack;

    /** @param server the mapper of the server: other servers may send what is longer than a client's message */
    Trees(ObjectMapper server) {
        this.json = Json.limited(server, Integer.MAX_VALUE);
        this.msgpack = new Msgpack(json);
    }

    ObjectNode object() {
        return json.createObjectNode();
    }

    ArrayNode array() {
        return json.createArrayNode();
    }

    ArrayNode array(List<JsonNode> elements) {
        return array().addAll(elements);
    }

    byte[] msgpack(JsonNode tree) {
        return msgpack.write(tree);
    }

    /** Writes JSON as Node does, where bytes are {@code {"type":"Buffer","data":[…]}}. */
    byte[] json(JsonNode tree) {
        try {
            return json.writeValueAsBytes(Buffers.toJson(tree));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("an argument cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** Reads JSON or MessagePack, whichever it is. */
    JsonNode read(byte[] bytes) {
        if (bytes.length == 0) {
            throw new PacketException("empty");
        }
        if (bytes[0] != JSON_OBJECT) {
            return msgpack.read(bytes);
        }
        try {
            return json.readTree(bytes);
        } catch (IOException e) {
            throw new PacketException("not JSON");
        }
    }

    /** Turns name and arguments of an event into trees. */
    List<JsonNode> event(String name, List<@Nullable Object> arguments) {
        List<JsonNode> event = new ArrayList<>(arguments.size() + 1);
        event.add(json.getNodeFactory().textNode(name));
        arguments.forEach(argument -> event.add(tree(argument)));
        return event;
    }

    /** @throws IllegalArgumentException if it cannot be written */
    JsonNode tree(@Nullable Object value) {
        JsonNode tree = json.valueToTree(value);
        return tree == null ? json.nullNode() : tree;
    }

    /** Reads name and arguments of an event. */
    static List<JsonNode> event(JsonNode array) {
        if (!array.isArray() || !array.path(0).isTextual()) {
            throw new PacketException("not an event");
        }
        List<JsonNode> event = new ArrayList<>(array.size());
        array.forEach(event::add);
        return event;
    }

    ObjectNode flags(Flags flags) {
        ObjectNode object = object();
        if (flags.isVolatile()) {
            object.put("volatile", true);
        }
        if (flags.key() != null) {
            object.put("key", flags.key()); // nothing to Node, which has no such thing
        }
        if (!flags.compress()) {
            object.put("compress", false);
        }
        if (flags.timeout() != null) {
            object.put("timeout", flags.timeout().toMillis());
        }
        return object;
    }

    /** Reads who is meant and how. What is missing means everybody, in the usual way. */
    static BroadcastOptions options(JsonNode options) {
        Set<String> rooms = new HashSet<>(Names.read(options.path("rooms")));
        Set<String> except = new HashSet<>(Names.read(options.path("except")));
        return new BroadcastOptions(rooms, except, flags(options.path("flags")));
    }

    private static Flags flags(JsonNode object) {
        Flags flags = Flags.NONE.withCompress(object.path("compress").asBoolean(true));
        if (object.path("volatile").asBoolean()) {
            String key = object.path("key").textValue();
            flags = key == null ? flags.asVolatile() : flags.asVolatile(key);
        }
        long timeout = object.path("timeout").asLong();
        return timeout > 0 ? flags.withTimeout(Duration.ofMillis(timeout)) : flags;
    }

    static String text(JsonNode object, String property) {
        String text = object.path(property).textValue();
        if (text == null) {
            throw new PacketException(property + " is missing");
        }
        return text;
    }

    /** Reads how many there are of something. */
    static int count(JsonNode number) {
        if (!number.canConvertToInt() || !number.isNumber() || number.intValue() < 0) {
            throw new PacketException("not a number of something");
        }
        return number.intValue();
    }

    JsonNode orNull(@Nullable JsonNode node) {
        return node == null || node.isMissingNode() ? json.nullNode() : node;
    }

    ObjectNode socket(SocketDetails details) {
        ObjectNode socket = object().put("id", details.id());
        socket.set("handshake", details.handshake().toJson());
        Names.write(socket.putArray("rooms"), details.rooms());
        socket.set("data", details.data().toJson());
        return socket;
    }

    List<SocketDetails> sockets(JsonNode array) {
        List<SocketDetails> sockets = new ArrayList<>(array.size());
        for (JsonNode socket : array) {
            sockets.add(new Remote(
                    text(socket, "id"),
                    Set.copyOf(new HashSet<>(Names.read(socket.path("rooms")))),
                    value(socket.path("handshake")),
                    value(Buffers.fromJson(socket.path("data")))));
        }
        return sockets;
    }

    /** What Node leaves out of JSON because it is undefined is an empty object here. */
    private Value value(JsonNode object) {
        return object.isObject() ? Value.of(json, object) : Value.empty(json);
    }

    private record Remote(String id, Set<String> rooms, Value handshake, Value data) implements SocketDetails {}
}
