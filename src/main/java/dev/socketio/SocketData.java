package dev.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socketio.protocol.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** What an application remembers about a socket, as long as it is connected. Safe for use by any thread. */
public final class SocketData {

    /** Attributes that have come from another server are {@link Stored} until they are asked for. */
    private final ConcurrentMap<String, Object> attributes = new ConcurrentHashMap<>(4);

    private volatile Runnable listener = () -> {};

    /** An attribute as JSON, whose Java type is not known yet. */
    private record Stored(Value value) {}

    SocketData() {}

    /** Reads what {@link #toValue} has written. */
    SocketData(ObjectMapper json, JsonNode object) {
        object.properties().forEach(property -> {
            if (!property.getValue().isNull()) {
                attributes.put(property.getKey(), new Stored(Value.of(json, property.getValue())));
            }
        });
    }

    /** Has a listener called after each change. */
    void onChange(Runnable newListener) {
        listener = newListener;
    }

    /**
     * Returns an attribute; empty if it is not set. One that was set on another server of a cluster, from which the client
     * has come with its session, is read from JSON as this type.
     *
     * @throws ClassCastException if it is of another type
     * @throws dev.socketio.protocol.ConversionException if it has come as JSON that cannot be read so
     */
    public <T> Optional<T> get(String name, Class<T> type) {
        Object value = attributes.get(name);
        if (value instanceof Stored stored) {
            T read = stored.value().as(type);
            attributes.replace(name, stored, read);
            return Optional.of(read);
        }
        return Optional.ofNullable(value).map(type::cast);
    }

    /** Sets an attribute. */
    public void put(String name, Object value) {
        attributes.put(name, value);
        listener.run();
    }

    /** Removes an attribute. */
    public void remove(String name) {
        attributes.remove(name);
        listener.run();
    }

    /**
     * Returns all attributes, a view that cannot be modified. It is a copy as long as some have come from another server
     * and have not been {@linkplain #get read}; these are maps, lists, texts, numbers and booleans.
     */
    public Map<String, Object> asMap() {
        if (attributes.values().stream().noneMatch(Stored.class::isInstance)) {
            return Collections.unmodifiableMap(attributes);
        }
        Map<String, Object> copy = new LinkedHashMap<>();
        attributes.forEach(
                (name, value) -> copy.put(name, value instanceof Stored stored ? plain(stored.value()) : value));
        return Collections.unmodifiableMap(copy);
    }

    private static Object plain(Value value) {
        return value.as(Object.class);
    }

    /** Returns the attributes as an object, without those that cannot be written as JSON. */
    Value toValue(ObjectMapper json) {
        ObjectNode object = json.createObjectNode();
        attributes.forEach((name, value) -> {
            try {
                object.set(name, value instanceof Stored stored ? stored.value().toJson() : json.valueToTree(value));
            } catch (IllegalArgumentException | StackOverflowError notJson) {
                object.remove(name); // such as a connection to a database, which means nothing elsewhere
            }
        });
        return Value.of(json, object);
    }
}
