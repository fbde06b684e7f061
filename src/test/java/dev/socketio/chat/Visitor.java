package dev.socketio.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.socketio.FakeClient;
import dev.socketio.SocketIoServer;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Somebody in the chat's page, or with a simple one, on a connection that needs no container. */
final class Visitor {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final FakeClient client;
    private final String namespace;

    /** What has come and has not been asked for, events as arrays with their name first, answers with their id first. */
    private final List<JsonNode> pending = new ArrayList<>();

    private String last = "";
    private int nextAck;

    private Visitor(SocketIoServer io, String namespace, Map<String, String> auth) {
        this.client = FakeClient.open(io);
        this.namespace = namespace;
        client.send("0" + namespace + write(auth));
    }

    /** Opens the page, with {@code key=value} pairs that it sends along. */
    static Visitor page(SocketIoServer io, String... auth) {
        return new Visitor(
                io,
                "/chat,",
                Arrays.stream(auth).map(pair -> pair.split("=", 2)).collect(Collectors.toMap(p -> p[0], p -> p[1])));
    }

    /** Opens the page of a tutorial. */
    static Visitor simple(SocketIoServer io) {
        return new Visitor(io, "", Map.of());
    }

    void emit(Object... event) {
        client.send("2" + namespace + write(event));
    }

    /** Sends an event and returns the answer. */
    JsonNode ask(Object... event) {
        String id = Integer.toString(nextAck++);
        client.send("2" + namespace + id + write(event));
        return take(id, "no answer to " + Arrays.toString(event)).get(0);
    }

    /** Says something that is not refused, and returns the message. */
    JsonNode say(String text) {
        return ask("say", Map.of("id", "id of " + text, "text", text)).get("value");
    }

    /** Returns the arguments of all events of a name that have come since they were last asked for. */
    List<JsonNode> heard(String event) {
        read();
        List<JsonNode> found = pending.stream()
                .filter(each -> each.get(0).asText().equals(event))
                .toList();
        pending.removeAll(found);
        return found.stream().map(each -> each.get(1)).toList();
    }

    /** Returns the texts of the messages that have come since the last call. */
    List<String> heardTexts() {
        return heard("message").stream().map(each -> each.get("text").asText()).toList();
    }

    JsonNode welcome() {
        List<JsonNode> all = heard("welcome");
        if (all.isEmpty()) {
            throw new AssertionError("not welcome: " + pending);
        }
        return all.get(all.size() - 1);
    }

    /** Returns the last packet that was no event and no answer. */
    String lastPacket() {
        read();
        return last;
    }

    void hangUp() {
        client.hangUp();
    }

    void leave() {
        client.send("1" + namespace);
    }

    private JsonNode take(String name, String otherwise) {
        List<JsonNode> found = heardAnswers(name);
        if (found.isEmpty()) {
            throw new AssertionError(otherwise);
        }
        return found.get(0);
    }

    private List<JsonNode> heardAnswers(String id) {
        read();
        List<JsonNode> found = pending.stream()
                .filter(each -> each.get(0).asText().equals("answer " + id))
                .toList();
        pending.removeAll(found);
        return found.stream().map(each -> each.get(1)).toList();
    }

    private void read() {
        for (String packet : client.received()) {
            int json = packet.indexOf('[');
            if (packet.startsWith("2")) {
                pending.add(parse(packet.substring(json)));
            } else if (packet.startsWith("3")) {
                String id = packet.substring(1 + namespace.length(), json);
                pending.add(JSON.createArrayNode().add("answer " + id).add(parse(packet.substring(json))));
            } else {
                last = packet;
            }
        }
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
