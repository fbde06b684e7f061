package dev.socketio.adapter.redis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socketio.adapter.Session;
import dev.socketio.protocol.PacketException;
import dev.socketio.protocol.Value;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes sessions as Node's adapter does: {@code sid}, {@code pid}, {@code rooms} and {@code data} as MessagePack
 * in base64. Servers on Java add what they know beside that, and begin with who has written it.
 */
final class SessionCodec {

    /** The key, the value and what is before them are 24 bytes, which base64 makes this of, whatever follows. */
    static final int OWNER_LENGTH = 32;

    /** As many of these are the same in all that Java has written. */
    static final int MARK_LENGTH = 8;

    /** All are always there, since their number is a part of the beginning; a map of 15 at most begins with one byte. */
    private static final List<String> PROPERTIES =
            List.of("sid", "pid", "rooms", "data", "nsp", "joined", "since", "until", "sent", "expiry");

    private final Trees trees;
    private final String namespace;

    /** 16 characters. */
    private final String self;

    private final Function<Session, Value> dataWriter;
    private final Function<JsonNode, Object> dataReader;

    /**
     * @param self the id of this server
     * @param dataWriter see {@link dev.socketio.adapter.LocalSockets#writeSessionData}
     * @param dataReader see {@link dev.socketio.adapter.LocalSockets#readSessionData}
     */
    SessionCodec(
            Trees trees,
            String namespace,
            String self,
            Function<Session, Value> dataWriter,
            Function<JsonNode, Object> dataReader) {
        this.trees = trees;
        this.namespace = namespace;
        this.self = self;
        this.dataWriter = dataWriter;
        this.dataReader = dataReader;
    }

    byte[] write(Session session) {
        ObjectNode object = layout();
        object.put("sid", session.id()).put("pid", session.pid());
        ArrayNode rooms = object.putArray("rooms");
        ArrayNode positions = object.putArray("joined");
        session.rooms().forEach((room, position) -> {
            rooms.add(room);
            positions.add(position);
        });
        object.set("data", dataWriter.apply(session).toJson());
        object.put("nsp", namespace);
        object.put("since", session.since()).put("until", session.until()).put("sent", session.sent());
        Instant expiry = session.expiry();
        object.put("expiry", expiry == null ? null : expiry.toEpochMilli());
        return base64(object);
    }

    /** Returns what all that this server writes begins with. */
    byte[] owner() {
        return Arrays.copyOf(base64(layout()), OWNER_LENGTH);
    }

    private ObjectNode layout() {
        ObjectNode object = trees.object().put("owner", self);
        PROPERTIES.forEach(object::putNull);
        return object;
    }

    private byte[] base64(ObjectNode object) {
        return Base64.getEncoder().encode(trees.msgpack(object));
    }

    /**
     * Reads a session.
     *
     * @return null if it is of another namespace
     */
    @Nullable
    Session read(byte[] text) {
        JsonNode object;
        try {
            object = trees.read(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            throw new PacketException("not base64");
        }
        if (!object.path("nsp").asText(namespace).equals(namespace)) {
            return null;
        }
        JsonNode expiry = object.path("expiry");
        return new Session(
                Trees.text(object, "sid"),
                Trees.text(object, "pid"),
                rooms(object),
                dataReader.apply(object.path("data")),
                object.path("since").asLong(),
                object.path("until").asLong(),
                object.path("sent").textValue(),
                expiry.isNumber() ? Instant.ofEpochMilli(expiry.asLong()) : null);
    }

    private static Map<String, Long> rooms(JsonNode object) {
        List<String> names = Names.read(object.path("rooms"));
        Map<String, Long> rooms = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            rooms.put(names.get(i), object.path("joined").path(i).asLong());
        }
        return rooms;
    }
}
