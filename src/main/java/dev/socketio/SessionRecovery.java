package dev.socketio;

import dev.socketio.adapter.Adapter;
import dev.socketio.adapter.Recovered;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the sessions of the clients of a server when they go, and gives them back when they return. */
final class SessionRecovery {

    private static final Logger log = LoggerFactory.getLogger(SessionRecovery.class);

    /** Those whose sockets have not ended, by pid: they have when the last disconnect listener has returned. */
    private final ConcurrentMap<String, Living> living = new ConcurrentHashMap<>();

    /** @param end completes when the socket has done all that it ever does */
    private record Living(Socket socket, CompletableFuture<Void> end) {}

    /**
     * Finds the session of a client that says it has been here before. If its last connection is not known to have ended,
     * or if there are listeners that have not heard of the end, that is brought about and waited for.
     */
    CompletionStage<Optional<Recovered>> find(Namespace namespace, Client client, String pid, @Nullable String offset) {
        Living last = living.get(pid);
        if (last == null || !last.socket().namespace().name().equals(namespace.name())) {
            return restore(namespace, pid, offset);
        }
        Client old = last.socket().client();
        if (old != client) {
            old.supersede();
        }
        return last.end().thenCompose(ignored -> restore(namespace, pid, offset));
    }

    private static CompletionStage<Optional<Recovered>> restore(
            Namespace namespace, String pid, @Nullable String offset) {
        return namespace
                .adapter()
                .restoreSession(pid, offset)
                .exceptionally(failure -> {
                    log.error("a session of {} cannot be looked up, its client gets a new one", namespace, failure);
                    return Optional.empty();
                })
                .thenApply(found -> found.filter(recovered -> !isExpired(namespace, recovered)));
    }

    private static boolean isExpired(Namespace namespace, Recovered recovered) {
        Instant expiry = recovered.session().expiry();
        return expiry != null && !expiry.isAfter(namespace.server().scheduler().now());
    }

    void add(Socket socket) {
        if (socket.recovery() != null) {
            living.put(socket.recovery().pid(), new Living(socket, new CompletableFuture<>()));
        }
    }

    /** Keeps the session of a socket whose connection has ended. */
    void persist(Socket socket) {
        if (socket.recovery() != null) {
            Adapter adapter = socket.namespace().adapter();
            adapter.persistSession(socket.recovery().session(socket, adapter.joined(socket.id()), adapter.position()));
        }
    }

    /** Keeps the session that a socket was to go on with, if it has not come to that. */
    void putBack(Socket socket) {
        Recovered recovered =
                socket.recovery() == null ? null : socket.recovery().recovered();
        if (recovered != null) {
            socket.namespace().adapter().persistSession(recovered.session());
        }
    }

    /** A socket has done all that it ever does. */
    void onEnd(Socket socket) {
        Living ended = socket.recovery() == null
                ? null
                : living.remove(socket.recovery().pid());
        if (ended != null) {
            ended.end().complete(null);
        }
    }
}
