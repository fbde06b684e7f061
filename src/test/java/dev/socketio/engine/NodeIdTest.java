package dev.socketio.engine;

import static dev.socketio.engine.EngineFixture.POLLING;
import static dev.socketio.engine.EngineFixture.WEBSOCKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids of sessions that tell which server of a cluster has them. */
class NodeIdTest {

    private static final String UNKNOWN = "400 {\"code\":1,\"message\":\"Session ID unknown\"}";

    private final EngineFixture engine =
            new EngineFixture(EngineOptions.builder().nodeId("a"));
    private final List<ConnectionError> errors = new ArrayList<>();

    @BeforeEach
    void listen() {
        engine.server.onConnectionError(errors::add);
    }

    private static FakeExchange poll(String sid) {
        return FakeExchange.get(POLLING + "&sid=" + sid);
    }

    @Test
    void standsAtTheEndOfTheIdOnBothTransports() {
        assertThat(engine.openPolling().id()).isEqualTo("sid1.a");
        assertThat(engine.openWebSocket().calls).singleElement().asString().startsWith("[0{\"sid\":\"sid2.a\"");
        assertThat(engine.post("4hello")).hasToString("200 ok");
    }

    @Test
    void isAddedToTheIdsThatTheApplicationMakes() {
        engine.server.generateId(request -> "x".repeat(200));

        assertThat(engine.openPolling().id()).isEqualTo("x".repeat(200) + ".a");
        assertThat(engine.post("4hello")).hasToString("200 ok");
    }

    @Test
    void leavesIdsAsHardToGuess() {
        EngineServer server =
                new EngineServer(EngineOptions.builder().nodeId("node-1").build(), socket -> engine.above, engine.time);
        FakeExchange handshake = FakeExchange.get(POLLING);

        server.handle(handshake);

        assertThat(handshake.text()).matches("0\\{\"sid\":\"[\\w-]{20}\\.node-1\".*");
    }

    @Test
    void ofAnotherNodeIsToldToClientAndOperator() {
        assertThat(engine.handle(poll("secret.b")))
                .hasToString("400 {\"code\":1,\"message\":\"Session ID unknown\",\"nodeId\":\"b\"}");
        assertThat(errors)
                .singleElement()
                .satisfies(error -> assertThat(error.code()).isEqualTo(1))
                .satisfies(error -> assertThat(error.context())
                        .containsEntry("sid", "secret.b")
                        .containsEntry("nodeId", "b"));
        assertThat(engine.server.otherNode(poll("secret.b"))).isEqualTo("b");
    }

    @Test
    void ofAnotherNodeIsToldWhereAWebSocketIsRefused() {
        FakeExchange upgrade = FakeExchange.get(WEBSOCKET + "&sid=secret.b");

        assertThatThrownBy(() -> engine.server.acceptWebSocket(upgrade))
                .isInstanceOfSatisfying(
                        EngineRefusal.class,
                        refusal -> assertThat(new String(refusal.reply().body(), StandardCharsets.UTF_8))
                                .isEqualTo("Session ID unknown here, it belongs to node b"));
        assertThat(errors)
                .singleElement()
                .satisfies(error -> assertThat(error.context()).containsEntry("nodeId", "b"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "none",
                "gone.a",
                "x.",
                ".b",
                "x.b/",
                "x.b%20",
                "x%22.b",
                "x.b%0d%0aX:",
                "x.http://b",
                "x.b:80",
                "x@.b",
                "x/.b",
                "x.%c3%a4"
            })
    void isNotReadOutOfAnythingElse(String sid) {
        assertThat(engine.server.otherNode(poll(sid))).isNull();
        assertThat(engine.handle(poll(sid)).text()).doesNotContain("nodeId");
    }

    @Test
    void isShortAndSoIsTheIdBefore() {
        assertThat(engine.server.otherNode(poll("x".repeat(200) + "." + "b".repeat(32))))
                .isEqualTo("b".repeat(32));
        assertThat(engine.server.otherNode(poll("x." + "b".repeat(33)))).isNull();
        assertThat(engine.server.otherNode(poll("x".repeat(201) + ".b"))).isNull();
    }

    @Test
    void isNoneOfAServerWithoutAName() {
        EngineFixture alone = new EngineFixture();

        assertThat(alone.openPolling().id()).isEqualTo("sid1");
        assertThat(alone.server.otherNode(poll("x.b"))).isNull();
        assertThat(alone.handle(poll("x.b"))).hasToString(UNKNOWN);
    }

    @Test
    void thatCannotBeReachedIsToldToClientAndOperator() {
        FakeExchange exchange = poll("secret.b");
        ConnectException refused = new ConnectException("refused");

        engine.server.refuseForNode(exchange, "b", refused);

        assertThat(exchange).hasToString("503 {\"code\":7,\"message\":\"Node unavailable\"}");
        assertThat(errors)
                .singleElement()
                .satisfies(error -> assertThat(error.context())
                        .containsEntry("name", "FORWARDING_FAILED")
                        .containsEntry("nodeId", "b")
                        .containsEntry("sid", "secret.b")
                        .containsEntry("error", refused));
    }

    @Test
    void thatHasTooManyRequestsIsToldWithoutAnError() {
        engine.server.refuseForNode(poll("secret.b"), "b", null);

        assertThat(errors)
                .singleElement()
                .satisfies(error -> assertThat(error.context())
                        .containsEntry("name", "MAX_FORWARDED_REQUESTS")
                        .doesNotContainKey("error"));
    }
}
