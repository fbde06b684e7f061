package dev.socketio.apps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.socketio.Ack;
import dev.socketio.RemoteSocket;
import dev.socketio.Socket;
import dev.socketio.protocol.Arguments;
import java.io.Serial;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Events that keep something, end something, or look at what has been recorded. */
final class StateEvents {

    private static final String DATA = "data";

    private final AcceptanceSocket owner;
    private final Socket socket;

    StateEvents(AcceptanceSocket owner) {
        this.owner = owner;
        this.socket = owner.socket();
    }

    void install() {
        owner.on("set-data", this::setData);
        owner.on("get-data", (arguments, ack) -> ack.send(data()));
        owner.on("kick", (arguments, ack) -> kick(arguments.get(0, JsonNode.class)));
        owner.on("drop", (arguments, ack) -> socket.conn().close());
        owner.on("guard", (arguments, ack) -> ack.send("ok"));
        socket.use((event, arguments, ack) -> guard(event, arguments));
        socket.onError((event, failure) -> onError(failure));
        owner.on("journal", this::journal);
        owner.on("stats", (arguments, ack) -> ack.send(stats()));
    }

    private void setData(Arguments arguments, Ack ack) {
        socket.data().put(DATA, arguments.get(0, JsonNode.class));
        ack.send("ok");
    }

    private JsonNode data() {
        return socket.data().get(DATA, JsonNode.class).orElseGet(JsonNodeFactory.instance::objectNode);
    }

    static JsonNode data(RemoteSocket other) {
        return other.data().get(DATA, JsonNode.class).orElseGet(JsonNodeFactory.instance::objectNode);
    }

    private void kick(JsonNode close) {
        socket.disconnect(close.booleanValue());
    }

    private static void guard(String event, Arguments arguments) throws GuardedException {
        if (event.equals("guard") && !"pass".equals(arguments.value(0).toObject())) {
            throw new GuardedException(
                    arguments.size() == 0
                            ? Map.of()
                            : JsonObject.of("got", arguments.toArray()[0]));
        }
    }

    private void onError(Throwable failure) {
        if (failure instanceof GuardedException guarded) {
            socket.emit("guard-error", guarded.getMessage(), guarded.data);
        }
    }

    private void journal(Arguments arguments, Ack ack) {
        ack.send(owner.endpoint().journal().of(arguments.get(0, String.class)));
    }

    private Object stats() {
        AcceptanceEndpoint endpoint = owner.endpoint();
        int clients = endpoint.io().engine().clientsCount();
        int sockets = socket.namespace().sockets().size();
        return JsonObject.of("clients", clients, "sockets", sockets, "authRuns", endpoint.authRuns());
    }

    /** A middleware has rejected an event. */
    private static final class GuardedException extends Exception {

        @Serial
        private static final long serialVersionUID = 1;

        private final transient Map<String, @Nullable Object> data;

        GuardedException(Map<String, @Nullable Object> data) {
            super("guarded");
            this.data = data;
        }
    }
}
