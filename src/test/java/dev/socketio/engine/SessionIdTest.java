package dev.socketio.engine;

import static dev.socketio.engine.EngineFixture.POLLING;
import static dev.socketio.engine.EngineFixture.WEBSOCKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socketio.LogCapture;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids of sessions that the application makes. */
class SessionIdTest {

    private static final String BAD_REQUEST = "400 {\"code\":3,\"message\":\"Bad request\"}";

    private final EngineFixture engine = new EngineFixture();
    private final List<ConnectionError> errors = new ArrayList<>();

    @BeforeEach
    void listen() {
        engine.server.onConnectionError(errors::add);
    }

    @Test
    void areMadeFromTheRequestOnBothTransports() {
        engine.server.generateId(request -> "id-" + request.query().get("n"));

        assertThat(engine.handle(FakeExchange.get(POLLING + "&n=1")).text()).startsWith("0{\"sid\":\"id-1\"");
        FakeChannel channel = engine.open(new FakeChannel(), WEBSOCKET + "&n=2");

        assertThat(channel.calls).singleElement().asString().startsWith("[0{\"sid\":\"id-2\"");
        assertThat(engine.server.clientsCount()).isEqualTo(2);
    }

    @Test
    void areMadeForNewSessionsOnly() {
        List<String> made = new ArrayList<>();
        engine.server.generateId(request -> {
            made.add("one");
            return "one";
        });
        engine.openPolling();

        engine.poll();
        engine.offerWebSocket();

        assertThat(made).hasSize(1);
    }

    @Test
    void areTheReasonForARefusalWhenTheyCannotBeMade() {
        IllegalStateException failure = new IllegalStateException("secret");
        engine.server.generateId(request -> {
            throw failure;
        });
        try (LogCapture log = new LogCapture(Sessions.class)) {
            assertThat(engine.handle(FakeExchange.get(POLLING))).hasToString(BAD_REQUEST);
            assertThatThrownBy(() -> engine.server.acceptWebSocket(FakeExchange.get(WEBSOCKET)))
                    .hasMessage("Bad request");
            assertThat(log.records()).hasSize(2);
        }
        assertThat(errors)
                .hasSize(2)
                .allSatisfy(error -> assertThat(error.context())
                        .containsEntry("name", "ID_GENERATION_ERROR")
                        .containsEntry("error", failure));
        assertThat(engine.server.clientsCount()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a/b", "a\"b", "a&b", "a;b", "a\n", "\u00e4"})
    void mustDoInUrlsAndCookies(String id) {
        refusesId(id);
    }

    @Test
    void mustBeThereAndNotTooLong() {
        refusesId(null);
        refusesId("a".repeat(201));
    }

    private void refusesId(@Nullable String id) {
        engine.server.generateId(request -> made(id));
        try (LogCapture log = new LogCapture(Sessions.class)) {
            assertThat(engine.handle(FakeExchange.get(POLLING))).hasToString(BAD_REQUEST);
            assertThat(log.records()).hasSize(1);
        }
        assertThat(engine.sockets).isEmpty();
    }

    @SuppressWarnings("NullAway") // what an application without such checks can do
    private static String made(@Nullable String id) {
        return id;
    }

    @Test
    void mustNotBeTaken() {
        engine.server.generateId(request -> "same");
        engine.openPolling();
        try (LogCapture log = new LogCapture(Sessions.class)) {
            assertThat(engine.handle(FakeExchange.get(POLLING))).hasToString(BAD_REQUEST);
            assertThat(log.records()).hasSize(1);
        }
        assertThat(engine.post("4still here")).hasToString("200 ok");
    }

    @Test
    void mustNotBeTakenWhenTheContainerOpensTheWebSocket() throws EngineRefusal {
        engine.server.generateId(request -> "same");
        WebSocketHandshake late = engine.server.acceptWebSocket(FakeExchange.get(WEBSOCKET));
        engine.openPolling();
        FakeChannel channel = new FakeChannel();

        channel.opened(late.open(channel));

        assertThat(channel.calls).containsExactly("close 1005");
        assertThat(errors)
                .singleElement()
                .satisfies(error -> assertThat(error.context()).containsEntry("name", "ID_GENERATION_ERROR"));
        assertThat(engine.server.clientsCount()).isEqualTo(1);
        assertThat(engine.post("4still here")).hasToString("200 ok");
    }
}
