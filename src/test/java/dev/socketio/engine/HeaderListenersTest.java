package dev.socketio.engine;

import static dev.socketio.engine.EngineFixture.POLLING;
import static dev.socketio.engine.EngineFixture.WEBSOCKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socketio.LogCapture;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers that the application gives to responses as they go out. */
class HeaderListenersTest {

    private final EngineFixture engine = new EngineFixture();
    private final List<String> calls = new ArrayList<>();

    @BeforeEach
    void listen() {
        engine.server.onHeaders((headers, request) -> {
            calls.add("headers");
            headers.add("X-Each", "1");
        });
        engine.server.onInitialHeaders((headers, request) -> {
            calls.add("initial");
            headers.add("X-First", "1");
        });
    }

    private static String headers(FakeExchange exchange) {
        return exchange.reply().headers().toString();
    }

    @Test
    void areGivenToTheHandshakeOverPolling() {
        FakeExchange handshake = engine.handle(FakeExchange.get(POLLING));

        assertThat(calls).containsExactly("initial", "headers");
        assertThat(headers(handshake)).isEqualTo("X-First: 1\nX-Each: 1");
    }

    @Test
    void areGivenToTheHandshakeOverWebSocket() throws EngineRefusal {
        WebSocketHandshake handshake = engine.server.acceptWebSocket(FakeExchange.get(WEBSOCKET));

        assertThat(calls).containsExactly("initial", "headers");
        assertThat(handshake.headers()).hasToString("X-First: 1\nX-Each: 1");
    }

    @Test
    void areGivenToAWebSocketThatASessionMovesTo() throws EngineRefusal {
        engine.openPolling();
        calls.clear();

        WebSocketHandshake handshake = engine.server.acceptWebSocket(FakeExchange.get(engine.session(WEBSOCKET)));

        assertThat(calls).containsExactly("headers");
        assertThat(handshake.headers()).hasToString("X-Each: 1");
    }

    @Test
    void areGivenToPollsWhenTheyAreAnswered() {
        engine.openPolling();
        calls.clear();

        FakeExchange poll = engine.poll();
        assertThat(calls).isEmpty();
        engine.socket().send("hello");

        assertThat(calls).containsExactly("headers");
        assertThat(headers(poll)).isEqualTo("X-Each: 1");
    }

    @Test
    void areGivenToPosts() {
        engine.openPolling();

        assertThat(headers(engine.post("4hello"))).isEqualTo("X-Each: 1");
    }

    @Test
    void areNotGivenToRefusals() {
        FakeExchange refused = engine.handle(FakeExchange.get(""));

        assertThatThrownBy(() -> engine.server.acceptWebSocket(FakeExchange.get("")))
                .isInstanceOf(EngineRefusal.class);
        assertThat(headers(refused)).isEmpty();
        assertThat(calls).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "OPTIONS"})
    void areNotGivenToWhatASessionRefuses(String method) {
        engine.openPolling();

        assertThat(headers(engine.request(method))).isEmpty();
    }

    @Test
    void areNotGivenToABodyThatIsTooLong() {
        EngineFixture small = new EngineFixture(EngineOptions.builder().maxHttpBufferSize(5));
        small.server.onHeaders((headers, request) -> calls.add("headers"));
        small.openPolling();
        calls.clear();

        assertThat(small.post("4hello").status()).isEqualTo(413);
        assertThat(calls).isEmpty();
    }

    @Test
    void areNotGivenToASecondPollAtTheSameTime() {
        engine.openPolling();
        FakeExchange first = engine.poll();

        FakeExchange second = engine.poll();

        assertThat(second.status()).isEqualTo(400);
        assertThat(headers(second)).isEmpty();
        assertThat(headers(first)).isEqualTo("X-Each: 1");
    }

    @Test
    void mayBeCookies() {
        EngineFixture baker = new EngineFixture(EngineOptions.builder().cookie(Cookie.named("io")));
        baker.server.onInitialHeaders((headers, request) -> headers.add("Set-Cookie", "a=1; Path=/")
                .add("Set-Cookie", "b=" + request.query().get("b")));

        FakeExchange handshake = baker.handle(FakeExchange.get(POLLING + "&b=2"));

        assertThat(handshake.reply().headers().getAll("set-cookie"))
                .containsExactly("io=sid1; Path=/; HttpOnly; SameSite=Lax", "a=1; Path=/", "b=2");
    }

    @Test
    void mayReplaceWhatTheProtocolSays() {
        engine.server.onHeaders((headers, request) -> headers.set("Cache-Control", "no-store, no-transform"));

        assertThat(engine.handle(FakeExchange.get(POLLING)).reply().headers().get("cache-control"))
                .isEqualTo("no-store, no-transform");
    }

    @Test
    void mayDependOnTheRequestThatIsAnswered() {
        engine.server.onHeaders((headers, request) ->
                headers.set("X-Agent", String.valueOf(request.headers().get("user-agent"))));
        engine.openPolling();

        FakeExchange poll =
                engine.handle(FakeExchange.get(engine.session(POLLING)).withHeader("User-Agent", "test"));
        engine.socket().send("hello");

        assertThat(poll.reply().headers().get("x-agent")).isEqualTo("test");
    }

    @Test
    void areLeftOutWhenTheListenerFails() {
        engine.server.onHeaders((headers, request) -> {
            throw new AssertionError("test");
        });
        engine.server.onHeaders((headers, request) -> headers.set("X-After", "1"));
        try (LogCapture log = new LogCapture(EngineHooks.class)) {
            FakeExchange handshake = engine.handle(FakeExchange.get(POLLING));

            assertThat(handshake.status()).isEqualTo(200);
            assertThat(headers(handshake)).isEqualTo("X-First: 1\nX-Each: 1\nX-After: 1");
            assertThat(log.records()).hasSize(1);
        }
    }
}
