package dev.socketio.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socketio.adapter.BroadcastOptions;
import dev.socketio.adapter.redis.Message.Broadcast;
import dev.socketio.adapter.redis.Message.Change;
import dev.socketio.adapter.redis.Message.Disconnect;
import dev.socketio.adapter.redis.Message.Request;
import dev.socketio.adapter.redis.Message.ServerSideEmit;
import dev.socketio.protocol.Json;
import dev.socketio.protocol.PacketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the entries of streams look like; those of Node were read from a stream that it wrote. */
class StreamCodecTest {

    private static final String SELF = "0123456789abcdef";
    private static final BroadcastOptions NEWS = BroadcastOptions.ALL.to("news").except("muted");
    private static final String NEWS_JSON = "{\"rooms\":[\"news\"],\"except\":[\"muted\"],\"flags\":{}}";

    /** {@code {opts: {rooms: [], except: [], flags: {}}, packet: {type: 2, data: ["hi", <0102>], nsp: "/"}}}. */
    private static final String BINARY_OF_NODE =
            "gqRvcHRzg6Vyb29tc5CmZXhjZXB0kKVmbGFnc4CmcGFja2V0g6R0eXBlAqRkYXRhkqJo" + "acQCAQKjbnNwoS8=";

    private final Trees trees = new Trees(Json.mapper(1_000_000));
    private final StreamCodec codec = new StreamCodec(trees, "/", SELF);

    private List<JsonNode> event(Object... arguments) {
        return trees.event("hi", Arrays.asList(arguments));
    }

    private static Map<String, byte[]> fields(String... namesAndValues) {
        Map<String, byte[]> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put(namesAndValues[i], namesAndValues[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        return fields;
    }

    private static Map<String, String> text(Map<String, byte[]> fields) {
        Map<String, String> text = new LinkedHashMap<>();
        fields.forEach((name, value) -> text.put(name, new String(value, StandardCharsets.UTF_8)));
        return text;
    }

    static Stream<Arguments> requests() {
        JsonNode hi = Json.mapper(100).createArrayNode().add("hi").get(0);
        return Stream.of(
                Arguments.of(
                        new Broadcast(SELF, List.of(hi), NEWS, null),
                        "3",
                        "{\"packet\":{\"type\":2,\"data\":[\"hi\"]},\"opts\":" + NEWS_JSON + "}"),
                Arguments.of(
                        new Change(SELF, true, NEWS, List.of("a")),
                        "4",
                        "{\"opts\":" + NEWS_JSON + ",\"rooms\":[\"a\"]}"),
                Arguments.of(
                        new Change(SELF, false, NEWS, List.of("a")),
                        "5",
                        "{\"opts\":" + NEWS_JSON + ",\"rooms\":[\"a\"]}"),
                Arguments.of(new Disconnect(SELF, NEWS, true), "6", "{\"opts\":" + NEWS_JSON + ",\"close\":true}"),
                Arguments.of(new ServerSideEmit(SELF, List.of(hi), null), "9", "{\"packet\":[\"hi\"]}"));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void writesWhatNodeDoesAndReadsIt(Request request, String type, String data) {
        Map<String, byte[]> fields = codec.write(request);

        assertThat(text(fields)).isEqualTo(text(fields("uid", SELF, "nsp", "/", "type", type, "data", data)));
        assertThat(codec.read(fields)).isEqualTo(request);
    }

    @Test
    void writesBytesAsMessagePackInBase64() {
        Broadcast broadcast = new Broadcast(SELF, event((Object) new byte[] {1, 2}), NEWS, null);

        Map<String, byte[]> fields = codec.write(broadcast);

        assertThat(text(fields).get("data")).matches("[A-Za-z0-9+/]+=*");
        assertThat(codec.read(fields)).isEqualTo(broadcast);
    }

    @Test
    void readsTheBytesOfNode() {
        Request read = codec.read(fields("uid", "n", "nsp", "/", "type", "3", "data", BINARY_OF_NODE));

        assertThat(read).isEqualTo(new Broadcast("n", event((Object) new byte[] {1, 2}), BroadcastOptions.ALL, null));
    }

    @Test
    void passesOverWhatItDoesNotKnow() {
        assertThat(codec.read(fields("uid", "n", "nsp", "/", "type", "2"))).isNull();
        assertThat(codec.read(fields("uid", "n", "nsp", "/", "type", "99", "data", "{}")))
                .isNull();
        assertThat(codec.read(fields("a", "b"))).isNull();
        assertThat(codec.read(fields("uid", "n", "nsp", "/", "type", "3", "data", "")))
                .isNull();
    }

    static Stream<Map<String, byte[]>> malformed() {
        return Stream.of(
                fields("uid", "n", "type", "three", "data", "{}"),
                fields("uid", "n", "type", "3", "data", "{"),
                fields("uid", "n", "type", "3", "data", "no base64!"),
                fields("uid", "n", "type", "3", "data", "3q2+7w=="),
                fields("uid", "n", "type", "3", "data", "{}"),
                fields("uid", "n", "type", "3", "data", "{\"packet\":{\"type\":2,\"data\":[\"hi\"]}}"),
                fields("uid", "n", "type", "3", "data", "{\"packet\":{\"type\":2,\"data\":[7]},\"opts\":{}}"),
                fields("uid", "n", "type", "6", "data", "{\"opts\":[]}"),
                fields("uid", "n", "type", "4", "data", "{\"opts\":{},\"rooms\":[{}]}"));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void refusesWhatIsMalformed(Map<String, byte[]> fields) {
        assertThatThrownBy(() -> codec.read(fields)).isInstanceOf(PacketException.class);
    }
}
