package dev.socketio.adapter.redis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.UnaryOperator;

/** Bytes in JSON, the way that Node's {@code JSON.stringify} writes a {@code Buffer}. */
final class Buffers {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Buffers() {}

    /** Returns whether there are bytes somewhere in a tree. */
    static boolean isIn(JsonNode tree) {
        if (tree.isBinary()) {
            return true;
        }
        for (JsonNode child : tree) {
            if (isIn(child)) {
                return true;
            }
        }
        return false;
    }

    /** Returns a tree in which there are numbers in place of bytes. */
    static JsonNode toJson(JsonNode tree) {
        if (tree instanceof BinaryNode bytes) {
            ObjectNode buffer = NODES.objectNode().put("type", "Buffer");
            ArrayNode data = buffer.putArray("data");
            for (byte one : bytes.binaryValue()) {
                data.add(Byte.toUnsignedInt(one));
            }
            return buffer;
        }
        return isIn(tree) ? map(tree, Buffers::toJson) : tree;
    }

    /** Returns a tree in which there are bytes again. */
    static JsonNode fromJson(JsonNode tree) {
        JsonNode data = tree.path("data");
        if (tree.size() == 2
                && data.isArray()
                && "Buffer".equals(tree.path("type").textValue())) {
            byte[] bytes = new byte[data.size()];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) data.get(i).intValue();
            }
            return NODES.binaryNode(bytes);
        }
        return tree.isContainerNode() ? map(tree, Buffers::fromJson) : tree;
    }

    private static JsonNode map(JsonNode tree, UnaryOperator<JsonNode> change) {
        if (tree.isArray()) {
            ArrayNode array = NODES.arrayNode(tree.size());
            tree.forEach(element -> array.add(change.apply(element)));
            return array;
        }
        ObjectNode object = NODES.objectNode();
        tree.properties().forEach(property -> object.set(property.getKey(), change.apply(property.getValue())));
        return object;
    }
}
