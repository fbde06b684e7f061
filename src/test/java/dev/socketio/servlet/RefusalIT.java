package dev.socketio.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.engine.EngineOptions;
import dev.socketio.testing.RawConnection;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Polling requests that do not follow the protocol, or come from nobody it knows. */
@ParameterizedClass
@MethodSource("dev.socketio.servlet.TestEngine#forPolling")
final class RefusalIT {

    private final TestEngine engine;

    RefusalIT(TestEngine engine) {
        this.engine = engine;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "GET    | -                                          | 400 | 0 | Transport unknown",
                "GET    | EIO=4                                      | 400 | 0 | Transport unknown",
                "GET    | EIO=4&transport=                           | 400 | 0 | Transport unknown",
                "GET    | EIO=4&transport=carrier+pigeon             | 400 | 0 | Transport unknown",
                "GET    | EIO=4&transport=Polling                    | 400 | 0 | Transport unknown",
                "GET    | EIO=4&transport=constructor                | 400 | 0 | Transport unknown",
                "GET    | EIO=4&transport=__proto__                  | 400 | 0 | Transport unknown",
                "GET    | EIO=4&transport=webtransport               | 400 | 0 | Transport unknown",
                "POST   | EIO=4&transport=webtransport&sid=x         | 400 | 0 | Transport unknown",
                "GET    | EIO=4&transport=polling&sid=unknown        | 400 | 1 | Session ID unknown",
                "GET    | EIO=4&transport=polling&sid=__proto__      | 400 | 1 | Session ID unknown",
                "POST   | EIO=4&transport=polling&sid=unknown        | 400 | 1 | Session ID unknown",
                "GET    | EIO=4&transport=websocket&sid=unknown      | 400 | 1 | Session ID unknown",
                "POST   | EIO=4&transport=polling                    | 400 | 2 | Bad handshake method",
                "PUT    | EIO=4&transport=polling                    | 400 | 2 | Bad handshake method",
                "PATCH  | EIO=4&transport=polling                    | 400 | 2 | Bad handshake method",
                "DELETE | EIO=4&transport=polling                    | 400 | 2 | Bad handshake method",
                "OPTIONS| EIO=4&transport=polling                    | 400 | 2 | Bad handshake method",
                "BREW   | EIO=4&transport=polling                    | 400 | 2 | Bad handshake method",
                "POST   | EIO=4&transport=websocket                  | 400 | 2 | Bad handshake method",
                "POST   | EIO=4&transport=polling&sid=               | 400 | 2 | Bad handshake method",
                "GET    | EIO=4&transport=websocket                  | 400 | 3 | Bad request",
                "GET    | transport=polling                          | 400 | 5 | Unsupported protocol version",
                "GET    | EIO=3&transport=polling                    | 400 | 5 | Unsupported protocol version",
                "GET    | EIO=5&transport=polling                    | 400 | 5 | Unsupported protocol version",
                "GET    | EIO=4.0&transport=polling                  | 400 | 5 | Unsupported protocol version",
                "GET    | EIO=abc&transport=polling                  | 400 | 5 | Unsupported protocol version",
                "GET    | EIO=4&EIO=3&transport=polling              | 400 | 5 | Unsupported protocol version",
            })
    void answersWithTheCodeOfTheProtocol(String method, String query, int status, int code, String message)
            throws Exception {
        try (RawConnection connection = new RawConnection(engine.port())) {
            String target = TestEngine.PATH + "/" + (query == null ? "" : "?" + query);
            connection.request(method, target, "Content-Length: 0");
            RawConnection.Response response = connection.read();

            assertThat(response.status()).isEqualTo(status);
            assertThat(response.text()).isEqualTo("{\"code\":" + code + ",\"message\":\"" + message + "\"}");
            assertThat(response.header("content-type")).isEqualTo("application/json");
            assertThat(response.header("cache-control")).isNull();
        }
    }

    @Test
    void answersHeadWithoutABody() throws Exception {
        try (RawConnection connection = new RawConnection(engine.port())) {
            connection.request("HEAD", TestEngine.PATH + "/?EIO=4&transport=polling", "Connection: close");
            assertThat(connection.read("HEAD").status()).isEqualTo(400);
            assertThat(connection.readToEnd()).isZero();
        }
    }

    @Test
    void refusesPagesOfOtherOrigins() throws Exception {
        HttpResponse<String> response = PollingClient.send(HttpRequest.newBuilder(engine.uri("EIO=4&transport=polling"))
                .header("Origin", "http://elsewhere.example")
                .build());

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).isEqualTo("{\"code\":4,\"message\":\"Forbidden\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"EIO=3", "EIO=5", "x=y"})
    void refusesAnotherRevisionWithinASessionAndKeepsTheSession(String revision) throws Exception {
        PollingClient client = PollingClient.open(engine);

        HttpResponse<String> response =
                PollingClient.send(PollingClient.get(engine.uri(revision + "&transport=polling&sid=" + client.sid())));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
        client.assertUsable();
    }

    @Test
    void refusesPlainRequestsForAWebSocketOfASessionThatPolls() throws Exception {
        PollingClient client = PollingClient.open(engine);

        HttpResponse<String> response =
                PollingClient.send(PollingClient.get(engine.uri("EIO=4&transport=websocket&sid=" + client.sid())));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
        client.assertUsable();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "OPTIONS", "HEAD", "PATCH", "BREW"})
    void answersOtherMethodsWith500AndKeepsTheSession(String method) throws Exception {
        PollingClient client = PollingClient.open(engine);
        CompletableFuture<HttpResponse<String>> poll = client.park();

        HttpResponse<String> response = PollingClient.send(HttpRequest.newBuilder(client.uri())
                .method(method, BodyPublishers.noBody())
                .build());

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).isEmpty();
        client.session().socket().send("still here");
        assertThat(poll.get().body()).isEqualTo("4still here");
        client.assertUsable();
    }

    @Test
    void refusesPollingAfterTheSessionHasMovedToAWebSocket() throws Exception {
        PollingClient client = PollingClient.open(engine);
        WebSocketClient socket =
                WebSocketClient.open(engine.webSocketUri("EIO=4&transport=websocket&sid=" + client.sid()));
        socket.send("2probe");
        assertThat(socket.nextMessage()).isEqualTo("3probe");
        socket.send("5");
        socket.send("4moved");
        assertThat(client.session().nextMessage()).isEqualTo("moved");

        assertThat(client.get().body()).isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
        HttpResponse<String> post = client.post("4x");
        assertThat(post.statusCode()).isEqualTo(400);
        assertThat(post.body()).isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");

        socket.send("4alive");
        assertThat(client.session().nextMessage()).isEqualTo("alive");
        socket.socket().abort();
    }

    @Test
    void refusesMoreSessionsThanItMayHave() throws Exception {
        EngineOptions options = EngineOptions.builder().maxSessions(1).build();
        try (TestEngine full = engine.another(options)) {
            PollingClient client = PollingClient.open(full);

            HttpResponse<String> response = PollingClient.send(PollingClient.get(full.uri(PollingClient.HANDSHAKE)));

            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.body()).isEqualTo("{\"code\":6,\"message\":\"Too many sessions\"}");
            client.assertUsable();
        }
    }

    @Test
    void survivesWhatIsNoRequestAtAll() throws Exception {
        PollingClient client = PollingClient.open(engine);
        String[] nonsense = {
            "\0\1\2\3\r\n\r\n",
            "GET\r\n\r\n",
            "GET " + TestEngine.PATH + "/?EIO=4&transport=polling HTTP/9.9\r\n\r\n",
            "GET " + TestEngine.PATH + "/?EIO=4&transport=polling HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
            "POST " + client.target() + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: minus one\r\n\r\n",
            "POST " + client.target() + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        };
        for (String each : nonsense) {
            try (RawConnection connection = new RawConnection(engine.port())) {
                connection.write(each);
                assertThat(connection.read().status()).as(each).isBetween(400, 505);
            }
        }
        client.assertUsable();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%zz", "%e2%82", "sid=%00", "a=b=c&&&=", "%F0%9F%98%80=1", "sid="})
    void readsQueriesThatAreNoneWithoutFailing(String extra) throws Exception {
        try (RawConnection connection = new RawConnection(engine.port())) {
            connection.request("GET", TestEngine.PATH + "/?EIO=4&transport=polling&" + extra);
            assertThat(connection.read().status()).isIn(200, 400);
        }
    }
}
