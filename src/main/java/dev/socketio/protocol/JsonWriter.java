package dev.socketio.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes plain values and trees as Jackson writes them with its standard settings, without what its generators set up for
 * each message. What needs a serializer, and what becomes an attachment, it leaves to Jackson.
 */
final class JsonWriter {

    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private final PooledText text;
    private final int maxDepth;

    /** @param maxDepth how many arrays and objects may stand in each other */
    JsonWriter(PooledText text, int maxDepth) {
        this.text = text;
        this.maxDepth = maxDepth;
    }

    /** Returns whether it is worth a try: false if {@link #writeArray} would surely not write one of the values. */
    static boolean takes(List<@Nullable Object> values) {
        for (int i = 0; i < values.size(); i++) {
            Object value = values.get(i);
            if (!(value instanceof JsonNode) && !isPlain(value)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(@Nullable Object value) {
        return value == null
                || value instanceof String
                || value instanceof Integer
                || value instanceof Long
                || value instanceof Double
                || value instanceof Boolean;
    }

    /**
     * Writes an array.
     *
     * @param first its first element; null if the values are all
     * @return false if something is left to Jackson: part of the array may have been written then
     */
    boolean writeArray(@Nullable String first, List<@Nullable Object> values) {
        text.append('[');
        if (first != null) {
            string(first);
        }
        for (int i = 0; i < values.size(); i++) {
            if (i > 0 || first != null) {
                text.append(',');
            }
            Object value = values.get(i);
            if (!(value instanceof JsonNode node ? node(node, 1) : plain(value))) {
                return false;
            }
        }
        text.append(']');
        return true;
    }

    private boolean plain(@Nullable Object value) {
        if (value instanceof String string) {
            string(string);
        } else if (value instanceof Double number && !Double.isFinite(number)) {
            text.append("null"); // as in JavaScript
        } else if (isPlain(value)) {
            text.append(String.valueOf(value));
        } else {
            return false;
        }
        return true;
    }

    /** @param depth how many arrays and objects the node stands in */
    private boolean node(JsonNode node, int depth) {
        return switch (node.getNodeType()) {
            case OBJECT -> node.getClass() == ObjectNode.class && depth < maxDepth && object(node, depth + 1);
            case ARRAY -> node.getClass() == ArrayNode.class && depth < maxDepth && array(node, depth + 1);
            case STRING -> node.getClass() == TextNode.class && plain(node.textValue());
            case NUMBER -> plain(node.numberValue());
            case BOOLEAN -> plain(node.booleanValue());
            case NULL -> plain(null);
            case BINARY, MISSING, POJO -> false;
        };
    }

    private boolean object(JsonNode object, int depth) {
        text.append('{');
        boolean first = true;
        for (Map.Entry<String, JsonNode> property : object.properties()) {
            if (!first) {
                text.append(',');
            }
            first = false;
            string(property.getKey());
            text.append(':');
            if (!node(property.getValue(), depth)) {
                return false;
            }
        }
        text.append('}');
        return true;
    }

    private boolean array(JsonNode array, int depth) {
        text.append('[');
        for (int i = 0; i < array.size(); i++) {
            if (i > 0) {
                text.append(',');
            }
            if (!node(array.get(i), depth)) {
                return false;
            }
        }
        text.append(']');
        return true;
    }

    private void string(String string) {
        text.append('"');
        int copied = 0;
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                text.append(string, copied, i);
                escape(c);
                copied = i + 1;
            }
        }
        text.append(string, copied, string.length());
        text.append('"');
    }

    private void escape(char c) {
        text.append('\\');
        switch (c) {
            case '"', '\\' -> text.append(c);
            case '\b' -> text.append('b');
            case '\f' -> text.append('f');
            case '\n' -> text.append('n');
            case '\r' -> text.append('r');
            case '\t' -> text.append('t');
            default -> {
                text.append("u00");
                text.append(HEX[c >> 4]);
                text.append(HEX[c & 0xf]);
            }
        }
    }
}
