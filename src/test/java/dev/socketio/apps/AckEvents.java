package dev.socketio.apps;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socketio.Ack;
import dev.socketio.Socket;
import dev.socketio.protocol.Arguments;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Events about acknowledgements, both ways. */
final class AckEvents {

    private final AcceptanceSocket owner;
    private final Socket socket;

    AckEvents(AcceptanceSocket owner) {
        this.owner = owner;
        this.socket = owner.socket();
    }

    void install() {
        owner.on("ask", this::ask);
        owner.on("later", this::later);
        owner.on("never", (arguments, ack) -> {});
        owner.on("twice", (arguments, ack) -> {
            ack.send("first");
            ack.send("second");
        });
    }

    private void ask(Arguments arguments, Ack ack) {
        String event = arguments.get(0, String.class);
        Duration timeout = Duration.ofMillis(Math.max(1, arguments.get(1, long.class)));
        Object[] sent = AcceptanceSocket.list(arguments.get(2, JsonNode.class));
        socket.timeout(timeout)
                .emitWithAck(event, sent)
                .whenComplete((answer, failure) -> ack.send(outcome(answer, failure)));
    }

    private static Map<String, Object> outcome(@Nullable Arguments answer, @Nullable Throwable failure) {
        Map<String, Object> outcome = new LinkedHashMap<>();
        outcome.put("ok", answer != null);
        if (answer != null) {
            outcome.put("args", answer.toArray());
        } else {
            outcome.put("error", String.valueOf(failure == null ? null : failure.getMessage()));
        }
        return outcome;
    }

    private void later(Arguments arguments, Ack ack) {
        Duration delay = Duration.ofMillis(Math.max(0, arguments.get(0, long.class)));
        JsonNode value = arguments.get(1, JsonNode.class);
        owner.endpoint().timer().schedule(delay, () -> ack.send(value));
    }
}
