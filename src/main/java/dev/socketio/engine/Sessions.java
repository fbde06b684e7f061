package dev.socketio.engine;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The connections of a server by their session ids, and how many there may be. */
final class Sessions {

    private final EngineOptions options;
    private final Supplier<String> ids;
    private final ConcurrentMap<String, EngineSocket> sockets = new ConcurrentHashMap<>();

    private volatile boolean closed;

    Sessions(EngineOptions options, Supplier<String> ids) {
        this.options = options;
        this.ids = ids;
    }

    /** Returns the connection that a request names, if it names one that exists. */
    @Nullable
    EngineSocket find(RequestHead head) {
        String sid = head.query().get("sid");
        return sid == null || sid.isEmpty() ? null : sockets.get(sid);
    }

    int size() {
        return sockets.size();
    }

    /** Throws if there is no room for one more. */
    void requireRoom() throws EngineRefusal {
        if (closed) {
            throw EngineRefusal.of(EngineError.TOO_MANY_SESSIONS, Map.of("name", "SERVER_CLOSED"));
        }
        if (sockets.size() >= options.maxSessions()) {
            throw EngineRefusal.of(EngineError.TOO_MANY_SESSIONS, Map.of("name", "MAX_SESSIONS"));
        }
    }

    EngineSocket create(EngineServer server, EngineRequest request) {
        while (true) {
            EngineSocket socket = new EngineSocket(ids.get(), server, request);
            if (sockets.putIfAbsent(socket.id(), socket) == null) {
                return socket;
            }
        }
    }

    void remove(EngineSocket socket) {
        sockets.remove(socket.id(), socket);
    }

    /** Has no room any more; returns the connections that there are. */
    Collection<EngineSocket> close() {
        closed = true;
        return sockets.values();
    }

    boolean isClosed() {
        return closed;
    }
}
