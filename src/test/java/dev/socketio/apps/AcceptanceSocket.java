package dev.socketio.apps;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socketio.DisconnectReason;
import dev.socketio.Listener;
import dev.socketio.Socket;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One socket of the acceptance app: its events, and what the journal learns of it. */
final class AcceptanceSocket {

    private static final Logger log = LoggerFactory.getLogger(AcceptanceSocket.class);

    private final AcceptanceEndpoint endpoint;
    private final Socket socket;

    AcceptanceSocket(AcceptanceEndpoint endpoint, Socket socket) {
        this.endpoint = endpoint;
        this.socket = socket;
    }

    void install() {
        note(socket.isRecovered() ? "connect:recovered" : "connect");
        socket.onDisconnecting(this::onDisconnecting);
        socket.onDisconnect(reason -> note("disconnect:" + reason));
        new InspectionEvents(this).install();
        new AckEvents(this).install();
        new StreamEvents(this).install();
        new RoomEvents(this).install();
        new StateEvents(this).install();
    }

    private void onDisconnecting(DisconnectReason reason) {
        note("disconnecting:" + reason + ":" + String.join("|", sortedRooms()));
    }

    private void note(String line) {
        endpoint.journal().note(socket.id(), line);
    }

    AcceptanceEndpoint endpoint() {
        return endpoint;
    }

    Socket socket() {
        return socket;
    }

    List<String> sortedRooms() {
        return socket.rooms().stream().sorted().toList();
    }

    /** Listens to an event. Arguments that are missing or of the wrong type are the client's affair: no answer, no log. */
    void on(String event, Listener.OfAny listener) {
        socket.on(event, (arguments, ack) -> {
            try {
                listener.accept(arguments, ack);
            } catch (Exception e) {
                log.debug("event \"{}\" of {} failed", event, socket, e);
            }
        });
    }

    /** Takes the place of an event that needs something the library does not have yet. */
    void notYet(String event, String feature) {
        on(event, (arguments, ack) -> ack.send(error(feature)));
    }

    static Object error(String feature) {
        return JsonObject.of("error", "not supported yet: " + feature);
    }

    /** Reads a list of strings; one string alone is a list of one, and a missing value an empty one. */
    static String[] strings(JsonNode value) {
        List<String> strings = new ArrayList<>();
        if (value.isTextual()) {
            strings.add(value.textValue());
        }
        value.forEach(element -> strings.add(element.asText()));
        return strings.toArray(String[]::new);
    }

    /** Reads a list of arguments to be sent on. */
    static Object[] list(JsonNode value) {
        if (!value.isArray()) {
            throw new IllegalArgumentException("the arguments are not a list");
        }
        List<JsonNode> elements = new ArrayList<>();
        value.forEach(elements::add);
        return elements.toArray();
    }
}
