package dev.socketio.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import java.lang.reflect.Type;
import java.util.function.Function;

/**
 * The type that a value is to be read as.
 *
 * @param type with its parameters, if it has any
 */
record Target<T>(Type type) {

    static <T> Target<T> of(Class<T> type) {
        return new Target<>(type);
    }

    static <T> Target<T> of(TypeReference<T> type) {
        return new Target<>(type.getType());
    }

    /**
     * Reads a value.
     *
     * @param misfit makes what is thrown if the value does not fit the type
     * @throws IllegalStateException if nothing fits the type, because Jackson cannot make it
     */
    @SuppressWarnings("unchecked") // T is String if the type is
    T read(ObjectMapper json, JsonNode value, Function<Exception, ConversionException> misfit) {
        if (type == String.class && value.isTextual() && StandardJson.isText(json)) {
            return (T) value.textValue(); // what most messages are needs no parser set up for it
        }
        try {
            return json.treeToValue(value, json.constructType(type));
        } catch (InvalidDefinitionException e) {
            throw new IllegalStateException(
                    type.getTypeName() + " cannot be made from JSON: " + e.getOriginalMessage(), e);
        } catch (JsonProcessingException | RuntimeException e) { // not every deserializer wraps what it runs into
            throw misfit.apply(e);
        }
    }

    /** Returns the name for messages. */
    @Override
    public String toString() {
        return type instanceof Class<?> plain ? plain.getSimpleName() : type.getTypeName();
    }
}
