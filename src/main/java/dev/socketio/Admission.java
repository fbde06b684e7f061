package dev.socketio;

import dev.socketio.protocol.EncodedPacket;
import java.util.Map;
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

    Admission(Socket socket, Client client) {
        this.socket = socket;
        this.client = client;
        this.namespace = socket.namespace();
    }

    void start() {
        socket.lane().execute(() -> {
            CompletionStage<Void> decision = namespace.middlewares().check(socket, socket.lane()::execute);
            decision.whenComplete((ignored, failure) -> {
                if (failure == null) {
                    accept();
                } else {
                    refuse(failure);
                }
            });
        });
    }

    private void accept() {
        if (!socket.setConnected()) {
            return;
        }
        // The answer goes first: once it is in the outbox no broadcast can come before it.
        Object welcome = client.version().welcome(Map.of("sid", socket.id()));
        socket.sendPacket(namespace.server().encoder().connect(namespace.name(), welcome));
        namespace.add(socket);
        namespace.tellConnection(socket);
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
