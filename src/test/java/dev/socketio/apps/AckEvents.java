package dev.socketio.apps;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socketio.Ack;
import dev.socketio.Socket;
import dev.socketio.protocol.Arguments;
import java.time.Duration;
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
        var unused = socket.timeout(timeout)
                .emitWithAck(event, sent)
                .whenComplete((answer, failure) -> ack.send(outcome(answer, failure)));
    }

    private static Object outcome(@Nullable Arguments answer, @Nullable Throwable failure) {
        if (answer != null) {
            return JsonObject.of("ok", true, "args", answer.toArray());
        }
        return JsonObject.of("ok", false, "error", failure == null ? null : failure.getMessage());
    }

    private void later(Arguments arguments, Ack ack) {
        Duration delay = Duration.ofMillis(Math.max(0, arguments.get(0, long.class)));
        JsonNode value = arguments.get(1, JsonNode.class);
        owner.endpoint().timer().schedule(delay, () -> ack.send(value));
    }
}
