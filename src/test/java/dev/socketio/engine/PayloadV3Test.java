package dev.socketio.engine;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadV3Test {

    private static final EnginePacket HELLO = EnginePacket.message("hello");
    private static final EnginePacket BYTES = EnginePacket.message(new byte[] {1, 2, 3, 4});

    private final PayloadCodec codec = new PayloadV3(/* mayBeEncodedTwice= */ false);

    static Stream<Arguments> payloads() {
        return Stream.of(
                Arguments.of(List.of(HELLO), "6:4hello"),
                Arguments.of(List.of(EnginePacket.message("")), "1:4"),
                Arguments.of(List.of(EnginePacket.message("€")), "2:4€"),
                Arguments.of(List.of(EnginePacket.message("🔑")), "3:4🔑"),
                Arguments.of(List.of(EnginePacket.message("2:4a")), "5:42:4a"),
                Arguments.of(List.of(EnginePacket.message("x".repeat(99))), "100:4" + "x".repeat(99)),
                Arguments.of(List.of(EnginePacket.NOOP), "1:6"),
                Arguments.of(List.of(EnginePacket.NOOP, EnginePacket.CLOSE), "1:61:1"),
                Arguments.of(List.of(HELLO, EnginePacket.PONG, HELLO), "6:4hello1:36:4hello"),
                Arguments.of(List.of(BYTES), "10:b4AQIDBA=="),
                Arguments.of(List.of(EnginePacket.message("€"), BYTES), "2:4€10:b4AQIDBA=="),
                Arguments.of(List.of(BYTES, HELLO), "10:b4AQIDBA==6:4hello"),
                Arguments.of(List.of(EnginePacket.message(new byte[0])), "2:b4"));
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
    @CsvSource(
            delimiter = '|',
            value = {
                "0:           | [6]",
                "0:6:4hello   | [6, 4hello]",
                "06:4hello    | [4hello]",
                "8:b4AQIDBA   | [4<4 bytes>]",
                "6:b4-_8=     | [4<2 bytes>]",
                "8:b4AQ!IDB   | [4<3 bytes>]",
            })
    void readsWhatOtherClientsWrite(String payload, String packets) {
        assertThat(read(payload)).isEqualTo(packets);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                // payload | what is read
                "\"\"                                  | [null]",
                "abc                                   | [null]",
                "4hello                                | [null]",
                ":4hello                               | [null]",
                "6                                     | [null]",
                "6:                                    | [null]",
                "6:4hell                               | [null]",
                "7:4hello                              | [null]",
                "-1:4hello                             | [null]",
                "+6:4hello                             | [null]",
                "6.0:4hello                            | [null]",
                "6e0:4hello                            | [null]",
                "0x6:4hello                            | [null]",
                "٦:4hello                              | [null]",
                "2147483648:4hello                     | [null]",
                "4294967302:4hello                     | [null]",
                "18446744073709551622:4hello           | [null]",
                "99999999999999999999999999999999:4hello | [null]",
                "5:4hello                              | [4hell, null]",
                "1:61                                  | [6, null]",
                "1:6x                                  | [6, null]",
                "6:4hello-1:6                          | [4hello, null]",
                "1:9                                   | [null]",
                "1:b                                   | [null]",
                "2:b2                                  | [null]",
            })
    void readsNothingElse(String payload, String packets) {
        assertThat(read(payload)).isEqualTo(packets);
    }

    @ParameterizedTest
    @ValueSource(ints = {100_000, 1_000_000})
    void manyDigitsCostNoMoreThanTheirNumber(int digits) {
        assertThat(read("0".repeat(digits) + "1:6")).isEqualTo("[6]");
        assertThat(read("9".repeat(digits) + ":6")).isEqualTo("[null]");
        assertThat(read("1".repeat(digits))).isEqualTo("[null]");
    }

    @Test
    void readsWhatItWrites() {
        Random random = new Random(3);
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

    @Test
    void endsForAnyText() {
        Random random = new Random(33);
        String alphabet = "0123456789:b4-A=x€";
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(30); n > 0; n--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }

            Payload payload = codec.decode(text.toString());
            int packets = 0;
            while (payload.hasNext()) {
                payload.next();
                packets++;
            }
            assertThat(packets).isBetween(1, text.length() + 1);
        }
    }

    private static EnginePacket anyMessage(Random random) {
        byte[] bytes = new byte[random.nextInt(20)];
        random.nextBytes(bytes);
        return random.nextBoolean()
                ? EnginePacket.message(bytes)
                : EnginePacket.message(new String(bytes, StandardCharsets.ISO_8859_1));
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
