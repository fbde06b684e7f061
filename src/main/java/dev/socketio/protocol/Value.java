package dev.socketio.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import java.util.Optional;

/** A JSON value that came from a client, converted when it is asked for. */
public final class Value {

    private final ObjectMapper json;
    private final JsonNode node;

    Value(ObjectMapper json, JsonNode node) {
        this.json = json;
        this.node = node;
    }

    /** Returns an object without properties. */
    public static Value empty(ObjectMapper json) {
        return new Value(json, json.createObjectNode());
    }

    /**
     * Returns the whole value as {@code type}.
     *
     * @throws ConversionException if it cannot be read so
     */
    public <T> T as(Class<T> type) {
        return convert(json, node, type, "the value");
    }

    /**
     * Returns one property of an object; empty if it is missing or null.
     *
     * @throws ConversionException if it cannot be read as {@code type}
     */
    public <T> Optional<T> get(String property, Class<T> type) {
        JsonNode value = node.get(property);
        return value == null || value.isNull()
                ? Optional.empty()
                : Optional.ofNullable(convert(json, value, type, property));
    }

    /** Returns the value as Jackson's tree, which is shared and must not be modified. */
    public JsonNode toJson() {
        return node;
    }

    /** Returns the value as JSON text. */
    @Override
    public String toString() {
        return node.toString();
    }

    static <T> T convert(ObjectMapper json, JsonNode node, Class<T> type, String what) {
        try {
            return json.treeToValue(node, type);
        } catch (InvalidDefinitionException e) {
            throw new IllegalStateException(type + " cannot be made from JSON: " + e.getOriginalMessage(), e);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new ConversionException(what + " is not a " + type.getSimpleName(), e);
        }
    }
}
