package dev.socketio.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.servlet.RawWebSocket.Frame;
import java.io.ByteArrayOutputStream;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that use a WebSocket from the start. */
@ParameterizedClass
@MethodSource("dev.socketio.servlet.TestEngine#forWebSockets")
final class WebSocketIT {

    private final TestEngine engine;

    WebSocketIT(TestEngine engine) {
        this.engine = engine;
    }

    private WebSocketClient open() throws Exception {
        return WebSocketClient.open(engine.webSocketUri("EIO=4&transport=websocket"));
    }

    private RecordedSession sessionOf(WebSocketClient client) throws Exception {
        return engine.session(PollingClient.sidOf((String) client.nextMessage()));
    }

    @Test
    void opensWithAHandshakeThatOffersNoUpgrade() throws Exception {
        WebSocketClient client = open();

        assertThat((String) client.nextMessage())
                .matches("0\\{\"sid\":\"[\\w-]{20}\",\"upgrades\":\\[],\"pingInterval\":25000,"
                        + "\"pingTimeout\":20000,\"maxPayload\":1000000}");
        client.socket().abort();
    }

    @Test
    void carriesTextAndBytesBothWays() throws Exception {
        WebSocketClient client = open();
        RecordedSession session = sessionOf(client);
        String text = "Grüße, 世界 \uD83D\uDE00 \0 \u2028 \u001e";
        byte[] bytes = {0, 1, 2, (byte) 0xff, '4'};

        client.send("4" + text);
        client.send(bytes);
        client.send("4");
        client.send(new byte[0]);
        assertThat(session.nextMessage()).isEqualTo(text);
        assertThat(session.nextMessage()).isEqualTo(bytes);
        assertThat(session.nextMessage()).isEqualTo("");
        assertThat(session.nextMessage()).isEqualTo(new byte[0]);

        session.socket().send(text);
        session.socket().send(bytes);
        session.socket().send("");
        session.socket().send(new byte[0]);
        assertThat(client.nextMessage()).isEqualTo("4" + text);
        assertThat(client.nextMessage()).isEqualTo(bytes);
        assertThat(client.nextMessage()).isEqualTo("4");
        assertThat(client.nextMessage()).isEqualTo(new byte[0]);
        client.socket().abort();
    }

    @Test
    void keepsTheOrderOfManyMessages() throws Exception {
        WebSocketClient client = open();
        RecordedSession session = sessionOf(client);
        for (int i = 0; i < 2_000; i++) {
            client.send("4" + i);
        }
        for (int i = 0; i < 2_000; i++) {
            assertThat(session.nextMessage()).isEqualTo(Integer.toString(i));
            session.socket().send("back " + i);
        }
        for (int i = 0; i < 2_000; i++) {
            assertThat(client.nextMessage()).isEqualTo("4back " + i);
        }
        client.socket().abort();
    }

    @Test
    void putsMessagesInFragmentsTogether() throws Exception {
        try (RawWebSocket client = RawWebSocket.open(engine)) {
            RecordedSession session = engine.session(client.readSid());
            byte[] text = "4a€b\uD83D\uDE00c".getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < text.length; i++) {
                boolean first = i == 0;
                client.send(
                        new Frame(
                                i == text.length - 1,
                                first ? RawWebSocket.TEXT : RawWebSocket.CONTINUATION,
                                new byte[] {text[i]}),
                        new Frame(true, RawWebSocket.PING, new byte[0]));
            }
            assertThat(session.nextMessage()).isEqualTo("a€b\uD83D\uDE00c");

            client.send(
                    new Frame(false, RawWebSocket.BINARY, new byte[] {1, 2}),
                    new Frame(false, RawWebSocket.CONTINUATION, new byte[0]),
                    new Frame(true, RawWebSocket.CONTINUATION, new byte[] {3}));
            assertThat(session.nextMessage()).isEqualTo(new byte[] {1, 2, 3});
        }
    }

    @Test
    void readsAFrameThatComesByteByByte() throws Exception {
        try (RawWebSocket client = RawWebSocket.open(engine)) {
            RecordedSession session = engine.session(client.readSid());
            for (byte each : RawWebSocket.encode(Frame.text("4a€b\uD83D\uDE00c"), new byte[] {9, 8, 7, 6})) {
                client.connection().write(new byte[] {each});
            }
            assertThat(session.nextMessage()).isEqualTo("a€b\uD83D\uDE00c");
        }
    }

    @Test
    void readsManyFramesOfOneWrite() throws Exception {
        try (RawWebSocket client = RawWebSocket.open(engine)) {
            RecordedSession session = engine.session(client.readSid());
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (int i = 0; i < 500; i++) {
                all.writeBytes(RawWebSocket.encode(Frame.text("4" + i), new byte[] {1, 2, 3, 4}));
            }
            client.connection().write(all.toByteArray());
            for (int i = 0; i < 500; i++) {
                assertThat(session.nextMessage()).isEqualTo(Integer.toString(i));
            }
        }
    }

    @Test
    void answersThePingsOfTheWebSocketProtocol() throws Exception {
        try (RawWebSocket client = RawWebSocket.open(engine)) {
            client.readSid();
            client.send(new Frame(true, RawWebSocket.PING, new byte[] {1, 2, 3}));

            Frame pong = client.read();
            assertThat(pong.opcode()).isEqualTo(RawWebSocket.PONG);
            assertThat(pong.payload()).containsExactly(1, 2, 3);
        }
    }

    @Test
    void negotiatesNoCompression() throws Exception {
        try (RawWebSocket client =
                RawWebSocket.open(engine, "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits")) {
            assertThat(client.response().header("sec-websocket-extensions")).isNull();
            assertThat(client.response().header("sec-websocket-accept")).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
            assertThat(client.read().text()).startsWith("0{");
        }
    }

    @Test
    void acceptsTheFirstSubprotocolThatIsOfferedBecauseBrowsersGiveUpIfNoneIs() throws Exception {
        try (RawWebSocket client = RawWebSocket.open(engine, "Sec-WebSocket-Protocol: foo, bar")) {
            assertThat(client.response().header("sec-websocket-protocol")).isEqualTo("foo");
            RecordedSession session = engine.session(client.readSid());
            client.send(Frame.text("4x"));
            assertThat(session.nextMessage()).isEqualTo("x");
        }
        try (RawWebSocket client = RawWebSocket.open(engine)) {
            assertThat(client.response().header("sec-websocket-protocol")).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 4321})
    void endsWithTheClientsCloseFrame(int code) throws Exception {
        WebSocketClient client = open();
        RecordedSession session = sessionOf(client);

        WebSocket closing =
                client.socket().sendClose(code, "bye").get(TestEngine.PATIENCE.toSeconds(), TimeUnit.SECONDS);

        assertThat(session.end()).isEqualTo("transport close: ");
        assertThat(client.closeCode()).isIn(1000, 1005, code);
        assertThat(closing.isOutputClosed()).isTrue();
    }

    @Test
    void endsWithACloseFrameWithoutACode() throws Exception {
        try (RawWebSocket client = RawWebSocket.open(engine)) {
            RecordedSession session = engine.session(client.readSid());
            client.send(new Frame(true, RawWebSocket.CLOSE, new byte[0]));

            assertThat(client.read().closeCode()).isIn(1000, 1005);
            assertThat(session.end()).isEqualTo("transport close: ");
            assertThat(client.connection().readToEnd()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void endsWhenTheConnectionBreaks(boolean reset) throws Exception {
        RecordedSession session;
        try (RawWebSocket client = RawWebSocket.open(engine)) {
            session = engine.session(client.readSid());
            if (reset) {
                client.connection().reset();
            }
        }
        assertThat(session.end()).startsWith("transport ");
    }

    @Test
    void endsWhenTheClientSaysSoInTheProtocol() throws Exception {
        WebSocketClient client = open();
        RecordedSession session = sessionOf(client);

        client.send("1");

        assertThat(session.end()).isEqualTo("transport close: ");
        assertThat(client.closeCode()).isIn(1000, 1005);
    }

    @Test
    void tellsTheClientThatTheServerCloses() throws Exception {
        WebSocketClient client = open();
        RecordedSession session = sessionOf(client);
        session.socket().send("last words");

        session.socket().close();

        assertThat(client.nextMessage()).isEqualTo("4last words");
        assertThat(client.closeCode()).isIn(1000, 1005);
        assertThat(session.end()).isEqualTo("forced close: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "9", "b", "bAAEC"})
    void closesForTextThatIsNoPacket(String text) throws Exception {
        WebSocketClient client = open();
        RecordedSession session = sessionOf(client);

        client.send(text);

        assertThat(session.end()).isEqualTo("parse error: not an Engine.IO packet");
        assertThat(client.closeCode()).isIn(1000, 1005);
    }

    @Test
    void closesForAPingOfTheClient() throws Exception {
        WebSocketClient client = open();
        RecordedSession session = sessionOf(client);

        client.send("2");

        assertThat(session.end()).isEqualTo("transport error: invalid heartbeat direction");
        assertThat(client.closeCode()).isIn(1000, 1005);
    }
}
