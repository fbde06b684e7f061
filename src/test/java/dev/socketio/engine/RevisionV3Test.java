package dev.socketio.engine;

import static dev.socketio.engine.EngineFixture.POLLING;
import static dev.socketio.engine.EngineFixture.POLLING_V3;
import static dev.socketio.engine.EngineFixture.WEBSOCKET;
import static dev.socketio.engine.EngineFixture.WEBSOCKET_V3;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions of clients that speak revision 3, where they differ from those of revision 4. */
class RevisionV3Test {

    private static final String OPEN = "0{\"sid\":\"sid1\",\"upgrades\":[%s],\"pingInterval\":25000,"
            + "\"pingTimeout\":20000,\"maxPayload\":1000000}";
    private static final String BAD_REQUEST = "400 {\"code\":3,\"message\":\"Bad request\"}";
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

    private final EngineFixture engine = EngineFixture.ofRevision3();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EIO=3&transport=polling",
                "transport=polling",
                "EIO=&transport=polling",
                "EIO=2&transport=polling",
                "EIO=5&transport=polling",
                "EIO=abc&transport=polling",
                "EIO=4&EIO=3&transport=polling",
            })
    void everyOtherNumberMeansRevision3(String query) {
        FakeExchange handshake = engine.handle(FakeExchange.get(query));

        assertThat(handshake).hasToString("200 102:" + OPEN.formatted("\"websocket\""));
        assertThat(engine.socket().protocol()).isEqualTo(3);
    }

    @Test
    void revision4IsSpokenBesideIt() {
        FakeExchange handshake = engine.handle(FakeExchange.get(POLLING));

        assertThat(handshake).hasToString("200 " + OPEN.formatted("\"websocket\""));
        assertThat(engine.socket().protocol()).isEqualTo(4);
    }

    @Test
    void opensOverWebSocket() {
        FakeChannel channel = engine.openWebSocket();

        assertThat(channel.calls).containsExactly("[" + OPEN.formatted("") + "]");
        assertThat(engine.socket().protocol()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "EIO=3&transport=polling, EIO=4&transport=polling",
        "EIO=4&transport=polling, EIO=3&transport=polling",
        "EIO=4&transport=polling, transport=polling"
    })
    void refusesARequestOfTheOtherRevision(String opened, String other) {
        engine.handle(FakeExchange.get(opened));

        assertThat(engine.handle(FakeExchange.get(engine.session(other)))).hasToString(BAD_REQUEST);
        assertThat(engine.handle(FakeExchange.post(engine.session(other), "1"))).hasToString(BAD_REQUEST);
        assertThat(engine.socket().isOpen()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        POLLING + ", " + WEBSOCKET_V3,
        POLLING_V3 + ", " + WEBSOCKET,
    })
    void refusesToUpgradeToTheOtherRevision(String opened, String other) {
        engine.handle(FakeExchange.get(opened));

        assertThatThrownBy(() -> engine.server.acceptWebSocket(FakeExchange.get(engine.session(other))))
                .isInstanceOf(EngineRefusal.class)
                .hasMessage("Bad request");
    }

    @Test
    void pollsAndPosts() {
        engine.openPolling();
        FakeExchange poll = engine.poll();

        assertThat(engine.post("6:4hello2:4€10:b4AQIDBA==")).hasToString("200 ok");
        engine.socket().send("€");

        assertThat(engine.above.events).containsExactly("message: hello", "message: €", "bytes: [1, 2, 3, 4]");
        assertThat(poll).hasToString("200 2:4€");
        assertThat(poll.reply().contentType()).isEqualTo("text/plain; charset=UTF-8");
    }

    @Test
    void answersBytesWithBytes() {
        engine.openPolling();
        engine.socket().send("€");
        engine.socket().send(new byte[] {1, 2, 3, 4});

        HttpReply reply = engine.poll().reply();

        assertThat(reply.contentType()).isEqualTo("application/octet-stream");
        assertThat(reply.fresh()).isTrue();
        assertThat(reply.body()).isEqualTo(hex("0004ff34e282ac0105ff0401020304"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "true", "0"})
    void answersBytesWithTextIfTheClientHasSaidSoAtFirst(String b64) {
        engine.handle(FakeExchange.get(POLLING_V3 + "&b64=" + b64));
        engine.socket().send(new byte[] {1, 2, 3, 4});

        assertThat(engine.poll()).hasToString("200 10:b4AQIDBA==");
    }

    @Test
    void answersTextWithTextWhateverTheClientTakes() {
        engine.openPolling();
        engine.socket().send("hello");

        assertThat(engine.poll()).hasToString("200 6:4hello");
    }

    @Test
    void takesPostsOfBytes() {
        engine.openPolling();

        FakeExchange post = postBytes("0004ff34e282ac0105ff0401020304");

        assertThat(post).hasToString("200 ok");
        assertThat(engine.above.events).containsExactly("message: €", "bytes: [1, 2, 3, 4]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "34", "0009ff34", "00ff34", "0001ff"})
    void endsTheSessionForBytesThatAreNoPayload(String body) {
        engine.openPolling();
        FakeExchange poll = engine.poll();

        FakeExchange post = postBytes(body);

        assertThat(post).hasToString("200 ok");
        assertThat(poll).hasToString("200 1:1");
        assertThat(engine.above.events).containsExactly("close: parse error, not an Engine.IO packet");
    }

    @Test
    void keepsWhatCameBeforeTheMistake() {
        engine.openPolling();

        engine.post("2:4a2:4b7:4c2:4d");

        assertThat(engine.above.events)
                .containsExactly("message: a", "message: b", "close: parse error, not an Engine.IO packet");
    }

    private FakeExchange postBytes(String hex) {
        return engine.handle(FakeExchange.post(engine.session(POLLING_V3), hex(hex))
                .withHeader("Content-Type", "application/octet-stream"));
    }

    @Test
    void octetStreamWithAParameterIsText() {
        engine.openPolling();

        engine.handle(FakeExchange.post(engine.session(POLLING_V3), "6:4hello")
                .withHeader("Content-Type", "application/octet-stream; x=y"));

        assertThat(engine.above.events).containsExactly("message: hello");
    }

    @Test
    void bytesOnAWebSocketBeginWithTheirType() {
        FakeChannel channel = engine.openWebSocket().forget();

        channel.receive(new byte[] {4, 1, 2, 3, 4});
        engine.socket().send(new byte[] {5, 6});

        assertThat(engine.above.events).containsExactly("bytes: [1, 2, 3, 4]");
        assertThat(channel.lastBatch.get(0).bytes()).containsExactly(4, 5, 6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"b4AQIDBA==", "b4AQIDBA"})
    void bytesOnAWebSocketMayComeInBase64(String message) {
        FakeChannel channel = engine.openWebSocket();

        channel.receive(message);

        assertThat(engine.above.events).containsExactly("bytes: [1, 2, 3, 4]");
    }

    @ParameterizedTest
    @ValueSource(strings = {WEBSOCKET_V3 + "&b64=1", WEBSOCKET_V3 + "&b64=true"})
    void bytesOnAWebSocketLeaveInBase64IfTheClientSaysSo(String query) {
        FakeChannel channel = engine.open(new FakeChannel(), query).forget();

        engine.socket().send(new byte[] {1, 2, 3, 4});
        channel.receive(new byte[] {4, 1});

        assertThat(channel.calls).containsExactly("[b4AQIDBA==]");
        assertThat(engine.above.events).containsExactly("bytes: [1]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "03", "34", "05aa"})
    void bytesOfAnotherTypeEndTheSession(String message) {
        FakeChannel channel = engine.openWebSocket();

        channel.receive(hex(message));

        assertThat(engine.above.events).containsExactly("close: parse error, not an Engine.IO packet");
    }

    @Test
    void letsTheClientOffItsPollToUpgrade() {
        engine.openPolling();
        FakeExchange poll = engine.poll();
        FakeChannel channel = engine.offerWebSocket();

        channel.receive("2probe");
        assertThat(channel.calls).containsExactly("[3probe]");
        assertThat(poll).hasToString("200 1:6");

        engine.socket().send("hello");
        engine.socket().send(new byte[] {1});
        channel.receive("5");
        assertThat(channel.calls).containsExactly("[3probe]", "[4hello, 4<2 bytes>]");

        channel.receive("4from the client");
        assertThat(engine.above.events).containsExactly("message: from the client");
        assertThat(engine.poll()).hasToString(BAD_REQUEST);
    }

    @Test
    void clientThatClosesIsLetOffItsPoll() {
        engine.openPolling();
        FakeExchange poll = engine.poll();

        assertThat(engine.post("1:1")).hasToString("200 ok");

        assertThat(poll).hasToString("200 1:6");
        assertThat(engine.above.events).containsExactly("close: transport close");
    }

    @Test
    void serverThatClosesTellsAParkedPoll() {
        engine.openPolling();
        FakeExchange poll = engine.poll();

        engine.socket().close();

        assertThat(poll).hasToString("200 1:1");
        assertThat(engine.above.events).containsExactly("close: forced close");
    }

    @Test
    void serverThatClosesTellsTheNextPoll() {
        engine.openPolling();
        engine.socket().close();

        assertThat(engine.poll()).hasToString("200 1:61:1");
        assertThat(engine.above.events).containsExactly("close: forced close");
    }

    @Test
    void serverThatClosesWritesWhatWaits() {
        engine.openPolling();
        engine.socket().send("last");
        engine.socket().close();

        assertThat(engine.poll()).hasToString("200 5:4last");
        assertThat(engine.poll()).hasToString("200 1:61:1");
        engine.time.advance(CLOSE_TIMEOUT);
        assertThat(engine.time.pending()).isZero();
    }

    @Test
    void pollsThatOverlapEndTheSession() {
        engine.openPolling();
        FakeExchange poll = engine.poll();

        assertThat(engine.poll()).hasToString("400");

        assertThat(poll).hasToString("200 1:1");
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
