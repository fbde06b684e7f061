package dev.socketio.protocol;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

    /** Returns an object whose properties are texts. */
    public static Value of(ObjectMapper json, Map<String, String> properties) {
        return new Value(json, json.valueToTree(properties));
    }

    /**
     * Makes a value of anything that Jackson can write.
     *
     * @throws IllegalArgumentException if it cannot be written
     */
    public static Value of(ObjectMapper json, @Nullable Object plain) {
        JsonNode node = json.valueToTree(plain);
        return new Value(json, node == null ? json.nullNode() : node);
    }

    /**
     * Returns the whole value as {@code type}.
     *
     * @throws ConversionException if it cannot be read so
     */
    public <T> T as(Class<T> type) {
        return read("", node, Target.of(type));
    }

    /**
     * Returns the whole value as a type that has parameters: {@code value.as(new TypeReference<List<Point>>() {})}.
     *
     * @throws ConversionException if it cannot be read so
     */
    public <T> T as(TypeReference<T> type) {
        return read("", node, Target.of(type));
    }

    /**
     * Returns one property of an object; empty if it is missing or null.
     *
     * @throws ConversionException if it cannot be read as {@code type}
     */
    public <T> Optional<T> get(String property, Class<T> type) {
        return get(property, Target.of(type));
    }

    /**
     * Returns one property of an object as a type that has parameters; empty if it is missing or null.
     *
     * @throws ConversionException if it cannot be read as {@code type}
     */
    public <T> Optional<T> get(String property, TypeReference<T> type) {
        return get(property, Target.of(type));
    }

    private <T> Optional<T> get(String property, Target<T> type) {
        JsonNode value = node.get(property);
        return value == null || value.isNull() ? Optional.empty() : Optional.ofNullable(read(property, value, type));
    }

    private <T> T read(String property, JsonNode value, Target<T> type) {
        return type.read(json, value, cause -> ConversionException.ofValue(property, type.toString(), cause));
    }

    /**
     * Returns the value as Java has it without a library: {@code Map}, {@code List}, {@code String}, {@code Number},
     * {@code Boolean}, {@code byte[]} or null. The collections cannot be modified.
     */
    public @Nullable Object toObject() {
        return Plain.of(node);
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
}
