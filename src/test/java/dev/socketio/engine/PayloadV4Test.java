package dev.socketio.engine;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadV4Test {

    private final PayloadCodec codec = new PayloadV4();

    private static final EnginePacket HELLO = EnginePacket.message("hello");
    private static final EnginePacket BYTES = EnginePacket.message(new byte[] {1, 2, 3, 4});

    static Stream<Arguments> payloads() {
        return Stream.of(
                Arguments.of(List.of(HELLO), "4hello"),
                Arguments.of(List.of(EnginePacket.message("")), "4"),
                Arguments.of(List.of(EnginePacket.message("€")), "4€"),
                Arguments.of(List.of(EnginePacket.NOOP), "6"),
                Arguments.of(List.of(HELLO, EnginePacket.PING, HELLO), "4hello\u001e2\u001e4hello"),
                Arguments.of(List.of(EnginePacket.message(""), HELLO), "4\u001e4hello"),
                Arguments.of(List.of(BYTES), "bAQIDBA=="),
                Arguments.of(List.of(HELLO, BYTES), "4hello\u001ebAQIDBA=="),
                Arguments.of(List.of(BYTES, HELLO), "bAQIDBA==\u001e4hello"),
                Arguments.of(List.of(EnginePacket.message(new byte[0])), "b"),
                Arguments.of(List.of(EnginePacket.message(new byte[] {-5, -1, -65})), "b+/+/"));
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void writesPackets(List<EnginePacket> packets, String payload) {
        assertThat(codec.encode(packets)).isEqualTo(payload);
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void readsPackets(List<EnginePacket> packets, String payload) {
        assertThat(read(payload)).isEqualTo(packets.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "bAQIDBA==, AQIDBA==",
        "bAQIDBA, AQIDBA==",
        "b+/+/, +/+/",
        "b-_-_, +/+/",
        "b-_8, +/8=",
        "b-_8=, +/8=",
        "b, ''",
        "b+_, +w==",
        "bA, ''",
        "b!, ''",
        "b A Q=, AQ==",
        "bAQ==AQ==, AQ==",
    })
    void readsBase64AsLenientlyAsClientsWriteIt(String payload, String base64) {
        EnginePacket packet = requireNonNull(codec.decode(payload).next());

        assertThat(packet.bytes()).asBase64Encoded().isEqualTo(base64);
    }

    @Test
    void readsTheBrokenLinesOfTheJavaClient() {
        byte[] bytes = new byte[200];
        new Random(1).nextBytes(bytes);
        String lines = Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(bytes);

        EnginePacket packet = requireNonNull(codec.decode("b" + lines + "\n").next());

        assertThat(packet.bytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "9", "{}"})
    void readsNothingElse(String payload) {
        Payload read = codec.decode(payload);

        assertThat(read.hasNext()).isTrue();
        assertThat(read.next()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"'', [null]", "_, '[null, null]'", "4_, '[4, null]'", "_4, '[null, 4]'", "4__4, '[4, null, 4]'"})
    void emptyPacketsAreInvalidOnes(String payload, String packets) {
        assertThat(read(payload.replace('_', '\u001e'))).isEqualTo(packets);
    }

    @Test
    void readsWhatItWrites() {
        Random random = new Random(4);
        for (int i = 0; i < 2_000; i++) {
            List<EnginePacket> packets = new ArrayList<>();
            for (int n = random.nextInt(4); n >= 0; n--) {
                packets.add(anyMessage(random));
            }
            Payload payload = codec.decode(codec.encode(packets));

            for (EnginePacket packet : packets) {
                EnginePacket read = requireNonNull(payload.next());
                assertThat(read.isBinary()).isEqualTo(packet.isBinary());
                assertThat(content(read)).isEqualTo(content(packet));
            }
            assertThat(payload.hasNext()).isFalse();
        }
    }

    private static EnginePacket anyMessage(Random random) {
        byte[] bytes = new byte[random.nextInt(20)];
        random.nextBytes(bytes);
        return random.nextBoolean()
                ? EnginePacket.message(bytes)
                : EnginePacket.message(new String(bytes, StandardCharsets.ISO_8859_1).replace('\u001e', ' '));
    }

    private static Object content(EnginePacket packet) {
        return packet.isBinary() ? packet.bytes() : packet.text();
    }

    private String read(String payload) {
        List<EnginePacket> packets = new ArrayList<>();
        for (Payload read = codec.decode(payload); read.hasNext(); ) {
            packets.add(read.next());
        }
        return packets.toString();
    }
}
