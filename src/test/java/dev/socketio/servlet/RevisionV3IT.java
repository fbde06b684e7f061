package dev.socketio.servlet;

import static dev.socketio.servlet.PollingClient.sidOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.BYTE_ARRAY;

import dev.socketio.testing.RawConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What clients of revision 3 see on the wire. */
@ParameterizedClass
@MethodSource("dev.socketio.servlet.TestEngine#forRevision3")
final class RevisionV3IT {

    private static final String POLLING = TestEngine.PATH + "/?EIO=3&transport=polling";

    private final TestEngine engine;
    private final RawConnection connection;

    RevisionV3IT(TestEngine engine) throws IOException {
        this.engine = engine;
        connection = new RawConnection(engine.port());
    }

    @AfterEach
    void disconnect() throws IOException {
        connection.close();
    }

    private RawConnection.Response get(String target) throws IOException {
        connection.request("GET", target);
        return connection.read();
    }

    private RawConnection.Response post(String target, String contentType, byte[] body) throws IOException {
        String type = "Content-Type: " + contentType;
        connection.write(RawConnection.head("POST", target, type, "Content-Length: " + body.length));
        connection.write(body);
        return connection.read("POST");
    }

    /** Opens a session; returns the target of its requests. */
    private String open(String query) throws IOException {
        return POLLING + query + "&sid=" + sidOf(get(POLLING + query).text());
    }

    private RecordedSession session(String target) {
        return engine.session(target.substring(target.indexOf("sid=") + 4));
    }

    @Test
    void opensOverPolling() throws Exception {
        RawConnection.Response handshake = get(POLLING);

        assertThat(handshake.status()).isEqualTo(200);
        assertThat(handshake.text())
                .matches("118:0\\{\"sid\":\"[\\w-]{20}\",\"upgrades\":\\[\"websocket\"],\"pingInterval\":25000,"
                        + "\"pingTimeout\":20000,\"maxPayload\":1000000}");
    }

    @Test
    void exchangesText() throws Exception {
        String target = open("");

        assertThat(post(target, "text/plain;charset=UTF-8", "6:4hello2:4€".getBytes(StandardCharsets.UTF_8))
                        .text())
                .isEqualTo("ok");
        assertThat(session(target).nextMessage()).isEqualTo("hello");
        assertThat(session(target).nextMessage()).isEqualTo("€");

        session(target).socket().send("€");
        assertThat(get(target).text()).isEqualTo("2:4€");
    }

    @Test
    void exchangesBytes() throws Exception {
        String target = open("");
        byte[] body = HexFormat.of().parseHex("0004ff34e282ac0105ff0401020304");

        assertThat(post(target, "application/octet-stream", body).text()).isEqualTo("ok");
        assertThat(session(target).nextMessage()).isEqualTo("€");
        assertThat(session(target).nextMessage()).asInstanceOf(BYTE_ARRAY).containsExactly(1, 2, 3, 4);

        session(target).socket().send("€");
        session(target).socket().send(new byte[] {1, 2, 3, 4});
        RawConnection.Response poll = get(target);
        assertThat(poll.header("content-type")).isEqualTo("application/octet-stream");
        assertThat(poll.header("cache-control")).isEqualTo("no-store");
        assertThat(poll.body()).isEqualTo(body);
    }

    @Test
    void sendsBytesAsTextToAClientThatWantsText() throws Exception {
        String target = open("&b64=1");
        session(target).socket().send(new byte[] {1, 2, 3, 4});

        RawConnection.Response poll = get(target);

        assertThat(poll.text()).isEqualTo("10:b4AQIDBA==");
        assertThat(poll.header("content-type")).startsWith("text/plain");
    }

    @ParameterizedTest
    @CsvSource({"EIO=3, 2:4x", "EIO=4, 4x"})
    void pollsWithScriptsAndForms(String revision, String payload) throws Exception {
        String query = TestEngine.PATH + "/?" + revision + "&transport=polling&j=2";
        RawConnection.Response handshake = get(query);
        assertThat(handshake.text()).startsWith("___eio[2](\"").endsWith("\");");
        String target = query + "&sid=" + sidOf(handshake.text().replace("\\\"", "\""));

        byte[] form = ("d=" + payload).getBytes(StandardCharsets.UTF_8);
        assertThat(post(target, "application/x-www-form-urlencoded", form).text())
                .isEqualTo("ok");
        assertThat(session(target).nextMessage()).isEqualTo("x");

        session(target).socket().send("x");
        RawConnection.Response poll = get(target);
        assertThat(poll.text()).isEqualTo("___eio[2](\"" + payload + "\");");
        assertThat(poll.header("content-type")).isEqualToIgnoringCase("text/plain;charset=utf-8");
    }

    @Test
    void answersPings() throws Exception {
        String target = open("");

        post(target, "text/plain", "1:2".getBytes(StandardCharsets.UTF_8));

        assertThat(get(target).text()).isEqualTo("1:3");
    }

    @Test
    void upgradesToWebSocket() throws Exception {
        String target = open("");
        String sid = target.substring(target.indexOf("sid=") + 4);
        CompletableFuture<String> poll = CompletableFuture.supplyAsync(() -> pollAside(target));
        WebSocketClient webSocket = WebSocketClient.open(engine.webSocketUri("EIO=3&transport=websocket&sid=" + sid));

        webSocket.send("2probe");
        assertThat(webSocket.nextMessage()).isEqualTo("3probe");
        assertThat(poll.get()).isEqualTo("1:6");
        webSocket.send("5");
        webSocket.send(new byte[] {4, 1, 2, 3});
        assertThat(session(target).nextMessage()).asInstanceOf(BYTE_ARRAY).containsExactly(1, 2, 3);

        session(target).socket().send(new byte[] {5, 6});
        assertThat(webSocket.nextMessage()).asInstanceOf(BYTE_ARRAY).containsExactly(4, 5, 6);
        webSocket.send("2");
        assertThat(webSocket.nextMessage()).isEqualTo("3");
        webSocket.send("1");
        assertThat(session(target).end()).startsWith("transport close");
    }

    private String pollAside(String target) {
        try (RawConnection aside = new RawConnection(engine.port())) {
            aside.request("GET", target);
            return aside.read().text();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void talksBase64OverWebSocketToAClientThatWantsText() throws Exception {
        WebSocketClient webSocket = WebSocketClient.open(engine.webSocketUri("EIO=3&transport=websocket&b64=1"));
        RecordedSession session = engine.session(sidOf((String) webSocket.nextMessage()));

        session.socket().send(new byte[] {1, 2, 3, 4});

        assertThat(webSocket.nextMessage()).isEqualTo("b4AQIDBA==");
        webSocket.socket().abort();
    }

    @ParameterizedTest
    @CsvSource({"EIO=3, EIO=4", "EIO=4, EIO=3"})
    void refusesARequestOfTheOtherRevision(String opened, String other) throws Exception {
        String query = TestEngine.PATH + "/?%s&transport=polling";
        String sid = sidOf(get(query.formatted(opened)).text());

        RawConnection.Response refusal = get(query.formatted(other) + "&sid=" + sid);

        assertThat(refusal.status()).isEqualTo(400);
        assertThat(refusal.text()).isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
        assertThat(engine.session(sid).socket().isOpen()).isTrue();
    }

    @Test
    void endsASessionForLengthsThatAreNone() throws Exception {
        String target = open("");

        byte[] body = ("9".repeat(900_000) + ":4hello").getBytes(StandardCharsets.UTF_8);
        assertThat(post(target, "text/plain", body).text()).isEqualTo("ok");

        assertThat(session(target).end()).startsWith("parse error");
        assertThat(get(target).status()).isEqualTo(400);
    }
}
