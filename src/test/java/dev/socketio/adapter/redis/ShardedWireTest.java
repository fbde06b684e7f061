package dev.socketio.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.socketio.adapter.BroadcastOptions;
import dev.socketio.adapter.redis.Message.Broadcast;
import dev.socketio.adapter.redis.Message.ClientCount;
import dev.socketio.adapter.redis.Message.Response;
import dev.socketio.protocol.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Byte by byte what Node's adapter sends, but for the order of properties. */
class ShardedWireTest {

    private static final String SELF = "f8f48caa44b54d66";
    private static final String SOCKET = "abcdefghijklmnopqrst";

    private static ShardedWire wire(SubscriptionMode mode) {
        return new ShardedWire(new Trees(Json.mapper(1_000)), "socket.io", "/", SELF, mode);
    }

    private static Broadcast to(String room, JsonNode... event) {
        return new Broadcast(SELF, List.of(event), BroadcastOptions.ALL.to(room), null);
    }

    @Test
    void aBroadcastIsJson() {
        Wire.Frame frame = wire(SubscriptionMode.DYNAMIC).write(to("r1", TextNode.valueOf("hello")));

        assertThat(frame.channel()).isEqualTo("socket.io#/#r1#");
        assertThat(frame.group()).isEqualTo("socket.io#/#");
        assertThat(frame.isForAll()).isFalse();
        assertThat(new String(frame.bytes(), StandardCharsets.UTF_8))
                .isEqualTo("{\"type\":3,\"data\":{\"packet\":{\"type\":2,\"data\":[\"hello\"]},"
                        + "\"opts\":{\"rooms\":[\"r1\"],\"except\":[],\"flags\":{}}},"
                        + "\"uid\":\"f8f48caa44b54d66\",\"nsp\":\"/\"}");
    }

    @Test
    void aBroadcastWithBytesIsMessagePack() {
        ShardedWire wire = wire(SubscriptionMode.DYNAMIC);
        Broadcast broadcast = to("r1", TextNode.valueOf("hello"), BinaryNode.valueOf(new byte[] {1}));

        Wire.Frame frame = wire.write(broadcast);

        assertThat(frame.bytes()[0]).isEqualTo((byte) 0x84);
        assertThat(wire.read(frame.channel(), frame.bytes())).isEqualTo(broadcast);
    }

    @ParameterizedTest
    @CsvSource({
        "STATIC, news, socket.io#/#",
        "STATIC, abcdefghijklmnopqrst, socket.io#/#",
        "DYNAMIC, news, socket.io#/#news#",
        "DYNAMIC, abcdefghijklmnopqrst, socket.io#/#",
        "DYNAMIC_PRIVATE, news, socket.io#/#news#",
        "DYNAMIC_PRIVATE, abcdefghijklmnopqrst, socket.io#/#abcdefghijklmnopqrst#",
    })
    void theModeSaysWhichRoomsHaveChannels(SubscriptionMode mode, String room, String channel) {
        assertThat(wire(mode).write(to(room, TextNode.valueOf("hello"))).channel())
                .isEqualTo(channel);
    }

    @Test
    void answersGoToTheOneWhoHasAsked() {
        Response response = new Response(SELF, "abcdef", new ClientCount(3));

        assertThat(wire(SubscriptionMode.STATIC)
                        .write(response, "0011223344556677")
                        .channel())
                .isEqualTo("socket.io#/#0011223344556677#");
    }

    @Test
    void otherNamespacesAreNotRead() {
        byte[] message = "{\"type\":3,\"nsp\":\"/other\",\"uid\":\"x\",\"data\":{}}".getBytes(StandardCharsets.UTF_8);

        assertThat(wire(SubscriptionMode.STATIC).read("socket.io#/#", message)).isNull();
        assertThat(wire(SubscriptionMode.STATIC).room("socket.io#/#" + SOCKET + "#"))
                .isEqualTo(SOCKET);
    }
}
