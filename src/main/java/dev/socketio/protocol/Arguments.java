package dev.socketio.protocol;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What came with an event or an acknowledgement. Values are converted when they are asked for, so a listener pays only
 * for the types it names. Bytes read as {@code byte[]}, also inside records and maps.
 *
 * <p>An argument that is missing reads as JSON {@code null}, as it does in JavaScript: null for most types, zero and false
 * for primitive ones, empty for {@link Optional}.
 *
 * <p>Immutable; may be used by any number of threads and sent on with {@link #toArray()}.
 */
public final class Arguments {

    private final ObjectMapper json;
    private final ArrayNode values;

    /** The position of the first argument: the name of an event stands before them in the same array. */
    private final int first;

    Arguments(ObjectMapper json, ArrayNode values, int first) {
        this.json = json;
        this.values = values;
        this.first = first;
    }

    /**
     * Makes arguments of anything that Jackson can write.
     *
     * @throws IllegalArgumentException if one of them cannot be written
     */
    public static Arguments of(ObjectMapper json, List<@Nullable Object> plain) {
        ArrayNode values = json.createArrayNode();
        for (Object each : plain) {
            values.add(Value.of(json, each).toJson());
        }
        return new Arguments(json, values, /* first= */ 0);
    }

    /** Returns the number of arguments, the name of the event not among them. */
    public int size() {
        return values.size() - first;
    }

    /**
     * Returns an argument as {@code type}.
     *
     * @param index from 0; there need not be an argument
     * @throws ConversionException if the value cannot be read as {@code type}
     */
    public <T> T get(int index, Class<T> type) {
        return read(index, Target.of(type));
    }

    /**
     * Returns an argument as a type that has parameters: {@code get(0, new TypeReference<List<Point>>() {})}.
     *
     * @param index from 0; there need not be an argument
     * @throws ConversionException if the value cannot be read as {@code type}
     */
    public <T> T get(int index, TypeReference<T> type) {
        return read(index, Target.of(type));
    }

    /**
     * Returns an argument as {@code type}; empty if it is missing or null.
     *
     * @param index from 0
     * @throws ConversionException if the value cannot be read as {@code type}
     */
    public <T> Optional<T> find(int index, Class<T> type) {
        return node(index).isNull() ? Optional.empty() : Optional.ofNullable(read(index, Target.of(type)));
    }

    /** Returns an argument whose properties can be asked for one by one; JSON {@code null} if it is missing. */
    public Value value(int index) {
        return new Value(json, node(index));
    }

    private <T> T read(int index, Target<T> type) {
        return type.read(
                json, node(index), cause -> ConversionException.ofArgument(event(), index, type.toString(), cause));
    }

    private JsonNode node(int index) {
        if (index < 0) {
            throw new IllegalArgumentException("index is " + index + ": arguments are counted from 0");
        }
        return index < size() ? values.get(first + index) : json.nullNode();
    }

    private @Nullable String event() {
        return first == 0 ? null : values.get(0).asText();
    }

    /** Returns the arguments in a form that can be emitted again, bytes included. */
    public Object[] toArray() {
        Object[] array = new Object[size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = values.get(first + i);
        }
        return array;
    }

    /**
     * Returns the arguments as Java has them without a library: {@code Map}, {@code List}, {@code String},
     * {@code Number}, {@code Boolean}, {@code byte[]} and null. The collections cannot be modified.
     */
    public List<@Nullable Object> toList() {
        return Plain.list(values, first);
    }

    /** Returns the arguments as a JSON array. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("[");
        for (int i = first; i < values.size(); i++) {
            text.append(i > first ? "," : "").append(values.get(i));
        }
        return text.append(']').toString();
    }
}
