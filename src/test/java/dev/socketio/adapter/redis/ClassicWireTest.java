package dev.socketio.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.socketio.adapter.BroadcastOptions;
import dev.socketio.adapter.redis.Message.Broadcast;
import dev.socketio.adapter.redis.Message.Change;
import dev.socketio.adapter.redis.Message.ClientAck;
import dev.socketio.adapter.redis.Message.Disconnect;
import dev.socketio.adapter.redis.Message.Fetch;
import dev.socketio.adapter.redis.Message.Ids;
import dev.socketio.adapter.redis.Message.Response;
import dev.socketio.adapter.redis.Message.ServerAck;
import dev.socketio.adapter.redis.Message.ServerSideEmit;
import dev.socketio.protocol.Json;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Byte by byte what Node's adapter sends. */
class ClassicWireTest {

    private static final List<JsonNode> HELLO = List.of(TextNode.valueOf("hello"));
    private static final BroadcastOptions NEWS = BroadcastOptions.ALL.to("news").except("muted");

    private final Trees trees = new Trees(Json.mapper(1_000));
    private final ClassicWire wire = wire("6OjH0H", false, false);

    private ClassicWire wire(String self, boolean subscribesToRooms, boolean ownResponseChannels) {
        return new ClassicWire(trees, "socket.io", "/", self, subscribesToRooms, ownResponseChannels);
    }

    private static String text(Wire.Frame frame) {
        return frame.channel() + " " + new String(frame.bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void aBroadcastIsAnArrayInMessagePack() {
        Wire.Frame frame = wire.write(new Broadcast("6OjH0H", HELLO, BroadcastOptions.ALL, null));

        assertThat(frame.channel()).isEqualTo("socket.io#/#");
        assertThat(HexFormat.of().formatHex(frame.bytes()))
                .isEqualTo("93" + "a6364f6a483048" // sender
                        + "83" + "a474797065" + "02" + "a464617461" + "91" + "a568656c6c6f" // type, data
                        + "a36e7370" + "a12f" // nsp
                        + "83" + "a5726f6f6d73" + "90" + "a6657863657074" + "90" + "a5666c616773" + "80");
        assertThat(wire.read("socket.io#/#", frame.bytes()))
                .isEqualTo(new Broadcast("6OjH0H", HELLO, BroadcastOptions.ALL, null));
    }

    @Test
    void aBroadcastToOneRoomHasAChannelOfItsOwn() {
        assertThat(wire.write(new Broadcast("6OjH0H", HELLO, NEWS, null)).channel())
                .isEqualTo("socket.io#/#news#");
        assertThat(wire.write(new Broadcast("6OjH0H", HELLO, NEWS.to("more"), null))
                        .channel())
                .isEqualTo("socket.io#/#");
        assertThat(wire.room("socket.io#/#news#")).isEqualTo("news");
        assertThat(wire.room("socket.io#/#")).isNull();
        assertThat(wire.room("socket.io#/#a#b#")).isEqualTo("a#b");
    }

    @Test
    void tellsWhoIsToGetAMessage() {
        Broadcast toRoom = new Broadcast("6OjH0H", HELLO, NEWS, null);
        assertThat(group(wire, new Broadcast("6OjH0H", HELLO, BroadcastOptions.ALL, null)))
                .isEqualTo("all of socket.io#/#");
        assertThat(group(wire, toRoom)).isEqualTo("all of socket.io#/#");
        assertThat(group(wire("6OjH0H", true, false), toRoom)).isEqualTo("some of socket.io-request#/#");
        assertThat(group(wire(Message.EMITTER, false, false), toRoom)).isEqualTo("some of socket.io-request#/#");
        assertThat(group(wire, new Change("6OjH0H", true, NEWS, List.of("7"))))
                .isEqualTo("all of socket.io-request#/#");
    }

    private static String group(Wire wire, Message.Request request) {
        Wire.Frame frame = wire.write(request);
        return (frame.isForAll() ? "all of " : "some of ") + frame.group();
    }

    @Test
    void requestsAreJson() {
        assertThat(text(wire.write(new Change("6OjH0H", true, NEWS, List.of("7", "more")))))
                .isEqualTo("socket.io-request#/# {\"uid\":\"6OjH0H\",\"type\":2,"
                        + "\"opts\":{\"rooms\":[\"news\"],\"except\":[\"muted\"]},\"rooms\":[\"7\",\"more\"]}");
        assertThat(text(wire.write(new Disconnect("6OjH0H", NEWS, true))))
                .isEqualTo("socket.io-request#/# {\"uid\":\"6OjH0H\",\"type\":4,"
                        + "\"opts\":{\"rooms\":[\"news\"],\"except\":[\"muted\"]},\"close\":true}");
        assertThat(text(wire.write(new Fetch("6OjH0H", "abcdef", BroadcastOptions.ALL))))
                .isEqualTo("socket.io-request#/# {\"uid\":\"6OjH0H\",\"requestId\":\"abcdef\",\"type\":5,"
                        + "\"opts\":{\"rooms\":[],\"except\":[]}}");
        assertThat(text(wire.write(new Ids("6OjH0H", "abcdef", List.of("news")))))
                .isEqualTo("socket.io-request#/# {\"uid\":\"6OjH0H\",\"requestId\":\"abcdef\",\"type\":0,"
                        + "\"rooms\":[\"news\"]}");
        assertThat(text(wire.write(new ServerSideEmit("6OjH0H", HELLO, null))))
                .isEqualTo("socket.io-request#/# {\"uid\":\"6OjH0H\",\"type\":6,\"data\":[\"hello\"]}");
    }

    @Test
    void aRoomThatNodeMayHaveAsANumberIsSelectedByBoth() {
        assertThat(text(wire.write(new Change("6OjH0H", false, BroadcastOptions.ALL.to("7"), List.of("8")))))
                .endsWith("\"opts\":{\"rooms\":[\"7\",7],\"except\":[]},\"rooms\":[\"8\",8]}");
    }

    @Test
    void anEmitterDoesNotSayWhoItIsWhereNodesDoesNot() {
        ClassicWire emitter = wire(Message.EMITTER, false, false);

        assertThat(text(emitter.write(new Disconnect(Message.EMITTER, BroadcastOptions.ALL, false))))
                .isEqualTo("socket.io-request#/# {\"type\":4,\"opts\":{\"rooms\":[],\"except\":[]},\"close\":false}");
        assertThat(text(emitter.write(new ServerSideEmit(Message.EMITTER, HELLO, null))))
                .isEqualTo("socket.io-request#/# {\"uid\":\"emitter\",\"type\":6,\"data\":[\"hello\"]}");
    }

    @Test
    void answersGoToAllOrToTheOneWhoHasAsked() {
        Response clientAck = new Response("6OjH0H", "abcdef", new ClientAck(TextNode.valueOf("yes")));
        Response serverAck = new Response("6OjH0H", "abcdef", new ServerAck(TextNode.valueOf("yes")));
        ClassicWire own = wire("6OjH0H", false, true);

        assertThat(wire.write(clientAck, "ghijkl").channel()).isEqualTo("socket.io-response#/#");
        assertThat(own.write(clientAck, "ghijkl").channel()).isEqualTo("socket.io-response#/#ghijkl#");
        assertThat(own.write(serverAck, "ghijkl").channel()).isEqualTo("socket.io-response#/#");
        assertThat(wire.read("socket.io-response#/#", wire.write(clientAck, "").bytes()))
                .isEqualTo(clientAck);
        assertThat(text(wire.write(serverAck, "")))
                .startsWith("socket.io-response#/# {\"type\":6,\"requestId\":\"abcdef\",\"data\":\"yes\"");
    }

    @Test
    void subscribesToAllRoomsOrToEach() {
        assertThat(wire.pattern()).isEqualTo("socket.io#/#*");
        assertThat(wire.roomChannel("news")).isNull();
        assertThat(wire.channels())
                .containsExactly("socket.io-request#/#", "socket.io-response#/#", "socket.io-response#/#6OjH0H#");

        ClassicWire each = wire("6OjH0H", true, false);
        assertThat(each.pattern()).isNull();
        assertThat(each.roomChannel("news")).isEqualTo("socket.io#/#news#");
        assertThat(each.channels()).contains("socket.io#/#");
    }
}
