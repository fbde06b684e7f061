package dev.socketio.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.engine.EngineOptions;
import dev.socketio.servlet.RawWebSocket.Frame;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compressed WebSocket messages, where the option allows them (RFC 7692). */
@ParameterizedClass
@MethodSource("engines")
final class DeflateIT {

    private static final String OFFER = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits";
    private static final int TOO_BIG = 1009;

    private final TestEngine engine;
    private final Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, /* nowrap= */ true);
    private final Inflater inflater = new Inflater(/* nowrap= */ true);

    DeflateIT(TestEngine engine) {
        this.engine = engine;
    }

    static Stream<TestEngine> engines() {
        EngineOptions options = EngineOptions.builder().perMessageDeflate(true).build();
        return Stream.of(Platform.JETTY, Platform.JETTY_WITH_JAKARTA, Platform.TOMCAT)
                .map(platform -> TestEngine.start(platform, options));
    }

    /** Compresses a message with the context of those before it; what ends the block is left out. */
    private byte[] deflate(byte[] message) {
        deflater.setInput(message);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        int length;
        do {
            length = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
            out.write(buffer, 0, length);
        } while (length == buffer.length);
        byte[] all = out.toByteArray();
        return Arrays.copyOf(all, all.length - 4);
    }

    private String inflate(byte[] message) throws DataFormatException {
        byte[] whole = Arrays.copyOf(message, message.length + 4);
        whole[message.length + 2] = -1;
        whole[message.length + 3] = -1;
        inflater.setInput(whole);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        for (int length = inflater.inflate(buffer); length > 0; length = inflater.inflate(buffer)) {
            out.write(buffer, 0, length);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Reads a message that may come in several frames, compressed or not. */
    private String read(RawWebSocket client) throws Exception {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        Frame first = client.read();
        message.writeBytes(first.payload());
        for (Frame frame = first; !frame.last(); message.writeBytes(frame.payload())) {
            frame = client.read();
        }
        boolean compressed = (first.opcode() & RawWebSocket.COMPRESSED) != 0;
        return compressed ? inflate(message.toByteArray()) : message.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "permessage-deflate                                        | true",
                "permessage-deflate; client_max_window_bits                | true",
                "permessage-deflate; server_no_context_takeover            | true",
                "permessage-deflate; client_no_context_takeover            | true",
                "permessage-deflate; server_max_window_bits=10             | false",
                "permessage-deflate; unknown                               | false",
                "permessage-deflate; server_max_window_bits=9, permessage-deflate | true",
                "permessage-deflate, permessage-deflate; client_max_window_bits | true",
                "x-webkit-deflate-frame                                    | false",
                "-                                                         | false",
            })
    void takesTheFirstOfferThatItCanMeet(@Nullable String offer, boolean taken) throws Exception {
        String[] headers = offer == null ? new String[0] : new String[] {"Sec-WebSocket-Extensions: " + offer};
        try (RawWebSocket client = RawWebSocket.open(engine, headers)) {
            String answer = client.response().header("sec-websocket-extensions");
            assertThat(answer == null ? "" : answer).matches(taken ? "permessage-deflate[^,]*" : "");
            assertThat(read(client)).startsWith("0{");
        }
    }

    @Test
    void compressesBothWaysAndRemembersWhatItHasSeen() throws Exception {
        try (RawWebSocket client = RawWebSocket.open(engine, OFFER)) {
            String handshake = read(client);
            RecordedSession session = engine.session(PollingClient.sidOf(handshake));
            String message = "a message, and another €, ".repeat(500);
            for (int i = 0; i < 5; i++) {
                byte[] compressed = deflate(("4" + i + message).getBytes(StandardCharsets.UTF_8));
                client.send(new Frame(true, RawWebSocket.TEXT | RawWebSocket.COMPRESSED, compressed));
                assertThat(session.nextMessage()).isEqualTo(i + message);

                session.socket().send(message + i);
                assertThat(read(client)).isEqualTo("4" + message + i);
            }
        }
    }

    @Test
    void compressesWhatIsLargeOrNoise() throws Exception {
        try (RawWebSocket client = RawWebSocket.open(engine, OFFER)) {
            RecordedSession session = engine.session(PollingClient.sidOf(read(client)));
            StringBuilder noise = new StringBuilder();
            new Random(1).ints(300_000, 32, 0x2000).forEach(noise::appendCodePoint);
            session.socket().send(noise.toString());
            session.socket().send("");

            assertThat(read(client)).isEqualTo("4" + noise);
            assertThat(read(client)).isEqualTo("4");
        }
    }

    @Test
    void takesWhatIsNotCompressedToo() throws Exception {
        try (RawWebSocket client = RawWebSocket.open(engine, OFFER)) {
            RecordedSession session = engine.session(PollingClient.sidOf(read(client)));

            client.send(Frame.text("4plain"));

            assertThat(session.nextMessage()).isEqualTo("plain");
        }
    }

    @Test
    void messagesWaitUntilTheyAreWanted() throws Exception {
        int count = 500;
        try (RawWebSocket client = RawWebSocket.open(engine, OFFER)) {
            RecordedSession session = engine.session(PollingClient.sidOf(read(client)));
            session.socket().pause();
            ByteArrayOutputStream frames = new ByteArrayOutputStream();
            for (int i = 0; i < count; i++) {
                byte[] message = deflate(("4" + i).getBytes(StandardCharsets.US_ASCII));
                frames.writeBytes(RawWebSocket.encode(
                        new Frame(true, RawWebSocket.TEXT | RawWebSocket.COMPRESSED, message), new byte[4]));
            }
            client.connection().write(frames.toByteArray());

            session.socket().resume();

            for (int i = 0; i < count; i++) {
                assertThat(session.nextMessage()).isEqualTo(String.valueOf(i));
            }
        }
    }

    /** Makes a message that takes a thousandth of what it says it is. */
    private byte[] bomb(int megabytes) {
        byte[] megabyte = new byte[1_000_000];
        Arrays.fill(megabyte, (byte) '4');
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        for (int i = 0; i < megabytes; i++) {
            deflater.setInput(megabyte);
            for (int length = deflater.deflate(buffer); length > 0; length = deflater.deflate(buffer)) {
                bomb.write(buffer, 0, length);
            }
        }
        bomb.writeBytes(deflate(new byte[0]));
        return bomb.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {RawWebSocket.TEXT, RawWebSocket.BINARY})
    void closesForABombWithoutTheMemory(int opcode) throws Exception {
        byte[] bomb = bomb(100);
        try (RawWebSocket client = RawWebSocket.open(engine, OFFER)) {
            RecordedSession session = engine.session(PollingClient.sidOf(read(client)));

            client.send(new Frame(true, opcode | RawWebSocket.COMPRESSED, bomb));

            assertThat(client.read().closeCode()).isEqualTo(TOO_BIG);
            assertThat(session.end()).isEqualTo("transport error: message of more than 1000000 bytes");
            assertThat(engine.clientsCount()).isZero();
        }
    }
}
