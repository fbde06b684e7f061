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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the application is told of requests that are refused. */
class ConnectionErrorTest {

    private final EngineFixture engine = new EngineFixture();
    private final List<ConnectionError> errors = new ArrayList<>();

    @BeforeEach
    void listen() {
        engine.server.onConnectionError(errors::add);
    }

    private String theError() {
        assertThat(errors).hasSize(1);
        ConnectionError error = errors.get(0);
        return error.code() + " " + error.message() + " " + error.context();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET  | EIO=4                                 | 0 Transport unknown {}",
                "GET  | EIO=4&transport=xhr                   | 0 Transport unknown {transport=xhr}",
                "GET  | EIO=4&transport=polling&sid=none      | 1 Session ID unknown {sid=none}",
                "POST | EIO=4&transport=polling               | 2 Bad handshake method {method=POST}",
                "GET  | EIO=4&transport=websocket             | 3 Bad request {name=TRANSPORT_HANDSHAKE_ERROR}",
                "GET  | EIO=3&transport=polling               | 5 Unsupported protocol version {protocol=3}",
                "GET  | transport=polling                     | 5 Unsupported protocol version {protocol=3}",
            })
    void saysWhatWasWrong(String method, String query, String error) {
        engine.handle(FakeExchange.of(method, query));

        assertThat(theError()).isEqualTo(error);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "EIO=4                                 | 0 Transport unknown {}",
                "EIO=4&transport=websocket&sid=none    | 1 Session ID unknown {sid=none}",
                "EIO=4&transport=polling               | 3 Bad request {name=TRANSPORT_HANDSHAKE_ERROR}",
                "EIO=3&transport=websocket             | 5 Unsupported protocol version {protocol=3}",
            })
    void saysWhatWasWrongWithARequestForAWebSocket(String query, String error) {
        assertThatThrownBy(() -> engine.server.acceptWebSocket(FakeExchange.get(query)))
                .isInstanceOf(EngineRefusal.class);

        assertThat(theError()).isEqualTo(error);
    }

    @Test
    void namesBothTransportsOfARequestThatUsesAnotherThanItsSession() {
        engine.openPolling();

        engine.handle(FakeExchange.get(engine.session(WEBSOCKET)));

        assertThat(errors.get(0).context())
                .containsEntry("name", "TRANSPORT_MISMATCH")
                .containsEntry("transport", "websocket")
                .containsEntry("previousTransport", "polling");
    }

    @Test
    void namesBothTransportsOfAPollForASessionThatHasMoved() {
        engine.openWebSocket();

        engine.poll();

        assertThat(errors.get(0).context())
                .containsEntry("transport", "polling")
                .containsEntry("previousTransport", "websocket");
    }

    @Test
    void namesBothRevisionsOfARequestThatIsNotInThatOfItsSession() {
        engine.openPolling();

        FakeExchange exchange = engine.handle(FakeExchange.get(engine.session("EIO=3&transport=polling")));

        assertThat(exchange).hasToString("400 {\"code\":3,\"message\":\"Bad request\"}");
        assertThat(errors.get(0).code()).isEqualTo(3);
        assertThat(errors.get(0).context())
                .containsEntry("name", "PROTOCOL_MISMATCH")
                .containsEntry("protocol", 3)
                .containsEntry("previousProtocol", 4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://a\u0000", "http://a\nb", "\u007f", "http://\u65e5\u672c"})
    void refusesAnOriginThatIsNoHeader(String origin) {
        FakeExchange exchange = engine.handle(FakeExchange.get(POLLING).withHeader("Origin", origin));

        assertThat(exchange).hasToString("400 {\"code\":3,\"message\":\"Bad request\"}");
        assertThat(errors.get(0).context())
                .containsEntry("name", "INVALID_ORIGIN")
                .containsEntry("origin", origin);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://a.example", "", "null", "http://b\u00fccher.example", "a\tb c"})
    void takesAnOriginWhateverItSays(String origin) {
        FakeExchange exchange = engine.handle(FakeExchange.get(POLLING).withHeader("Origin", origin));

        assertThat(exchange.status()).isEqualTo(200);
        assertThat(errors).isEmpty();
    }

    @Test
    void checksTheOriginOfRequestsForASessionToo() {
        engine.openPolling();

        FakeExchange post =
                engine.handle(FakeExchange.post(engine.session(POLLING), "4a").withHeader("Origin", "\u0001"));

        assertThat(post.status()).isEqualTo(400);
        assertThat(engine.above.events).isEmpty();
    }

    @Test
    void namesTheOriginThatIsNotAllowed() {
        engine.handle(FakeExchange.get(POLLING)
                .withHeader("Origin", "http://a.example")
                .forbidden());

        assertThat(errors.get(0).code()).isEqualTo(4);
        assertThat(errors.get(0).message()).isEqualTo("Forbidden");
        assertThat(errors.get(0).context())
                .containsEntry("name", "ORIGIN_NOT_ALLOWED")
                .containsEntry("origin", "http://a.example");
    }

    @Test
    void countsSessionsBeyondTheLimit() {
        EngineFixture small = new EngineFixture(EngineOptions.builder().maxSessions(1));
        small.server.onConnectionError(errors::add);
        small.openPolling();

        small.handle(FakeExchange.get(POLLING));

        assertThat(theError()).isEqualTo("6 Too many sessions {name=MAX_SESSIONS}");
    }

    @Test
    void tellsThatTheServerIsClosed() {
        engine.server.close();

        engine.handle(FakeExchange.get(POLLING));

        assertThat(theError()).isEqualTo("6 Too many sessions {name=SERVER_CLOSED}");
    }

    @Test
    void comesWithTheRequest() {
        engine.handle(FakeExchange.get("EIO=4&a=b").withHeader("User-Agent", "test"));

        EngineRequest request = errors.get(0).request();
        assertThat(request.query()).containsEntry("a", "b");
        assertThat(request.headers()).containsEntry("user-agent", "test");
        assertThat(request.remoteAddress()).isEqualTo("192.0.2.1");
    }

    @Test
    void saysNothingOfRequestsThatAreCarriedOut() {
        engine.openPolling();
        engine.post("4hello");
        engine.poll();
        engine.openWebSocket();

        assertThat(errors).isEmpty();
    }

    @Test
    void tellsEveryListenerAndTheClientWhateverOneOfThemThrows() {
        engine.server.onConnectionError(error -> {
            throw new IllegalStateException("test");
        });
        engine.server.onConnectionError(errors::add);
        try (LogCapture log = new LogCapture(EngineHooks.class)) {
            FakeExchange exchange = engine.handle(FakeExchange.get(""));

            assertThat(exchange.status()).isEqualTo(400);
            assertThat(errors).hasSize(2);
            assertThat(log.records())
                    .singleElement()
                    .satisfies(record -> assertThat(record.getThrown()).hasMessage("test"));
        }
    }
}
