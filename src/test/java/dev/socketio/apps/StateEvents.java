package dev.socketio.apps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.socketio.Ack;
import dev.socketio.RemoteSocket;
import dev.socketio.Socket;
import dev.socketio.protocol.Arguments;

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
        owner.notYet("guard", "socket.use");
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

    private void journal(Arguments arguments, Ack ack) {
        ack.send(owner.endpoint().journal().of(arguments.get(0, String.class)));
    }

    private Object stats() {
        AcceptanceEndpoint endpoint = owner.endpoint();
        int clients = endpoint.io().engine().clientsCount();
        int sockets = socket.namespace().sockets().size();
        return JsonObject.of("clients", clients, "sockets", sockets, "authRuns", endpoint.authRuns());
    }
}
