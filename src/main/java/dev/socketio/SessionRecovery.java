package dev.socketio;

import static java.util.Objects.requireNonNull;

import dev.socketio.adapter.Adapter;
import dev.socketio.adapter.Recovered;
import dev.socketio.adapter.Session;
import java.time.Instant;
import java.util.Map;
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

    private final SavedSessions saved;

    /** Those whose sockets have not ended, by pid: they have when the last disconnect listener has returned. */
    private final ConcurrentMap<String, Living> living = new ConcurrentHashMap<>();

    /** @param end completes when the socket has done all that it ever does */
    private record Living(Socket socket, CompletableFuture<Void> end) {}

    SessionRecovery(SocketIoServer server) {
        saved = new SavedSessions(server);
    }

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

    /** A client has got into its namespace. */
    void onConnected(Socket socket) {
        saved.add(socket);
    }

    /** Something has changed that is to be the same when the client returns. */
    void onChange(Socket socket) {
        saved.onChange(socket);
    }

    /** Another server goes on with a session. */
    void onTaken(Namespace namespace, String pid) {
        Living last = living.get(pid);
        if (last != null && last.socket().namespace() == namespace) {
            last.socket().client().supersede();
        }
    }

    /** The connection of a socket has ended: its session is kept, unless its client has no right to come back to it. */
    void onClose(Socket socket, boolean wasConnected, DisconnectReason reason) {
        if (!reason.isRecoverable()) {
            forget(socket);
        } else if (wasConnected) {
            persist(socket);
        } else {
            putBack(socket);
        }
    }

    private void persist(Socket socket) {
        if (socket.recovery() != null) {
            Adapter adapter = socket.namespace().adapter();
            Session session = session(socket, adapter);
            saved.remove(socket, () -> persist(socket, adapter, session));
        }
    }

    /** Whatever the application's data, or adapter, does: the end of a socket goes on. */
    private static void persist(Socket socket, Adapter adapter, Session session) {
        try {
            adapter.persistSession(session);
        } catch (RuntimeException | Error e) {
            log.warn("the session of {} cannot be kept", socket, e);
        }
    }

    private void forget(Socket socket) {
        SocketRecovery recovery = socket.recovery();
        if (recovery != null) {
            saved.remove(socket, () -> socket.namespace().adapter().forgetSession(recovery.pid()));
        }
    }

    /** Returns what is to be kept of a socket that can be recovered. */
    static Session session(Socket socket, Adapter adapter) {
        // The position goes first: what is sent from here on counts as missed, unless its offset tells that it is not.
        Map<String, Long> rooms = adapter.joined(socket.id());
        long position = adapter.position();
        return requireNonNull(socket.recovery()).session(socket, rooms, position);
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
