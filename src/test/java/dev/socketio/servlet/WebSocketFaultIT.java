package dev.socketio.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.servlet.RawWebSocket.Frame;
import java.io.EOFException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames that break the rules of WebSocket, and messages at the limit of their size. */
@ParameterizedClass
@MethodSource("dev.socketio.servlet.TestEngine#forWebSockets")
final class WebSocketFaultIT {

    private static final int LIMIT = 1_000_000;
    private static final int TOO_BIG = 1009;

    private final TestEngine engine;

    WebSocketFaultIT(TestEngine engine) {
        this.engine = engine;
    }

    private static byte[] text(int bytes) {
        String text = "4" + "€".repeat((bytes - 1) / 3) + "x".repeat((bytes - 1) % 3);
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Sends a message in frames of at most this many bytes; the last frame may be held back. */
    private static void send(RawWebSocket client, int opcode, byte[] message, int frameBytes) throws Exception {
        for (int start = 0; start < message.length; start += frameBytes) {
            int end = Math.min(message.length, start + frameBytes);
            client.send(new Frame(
                    end == message.length,
                    start == 0 ? opcode : RawWebSocket.CONTINUATION,
                    Arrays.copyOfRange(message, start, end)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {LIMIT, 100_000, 70_001})
    void takesTextOfExactlyTheLimit(int frameBytes) throws Exception {
        try (RawWebSocket client = RawWebSocket.open(engine)) {
            RecordedSession session = engine.session(client.readSid());
            byte[] message = text(LIMIT);
            assertThat(message).hasSize(LIMIT);

            send(client, RawWebSocket.TEXT, message, frameBytes);

            assertThat(session.nextMessage()).isEqualTo(new String(message, StandardCharsets.UTF_8).substring(1));
            client.send(Frame.text("4next"));
            assertThat(session.nextMessage()).isEqualTo("next");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {LIMIT, 100_000, 70_001})
    void takesBytesOfExactlyTheLimit(int frameBytes) throws Exception {
        try (RawWebSocket client = RawWebSocket.open(engine)) {
            RecordedSession session = engine.session(client.readSid());
            byte[] message = text(LIMIT);

            send(client, RawWebSocket.BINARY, message, frameBytes);

            assertThat(session.nextMessage()).isEqualTo(message);
            client.send(Frame.text("4next"));
            assertThat(session.nextMessage()).isEqualTo("next");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {LIMIT + 1, LIMIT, 100_000, 70_001})
    void closesForLongerText(int frameBytes) throws Exception {
        assertTooBig(RawWebSocket.TEXT, frameBytes);
    }

    @ParameterizedTest
    @ValueSource(ints = {LIMIT + 1, LIMIT, 100_000, 70_001})
    void closesForMoreBytes(int frameBytes) throws Exception {
        assertTooBig(RawWebSocket.BINARY, frameBytes);
    }

    private void assertTooBig(int opcode, int frameBytes) throws Exception {
        try (RawWebSocket client = RawWebSocket.open(engine)) {
            RecordedSession session = engine.session(client.readSid());

            send(client, opcode, text(LIMIT + 1), frameBytes);

            assertThat(client.read().closeCode()).isEqualTo(TOO_BIG);
            assertThat(session.end()).isEqualTo("transport error: message of more than 1000000 bytes");
            assertThat(session.hasMessages()).isFalse();
        }
    }

    @Test
    void closesForALongMessageBeforeItsEnd() throws Exception {
        try (RawWebSocket client = RawWebSocket.open(engine)) {
            RecordedSession session = engine.session(client.readSid());
            client.send(new Frame(false, RawWebSocket.TEXT, text(LIMIT)));
            client.send(new Frame(false, RawWebSocket.CONTINUATION, text(10)));

            assertThat(client.read().closeCode()).isEqualTo(TOO_BIG);
            assertThat(session.end()).startsWith("transport error");
        }
    }

    @Test
    void closesForTextThatIsNotUtf8() throws Exception {
        try (RawWebSocket client = RawWebSocket.open(engine)) {
            RecordedSession session = engine.session(client.readSid());
            client.send(new Frame(true, RawWebSocket.TEXT, new byte[] {'4', (byte) 0xc0, (byte) 0x80, 'x'}));

            assertThat(client.read().closeCode()).isEqualTo(1007);
            assertThat(session.end()).startsWith("transport error: ");
            assertThat(session.hasMessages()).isFalse();
        }
    }

    @Test
    void closesForAMessageThatEndsInTheMidstOfACharacter() throws Exception {
        try (RawWebSocket client = RawWebSocket.open(engine)) {
            RecordedSession session = engine.session(client.readSid());
            client.send(new Frame(true, RawWebSocket.TEXT, new byte[] {'4', (byte) 0xe2, (byte) 0x82}));

            assertThat(client.read().closeCode()).isEqualTo(1007);
            assertThat(session.end()).startsWith("transport error: ");
        }
    }

    @Test
    void closesForAFrameWithoutAMask() throws Exception {
        try (RawWebSocket client = RawWebSocket.open(engine)) {
            RecordedSession session = engine.session(client.readSid());
            client.connection().write(RawWebSocket.encode(Frame.text("4x"), new byte[0]));

            assertThat(client.read().closeCode()).isEqualTo(1002);
            assertThat(session.end()).startsWith("transport error: ");
            assertThat(session.hasMessages()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 7, 11, 0x40 | 1, 0x10 | 1})
    void closesForFramesThatTheProtocolReserves(int opcodeAndBits) throws Exception {
        try (RawWebSocket client = RawWebSocket.open(engine)) {
            RecordedSession session = engine.session(client.readSid());
            client.send(new Frame(true, opcodeAndBits, new byte[] {'4', 'x'}));

            assertThat(client.read().closeCode()).isEqualTo(1002);
            assertThat(session.end()).startsWith("transport error: ");
            assertThat(session.hasMessages()).isFalse();
        }
    }

    @Test
    void closesForAContinuationOfNothing() throws Exception {
        try (RawWebSocket client = RawWebSocket.open(engine)) {
            RecordedSession session = engine.session(client.readSid());
            client.send(new Frame(true, RawWebSocket.CONTINUATION, new byte[] {'4', 'x'}));

            assertThat(client.read().closeCode()).isEqualTo(1002);
            assertThat(session.end()).startsWith("transport error: ");
        }
    }

    @Test
    void losesNoOtherConnectionWhenOneBreaksTheRules() throws Exception {
        try (RawWebSocket good = RawWebSocket.open(engine);
                RawWebSocket bad = RawWebSocket.open(engine)) {
            RecordedSession session = engine.session(good.readSid());
            bad.connection().write(new byte[] {-1, -1, -1, -1, -1, -1, -1, -1});
            assertThat(engine.session(bad.readSid()).end()).startsWith("transport error");

            good.send(Frame.text("4fine"));
            assertThat(session.nextMessage()).isEqualTo("fine");
        }
    }

    /** Reads until the server says that it closes, or is found to have cut the connection. */
    private static void readToTheEnd(RawWebSocket client) throws Exception {
        boolean open = true;
        while (open) {
            try {
                open = client.read().opcode() != RawWebSocket.CLOSE;
            } catch (EOFException | SocketException cut) {
                open = false;
            }
        }
    }

    @Test
    void cutsAClientOffThatDoesNotRead() throws Exception {
        WebSocketClient other = WebSocketClient.open(engine.webSocketUri("EIO=4&transport=websocket"));
        RecordedSession otherSession = engine.session(PollingClient.sidOf((String) other.nextMessage()));
        try (RawWebSocket deaf = RawWebSocket.open(engine)) {
            RecordedSession session = engine.session(deaf.readSid());
            String message = "x".repeat(500_000);
            int sent = 0;
            while (sent < 200 && session.socket().send(message)) {
                sent++;
            }
            assertThat(sent).isBetween(16, 199);
            assertThat(session.end()).startsWith("outbox full: ");
            readToTheEnd(deaf);
        }
        otherSession.socket().send("not concerned");
        assertThat(other.nextMessage()).isEqualTo("4not concerned");
        other.socket().abort();
    }
}
