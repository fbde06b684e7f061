package dev.socketio.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;

/**
 * What came with an event or an acknowledgement. Values are converted when they are asked for, so a listener pays only
 * for the types it names. Bytes read as {@code byte[]}, also inside records and maps.
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

    /** Returns the number of arguments, the name of the event not among them. */
    public int size() {
        return values.size() - first;
    }

    /**
     * Returns an argument as {@code type}. A missing one reads as JSON {@code null}, as it does in JavaScript: null for
     * most types, zero and false for primitive ones.
     *
     * @param index from 0
     * @throws ConversionException if the value cannot be read as {@code type}
     */
    public <T> T get(int index, Class<T> type) {
        if (index < 0) {
            throw new IllegalArgumentException("index is " + index + ": arguments are counted from 0");
        }
        JsonNode value = index < size() ? values.get(first + index) : json.nullNode();
        return Value.convert(json, value, type, "argument " + index);
    }

    /** Returns the arguments in a form that can be emitted again, bytes included. */
    public Object[] toArray() {
        Object[] array = new Object[size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = values.get(first + i);
        }
        return array;
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
