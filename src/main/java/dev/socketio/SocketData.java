package dev.socketio;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** What an application remembers about a socket, as long as it is connected. Safe for use by any thread. */
public final class SocketData {

    private final ConcurrentMap<String, Object> attributes = new ConcurrentHashMap<>(4);

    SocketData() {}

    /**
     * Returns an attribute; empty if it is not set.
     *
     * @throws ClassCastException if it is of another type
     */
    public <T> Optional<T> get(String name, Class<T> type) {
        return Optional.ofNullable(attributes.get(name)).map(type::cast);
    }

    /** Sets an attribute. */
    public void put(String name, Object value) {
        attributes.put(name, value);
    }

    /** Removes an attribute. */
    public void remove(String name) {
        attributes.remove(name);
    }

    /** Returns all attributes, a view that cannot be modified. */
    public Map<String, Object> asMap() {
        return Collections.unmodifiableMap(attributes);
    }
}
