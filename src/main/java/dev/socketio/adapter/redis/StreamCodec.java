package dev.socketio.adapter.redis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socketio.adapter.redis.Message.Request;
import dev.socketio.protocol.PacketException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes entries of streams as Node's adapter does, {@code uid}, {@code nsp}, {@code type} and {@code data}: JSON,
 * or MessagePack as base64 where there are bytes.
 */
final class StreamCodec {

    private final Trees trees;
    private final String namespace;
    private final String self;
    private final ClusterCodec codec;

    StreamCodec(Trees trees, String namespace, String self) {
        this.trees = trees;
        this.namespace = namespace;
        this.self = self;
        this.codec = new ClusterCodec(trees, namespace, self, /* alwaysMsgpack= */ false);
    }

    /** Returns the fields of an entry, which more may be added to. */
    Map<String, byte[]> write(Request request) {
        ObjectNode data = trees.object();
        int type = codec.type(request, data);
        Map<String, byte[]> fields = new LinkedHashMap<>();
        fields.put("uid", bytes(self));
        fields.put("nsp", bytes(namespace));
        fields.put("type", bytes(Integer.toString(type)));
        fields.put("data", Buffers.isIn(data) ? Base64.getEncoder().encode(trees.msgpack(data)) : trees.json(data));
        return fields;
    }

    /**
     * Reads an entry.
     *
     * @return null if it is of a kind that this version does not know
     */
    @Nullable
    Request read(Map<String, byte[]> fields) {
        String uid = text(fields, "uid");
        String type = text(fields, "type");
        byte[] data = fields.get("data");
        if (uid == null || type == null || data == null || data.length == 0) {
            return null; // such as a sign of life, of an older version
        }
        try {
            return ClusterCodec.request(Integer.parseInt(type), uid, tree(data));
        } catch (NumberFormatException e) {
            throw new PacketException("a type that is no number");
        }
    }

    private JsonNode tree(byte[] data) {
        try {
            return trees.read(data[0] == '{' ? data : Base64.getDecoder().decode(data));
        } catch (IllegalArgumentException e) {
            throw new PacketException("neither JSON nor base64");
        }
    }

    /** Returns a field; null if it is missing. */
    static @Nullable String text(Map<String, byte[]> fields, String name) {
        byte[] bytes = fields.get(name);
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
