package dev.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.protocol.Parser;
import dev.socketio.time.FakeScheduler;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Packets that have brought down Socket.IO servers, or might: the attacker goes or is ignored, and another client does not
 * notice. {@code docs/security.md} lists them; {@code KnownAttacksIT} has those that need a container.
 */
class KnownAttacksTest {

    private final List<String> heard = new ArrayList<>();
    private final SocketIoServer io = server(Parser.standard());
    private final FakeClient bystander = joined(io);

    private SocketIoServer server(Parser parser) {
        SocketIoServer server = SocketIoServer.builder()
                .parser(parser)
                .scheduler(new FakeScheduler())
                .executor(Runnable::run)
                .build();
        server.onConnection(socket -> socket.on("echo", (arguments, ack) -> {
            heard.add(arguments.toString());
            ack.send(arguments.toArray());
        }));
        return server;
    }

    private static FakeClient joined(SocketIoServer io) {
        FakeClient client = FakeClient.open(io);
        client.connect();
        return client;
    }

    @AfterEach
    void theBystanderHasNotNoticed() {
        heard.clear();
        assertThat(bystander.isClosed()).isFalse();
        assertThat(bystander.received()).isEmpty();
        bystander.send("27[\"echo\",\"still here\"]");
        assertThat(bystander.received()).containsExactly("37[\"still here\"]");
        joined(io).send("1");
    }

    private static String placeholder(String number) {
        return "{\"_placeholder\":true,\"num\":" + number + "}";
    }

    private void assertAttackerIsGone(FakeClient attacker) {
        assertThat(attacker.isClosed()).isTrue();
        assertThat(heard).isEmpty();
        assertThat(io.sockets().sockets()).hasSize(1);
        assertThat(io.engine().clientsCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"splice\"",
                "\"__proto__\"",
                "-1",
                "1",
                "1000000000",
                "1e9",
                "1.5",
                "0.0",
                "[0]",
                "{}",
                "null",
                "true"
            })
    void aPlaceholderNamesNoAttachment(String number) { // CVE-2022-2421
        FakeClient attacker = joined(io);

        attacker.send("51-[\"echo\"," + placeholder(number) + "]");
        attacker.send(new byte[] {1});

        assertAttackerIsGone(attacker);
    }

    @Test
    void manyPlaceholdersShareOneAttachment() {
        FakeClient attacker = joined(io);

        attacker.send("51-[\"echo\"" + ("," + placeholder("0")).repeat(10_000) + "]");
        attacker.send(new byte[10_000]);

        assertAttackerIsGone(attacker);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "CVE-2023-32695 | 2[{\"toString\":\"foo\"}]",
                "CVE-2023-32695 | 20[{\"toString\":\"foo\"},1]",
                "CVE-2023-32695 | 2[[\"echo\"]]",
                "CVE-2023-32695 | 2[null]",
                "CVE-2023-32695 | 2[true]",
                "CVE-2023-32695 | 51-[" + "{\"_placeholder\":true,\"num\":0}]",
                "reserved       | 2[\"disconnect\",\"x\"]",
                "reserved       | 2[\"newListener\"]",
                "CVE-2026-33151 | 511-[\"echo\"]",
                "CVE-2026-33151 | 599999999999999999999-[\"echo\"]",
                "CVE-2026-69185 | 50-",
                "CVE-2026-69185 | 50-[\"echo\"]",
                "CVE-2026-69185 | 60-7[]",
                "not a count    | 5-1-[\"echo\"]",
            })
    void aPacketIsNone(String attack, String packet) {
        FakeClient attacker = joined(io);

        attacker.send(packet);
        if (!attacker.isClosed()) {
            attacker.send(new byte[] {1});
        }

        assertAttackerIsGone(attacker);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "[[1],{\"a\":[", "1", "1.0", "-1e1"})
    void jsonIsNestedOrItsNumbersAreLongBeyondReason(String piece) {
        FakeClient attacker = joined(io);

        attacker.send(
                "2[\"echo\"," + piece + piece.substring(piece.length() - 1).repeat(100_000) + "]");

        assertAttackerIsGone(attacker);
    }

    @Test
    void theIdOfAnAckIsLongBeyondReason() {
        FakeClient attacker = joined(io);

        attacker.send("2" + "9".repeat(100_000) + "[\"echo\"]");

        assertAttackerIsGone(attacker);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/__proto__", "/constructor", "/toString", "/hasOwnProperty"})
    void aNamespaceIsNamedLikeAPropertyOfEveryObject(String name) {
        FakeClient attacker = joined(io);

        attacker.send("0" + name + ",");

        assertThat(attacker.received()).containsExactly("4" + name + ",{\"message\":\"Invalid namespace\"}");
        assertThat(attacker.isClosed()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"__proto__", "constructor", "toString", "hasOwnProperty", "error"}) // error: CVE-2024-38355
    void anEventIsNamedLikeSomethingElse(String name) {
        FakeClient attacker = joined(io);

        attacker.send("21[\"" + name + "\",{}]");

        assertThat(attacker.received()).isEmpty();
        assertThat(attacker.isClosed()).isFalse();
    }

    @Test
    void whatLooksLikeAPrototypeIsAPropertyLikeOthers() {
        FakeClient attacker = joined(io);

        attacker.send("21[\"echo\",{\"__proto__\":{\"polluted\":true}}]");

        assertThat(attacker.received()).containsExactly("31[{\"__proto__\":{\"polluted\":true}}]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"399[]", "3[]", "3-1[]", "39007199254740993[]"})
    void anAnswerIsToAQuestionThatNobodyAsked(String packet) {
        FakeClient attacker = joined(io);

        attacker.send(packet);

        assertThat(heard).isEmpty();
        assertThat(attacker.received()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "an extension of 1 GB, c93fffffff00",
        "text of 4 GB, dbffffffff",
        "bytes of 4 GB, c6ffffffff",
        "a list of 4 billion, ddffffffff",
        "a map of 4 billion, dfffffffff",
        "lists in lists, 91",
        "large lists in lists, ddffffffff",
        "maps in maps, 81a161",
        "no MessagePack, c1",
    })
    void messagePackPromisesMoreThanComes(String bomb, String piece) {
        SocketIoServer msgpack = server(Parser.msgpack());
        FakeClient other = FakeClient.open(msgpack);
        FakeClient attacker = FakeClient.open(msgpack);
        byte[] connect = HexFormat.of().parseHex("82a47479706500a36e7370a12f");
        other.send(connect);
        attacker.send(connect);

        String event = "84a47479706502a36e7370a12fa2696401a46461746192a46563686f";
        attacker.send(HexFormat.of().parseHex(event + piece.repeat(100_000)));

        assertThat(attacker.isClosed()).isTrue();
        assertThat(heard).isEmpty();
        other.send(HexFormat.of().parseHex(event + "2a"));
        assertThat(heard).containsExactly("[42]");
    }
}
