package dev.socketio;

import static java.util.Objects.requireNonNull;

import dev.socketio.adapter.Missed;
import dev.socketio.adapter.Recovered;
import dev.socketio.protocol.EncodedPacket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets one socket into its namespace, or refuses it. All of it happens on the socket's lane. */
final class Admission {

    private static final Logger log = LoggerFactory.getLogger(Admission.class);

    private final Socket socket;
    private final Client client;
    private final Namespace namespace;
    private final @Nullable SocketRecovery recovery;
    private final @Nullable Recovered recovered;

    Admission(Socket socket, Client client) {
        this.socket = socket;
        this.client = client;
        this.namespace = socket.namespace();
        this.recovery = socket.recovery();
        this.recovered = recovery == null ? null : recovery.recovered();
    }

    void start() {
        socket.lane().execute(() -> {
            if (recovered != null && skipsMiddlewares()) {
                catchUp(recovered.position());
                return;
            }
            CompletionStage<Void> decision = namespace.middlewares().check(socket, socket.lane()::execute);
            decision.whenComplete((ignored, failure) -> {
                if (failure != null) {
                    refuse(failure);
                } else if (recovered != null) {
                    catchUp(recovered.position());
                } else {
                    accept();
                }
            });
        });
    }

    private boolean skipsMiddlewares() {
        return namespace.server().options().connectionStateRecovery().stream()
                .allMatch(ConnectionStateRecovery::skipMiddlewares);
    }

    private void accept() {
        if (!socket.setConnected()) {
            return;
        }
        if (recovery != null) {
            recovery.begin(namespace.adapter().position());
        }
        // The answer goes first: once it is in the outbox no broadcast can come before it.
        sendWelcome();
        namespace.add(socket);
        namespace.server().recovery().onConnected(socket);
        namespace.tellConnection(socket);
    }

    /** Sends the client what it has missed, until it has missed nothing more; then it gets its answer. */
    private void catchUp(long from) {
        if (socket.isDisconnected()) {
            return;
        }
        namespace.add(socket);
        sendMissed(requireNonNull(recovered), from);
    }

    private void sendMissed(Recovered again, long after) {
        CompletableFuture<Missed> reading =
                namespace.adapter().missed(again.session(), after).toCompletableFuture();
        if (reading.isDone()) {
            onMissed(again, reading);
        } else {
            CompletionStage<Missed> later = reading;
            later.whenComplete((missed, failure) -> socket.lane().execute(() -> onMissed(again, reading)));
        }
    }

    private void onMissed(Recovered again, CompletableFuture<Missed> reading) {
        if (reading.isCompletedExceptionally()) {
            log.debug("connection closed, {} cannot be recovered", socket);
            client.conn().close();
            return;
        }
        Missed missed = reading.join();
        requireNonNull(recovery).onMissed(missed);
        for (Missed.Event event : missed.events()) {
            client.send(event.packet(), event.flags());
        }
        if (!recovery.goLive()) {
            sendMissed(again, missed.upTo());
        } else if (socket.setConnected()) {
            sendWelcome();
            namespace.server().recovery().onConnected(socket);
            namespace.tellConnection(socket);
        }
    }

    private void sendWelcome() {
        Map<String, Object> identity = new LinkedHashMap<>();
        identity.put("sid", socket.id());
        if (recovery != null) {
            identity.put("pid", recovery.pid());
        }
        Object welcome = client.version().welcome(identity);
        socket.sendPacket(namespace.server().encoder().connect(namespace.name(), welcome));
    }

    private void refuse(Throwable cause) {
        EncodedPacket refusal = refusal(cause);
        // The answer goes last: a client that has read it may try again.
        if (socket.refused()) {
            client.send(refusal);
        }
    }

    private EncodedPacket refusal(Throwable cause) {
        if (!(cause instanceof ConnectErrorException refusal)) {
            log.error("a middleware of {} failed (socket {})", namespace.name(), socket, cause);
            return refusal("Internal server error", null);
        }
        try {
            return refusal(refusal.getMessage(), refusal.data());
        } catch (IllegalArgumentException e) {
            log.error("the client is not told the data of a refusal by {} (socket {})", namespace.name(), socket, e);
            return refusal(refusal.getMessage(), null);
        }
    }

    private EncodedPacket refusal(@Nullable String message, @Nullable Object data) {
        Object payload = client.version().refusal(String.valueOf(message), data);
        return namespace.server().encoder().connectError(namespace.name(), payload);
    }
}
