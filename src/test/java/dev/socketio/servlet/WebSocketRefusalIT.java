package dev.socketio.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.testing.RawConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests for a WebSocket that do not follow the protocol, or come from nobody it knows. */
@ParameterizedClass
@MethodSource("dev.socketio.servlet.TestEngine#forWebSockets")
final class WebSocketRefusalIT {

    private final TestEngine engine;

    WebSocketRefusalIT(TestEngine engine) {
        this.engine = engine;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "EIO=4                                 | Transport unknown",
                "EIO=4&transport=webtransport          | Transport unknown",
                "EIO=4&transport=__proto__             | Transport unknown",
                "EIO=4&transport=websocket&sid=unknown | Session ID unknown",
                "EIO=4&transport=polling               | Bad request",
                "EIO=3&transport=websocket             | Unsupported protocol version",
                "transport=websocket                   | Unsupported protocol version",
            })
    void answersWithPlainTextInsteadOfTheUpgrade(String query, String message) throws Exception {
        try (RawWebSocket asked = RawWebSocket.ask(engine, query)) {
            assertRefused(asked, 400, message);
        }
    }

    @Test
    void refusesPagesOfOtherOrigins() throws Exception {
        try (RawWebSocket asked =
                RawWebSocket.ask(engine, "EIO=4&transport=websocket", "Origin: http://elsewhere.example")) {
            assertRefused(asked, 403, "Forbidden");
        }
    }

    private static void assertRefused(RawWebSocket asked, int status, String message) throws Exception {
        RawConnection.Response response = asked.response();
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.text()).isEqualTo(message);
        assertThat(String.valueOf(response.header("connection")).toLowerCase(Locale.ROOT))
                .isEqualTo("close");
        assertThat(response.header("content-type")).startsWith("text/html");
        assertThat(asked.connection().readToEnd()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"EIO=3&transport=websocket", "EIO=4&transport=polling"})
    void refusesToMoveASessionThatPollsAndKeepsIt(String query) throws Exception {
        PollingClient client = PollingClient.open(engine);

        try (RawWebSocket asked = RawWebSocket.ask(engine, query + "&sid=" + client.sid())) {
            assertRefused(asked, 400, "Bad request");
        }

        client.assertUsable();
    }

    @Test
    void opensAndClosesASecondWebSocketForASessionThatHasOne() throws Exception {
        WebSocketClient first = WebSocketClient.open(engine.webSocketUri("EIO=4&transport=websocket"));
        String sid = PollingClient.sidOf((String) first.nextMessage());

        WebSocketClient second = WebSocketClient.open(engine.webSocketUri("EIO=4&transport=websocket&sid=" + sid));

        assertThat(second.closeCode()).isIn(1000, 1005);
        first.send("4untouched");
        assertThat(engine.session(sid).nextMessage()).isEqualTo("untouched");
        first.socket().abort();
    }

    @Test
    void opensAndClosesASecondWebSocketForASessionThatIsMoving() throws Exception {
        PollingClient client = PollingClient.open(engine);
        String query = "EIO=4&transport=websocket&sid=" + client.sid();
        WebSocketClient first = WebSocketClient.open(engine.webSocketUri(query));
        first.send("2probe");
        assertThat(first.nextMessage()).isEqualTo("3probe");

        WebSocketClient second = WebSocketClient.open(engine.webSocketUri(query));

        assertThat(second.closeCode()).isIn(1000, 1005);
        first.send("5");
        first.send("4moved");
        assertThat(client.session().nextMessage()).isEqualTo("moved");
        first.socket().abort();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET  | Upgrade | 13 | ",
                "GET  | Upgrade |    | dGhlIHNhbXBsZSBub25jZQ==",
                "GET  | Upgrade | 7  | dGhlIHNhbXBsZSBub25jZQ==",
                "GET  | close   | 13 | dGhlIHNhbXBsZSBub25jZQ==",
                "POST | Upgrade | 13 | dGhlIHNhbXBsZSBub25jZQ==",
            })
    void refusesHandshakesThatAreNone(
            String method, String connectionHeader, @Nullable String version, @Nullable String key) throws Exception {
        List<String> headers = new ArrayList<>(List.of("Upgrade: websocket", "Connection: " + connectionHeader));
        if (version != null) {
            headers.add("Sec-WebSocket-Version: " + version);
        }
        if (key != null) {
            headers.add("Sec-WebSocket-Key: " + key);
        }
        try (RawConnection connection = new RawConnection(engine.port())) {
            connection.request(method, TestEngine.PATH + "/?EIO=4&transport=websocket", headers.toArray(String[]::new));
            assertThat(connection.read().status()).isEqualTo(400);
        }
    }
}
