package dev.socketio.engine;

import static dev.socketio.engine.EngineFixture.POLLING;
import static dev.socketio.engine.EngineFixture.WEBSOCKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socketio.LogCapture;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands between a request and the engine. */
class EngineMiddlewareTest {

    private final EngineFixture engine = new EngineFixture();
    private final List<String> calls = new ArrayList<>();

    private EngineRefusal refusal(FakeExchange request) {
        try {
            engine.server.acceptWebSocket(request);
        } catch (EngineRefusal refusal) {
            return refusal;
        }
        throw new AssertionError("not refused");
    }

    @Test
    void looksAtEveryRequest() {
        engine.server.use((request, response) ->
                calls.add(request.method() + " " + request.query().get("transport") + " " + request.remoteAddress()));

        engine.openPolling();
        engine.post("4hello");
        engine.request("DELETE");
        engine.handle(FakeExchange.get("transport=xhr").from("192.0.2.9"));
        engine.openWebSocket();

        assertThat(calls)
                .containsExactly(
                        "GET polling 192.0.2.1",
                        "POST polling 192.0.2.1",
                        "DELETE polling 192.0.2.1",
                        "GET xhr 192.0.2.9",
                        "GET websocket 192.0.2.1");
    }

    @Test
    void runsInTheOrderInWhichItWasAdded() {
        engine.server.use((request, response) -> {
            calls.add("first");
            response.headers().set("X-Seen", "first");
        });
        engine.server.use((request, response) ->
                calls.add("second after " + response.headers().get("x-seen")));

        engine.openPolling();

        assertThat(calls).containsExactly("first", "second after first");
    }

    @Test
    void givesEveryResponseHeaders() {
        engine.server.use((request, response) -> response.headers().set("X-Frame-Options", "DENY"));

        FakeExchange handshake = engine.handle(FakeExchange.get(POLLING));
        FakeExchange post = engine.post("4hello");
        FakeExchange poll = engine.poll();
        engine.socket().send("hello");
        FakeExchange refused = engine.handle(FakeExchange.get(""));

        for (FakeExchange each : List.of(handshake, post, poll, refused)) {
            assertThat(each.reply().headers()).hasToString("X-Frame-Options: DENY");
        }
    }

    @Test
    void givesTheUpgradeHeaders() throws EngineRefusal {
        engine.server.use((request, response) -> response.headers().set("X-Frame-Options", "DENY"));

        WebSocketHandshake handshake = engine.server.acceptWebSocket(FakeExchange.get(WEBSOCKET));

        assertThat(handshake.headers()).hasToString("X-Frame-Options: DENY");
        assertThat(refusal(FakeExchange.get("")).reply().headers()).hasToString("X-Frame-Options: DENY");
    }

    @Test
    void takesHeadersBack() {
        engine.server.use((request, response) -> response.headers().set("X-One", "1"));
        engine.server.use((request, response) -> response.headers().remove("x-one"));

        assertThat(engine.handle(FakeExchange.get(POLLING)).reply().headers()).hasToString("");
    }

    @Test
    void leavesTypeAndCachingOfWhatTheProtocolSendsToTheProtocol() {
        engine.server.use((request, response) ->
                response.headers().set("content-type", "text/html").set("cache-control", "public"));

        assertThat(engine.handle(FakeExchange.get(POLLING)).reply().headers()).hasToString("");
    }

    @Test
    void answersInPlaceOfTheEngine() {
        engine.server.use((request, response) -> response.end(429, "later"));
        engine.server.use((request, response) -> calls.add("second"));

        FakeExchange exchange = engine.handle(FakeExchange.get(POLLING));

        assertThat(exchange).hasToString("429 later");
        assertThat(exchange.reply().contentType()).isEqualTo("text/plain; charset=utf-8");
        assertThat(exchange.reply().fresh()).isFalse();
        assertThat(calls).isEmpty();
        assertThat(engine.sockets).isEmpty();
    }

    @Test
    void answersInPlaceOfAWebSocket() {
        engine.server.use((request, response) -> {
            response.headers().set("Location", "/elsewhere");
            response.end(302);
        });

        HttpReply reply = refusal(FakeExchange.get(WEBSOCKET)).reply();

        assertThat(reply.status()).isEqualTo(302);
        assertThat(reply.contentType()).isNull();
        assertThat(reply.body()).isEmpty();
        assertThat(reply.headers()).hasToString("Location: /elsewhere");
    }

    @Test
    void answersWithATypeOfItsOwn() {
        engine.server.use((request, response) -> {
            response.headers().set("Content-Type", "application/json");
            response.end(200, "{}");
        });

        HttpReply reply = engine.handle(FakeExchange.get("")).reply();

        assertThat(reply.contentType()).isNull();
        assertThat(reply.headers()).hasToString("Content-Type: application/json");
    }

    @Test
    void anAnswerIsNoConnectionError() {
        engine.server.use((request, response) -> response.end(404));
        engine.server.onConnectionError(error -> calls.add("error"));

        engine.handle(FakeExchange.get(POLLING));

        assertThat(calls).isEmpty();
    }

    @Test
    void answersOnce() {
        engine.server.use((request, response) -> {
            response.end(204);
            assertThatThrownBy(() -> response.end(200, "again"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the request has been answered with status 204");
        });

        assertThat(engine.handle(FakeExchange.get(POLLING))).hasToString("204");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 101, 199, 600})
    void refusesToAnswerWithWhatIsNoStatusOfAnAnswer(int status) {
        engine.server.use((request, response) -> {
            assertThatThrownBy(() -> response.end(status)).hasMessageContaining("status is " + status);
            calls.add("refused");
        });

        assertThat(engine.handle(FakeExchange.get(POLLING)).status()).isEqualTo(200);
        assertThat(calls).containsExactly("refused");
    }

    @Test
    void aFailureIsABadRequest() {
        List<ConnectionError> errors = new ArrayList<>();
        IOException failure = new IOException("secret");
        engine.server.onConnectionError(errors::add);
        engine.server.use((request, response) -> {
            response.headers().set("X-One", "1");
            throw failure;
        });
        engine.server.use((request, response) -> calls.add("second"));
        try (LogCapture log = new LogCapture(EngineHooks.class)) {
            FakeExchange exchange = engine.handle(FakeExchange.get(POLLING));
            HttpReply upgrade = refusal(FakeExchange.get(WEBSOCKET)).reply();

            assertThat(exchange).hasToString("400 {\"code\":3,\"message\":\"Bad request\"}");
            assertThat(exchange.reply().headers()).hasToString("X-One: 1");
            assertThat(upgrade.status()).isEqualTo(400);
            assertThat(upgrade.body()).asString().isEqualTo("Bad request");
            assertThat(log.records())
                    .hasSize(2)
                    .allSatisfy(record -> assertThat(record.getThrown()).isSameAs(failure));
        }
        assertThat(calls).isEmpty();
        assertThat(errors).hasSize(2).allSatisfy(error -> {
            assertThat(error.code()).isEqualTo(3);
            assertThat(error.context())
                    .containsEntry("name", "MIDDLEWARE_FAILURE")
                    .containsEntry("error", failure);
        });
    }

    @Test
    void keepsAnInterruptionForTheContainer() {
        engine.server.use((request, response) -> {
            throw new InterruptedException("test");
        });
        try (LogCapture log = new LogCapture(EngineHooks.class)) {
            engine.handle(FakeExchange.get(POLLING));

            assertThat(log.records()).hasSize(1);
        }
        assertThat(Thread.interrupted()).isTrue();
    }
}
