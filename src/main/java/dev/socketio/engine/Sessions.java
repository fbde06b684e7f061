package dev.socketio.engine;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connections of a server by their session ids: gives out the ids, and knows how many connections there may be. */
final class Sessions {

    private static final Logger log = LoggerFactory.getLogger(Sessions.class);

    private final EngineOptions options;
    private final Supplier<String> randomIds;
    private final SessionIds form;
    private final ConcurrentMap<String, EngineSocket> sockets = new ConcurrentHashMap<>();

    /** How many places are taken, which is decided before the connection is in the map. */
    private final AtomicInteger count = new AtomicInteger();

    /** How many connections each address has; empty where that is not limited. */
    private final ConcurrentMap<String, Integer> byAddress = new ConcurrentHashMap<>();

    private volatile @Nullable Function<EngineRequest, String> generateId;
    private volatile boolean closed;

    Sessions(EngineOptions options, Supplier<String> randomIds) {
        this.options = options;
        this.randomIds = randomIds;
        this.form = new SessionIds(options.nodeId());
    }

    void generateId(Function<EngineRequest, String> generator) {
        generateId = requireNonNull(generator, "generator");
    }

    /** Returns the connection that a request names, if it names one that exists. */
    @Nullable
    EngineSocket find(RequestHead head) {
        String sid = head.query().get("sid");
        return sid == null || sid.isEmpty() ? null : sockets.get(sid);
    }

    /** Returns the other node that a request names with the id of a session; null if it names none. */
    @Nullable
    String otherNode(RequestHead head) {
        return form.otherNode(head.query().get("sid"));
    }

    int size() {
        return sockets.size();
    }

    /** Throws if there is no room for one more; who is let through has no claim to a place yet. */
    void requireRoom(RequestHead head) throws EngineRefusal {
        if (closed) {
            throw tooMany("SERVER_CLOSED", Map.of());
        }
        if (count.get() >= options.maxSessions()) {
            throw tooMany("MAX_SESSIONS", Map.of());
        }
        int limit = options.maxSessionsPerAddress();
        if (limit > 0 && byAddress.getOrDefault(head.remoteAddress(), 0) >= limit) {
            throw tooManyOf(head.remoteAddress());
        }
    }

    private static EngineRefusal tooMany(String name, Map<String, Object> details) {
        return EngineRefusal.named(EngineError.TOO_MANY_SESSIONS, name, details);
    }

    private static EngineRefusal tooManyOf(String address) {
        return tooMany("MAX_SESSIONS_PER_ADDRESS", Map.of("address", address));
    }

    /** Returns an id that no connection has. */
    String newId(EngineRequest request) throws EngineRefusal {
        Function<EngineRequest, String> generator = generateId;
        if (generator != null) {
            return generate(generator, request);
        }
        String id = form.withNode(randomIds.get());
        while (sockets.containsKey(id)) {
            id = form.withNode(randomIds.get());
        }
        return id;
    }

    private String generate(Function<EngineRequest, String> generator, EngineRequest request) throws EngineRefusal {
        try {
            String unique = requireNonNull(generator.apply(request), "generateId returned null");
            if (!SessionIds.isUnique(unique)) {
                throw new IllegalStateException(
                        "generateId returned an id that is not 1 to 200 letters, digits, and characters of \"-._~\"");
            }
            String id = form.withNode(unique);
            if (sockets.containsKey(id)) {
                throw new IllegalStateException("generateId returned the id of a connection that is open");
            }
            return id;
        } catch (RuntimeException | Error e) {
            log.error("no id for a session, its handshake is refused", e);
            throw EngineRefusal.badRequest("ID_GENERATION_ERROR", Map.of("error", e));
        }
    }

    /**
     * Adds a connection.
     *
     * @throws EngineRefusal if the last place, or the id, has been taken since it was promised
     */
    void add(EngineSocket socket) throws EngineRefusal {
        if (count.incrementAndGet() > options.maxSessions()) {
            count.decrementAndGet();
            throw tooMany("MAX_SESSIONS", Map.of());
        }
        String address = socket.request().remoteAddress();
        if (!enter(address)) {
            count.decrementAndGet();
            throw tooManyOf(address);
        }
        if (sockets.putIfAbsent(socket.id(), socket) != null) {
            count.decrementAndGet();
            leave(address);
            throw EngineRefusal.badRequest("ID_GENERATION_ERROR", Map.of());
        }
    }

    void remove(EngineSocket socket) {
        if (sockets.remove(socket.id(), socket)) {
            count.decrementAndGet();
            leave(socket.request().remoteAddress());
        }
    }

    private boolean enter(String address) {
        int limit = options.maxSessionsPerAddress();
        if (limit > 0 && byAddress.merge(address, 1, Integer::sum) > limit) {
            leave(address);
            return false;
        }
        return true;
    }

    private void leave(String address) {
        byAddress.computeIfPresent(address, (same, sessions) -> sessions == 1 ? null : sessions - 1);
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
