package dev.socketio.engine;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BinaryPayloadTest {

    private static final EnginePacket EURO = EnginePacket.message("€");
    private static final EnginePacket BYTES = EnginePacket.message(new byte[] {1, 2, 3, 4});

    static Stream<Arguments> payloads() {
        return Stream.of(
                Arguments.of(List.of(EURO, BYTES), "00 04 ff 34 e2 82 ac 01 05 ff 04 01 02 03 04"),
                Arguments.of(List.of(BYTES), "01 05 ff 04 01 02 03 04"),
                Arguments.of(List.of(BYTES, EnginePacket.PONG), "01 05 ff 04 01 02 03 04 00 01 ff 33"),
                Arguments.of(List.of(EnginePacket.message(new byte[0])), "01 01 ff 04"),
                Arguments.of(List.of(EnginePacket.message("🔑")), "00 05 ff 34 f0 9f 94 91"),
                Arguments.of(
                        List.of(EnginePacket.message("aaaaaaaaaaa")),
                        "00 01 02 ff 34 61 61 61 61 61 61 61 61 61 61 61"));
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void writesPackets(List<EnginePacket> packets, String payload) {
        assertThat(BinaryPayload.encode(packets)).isEqualTo(bytes(payload));
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void readsPackets(List<EnginePacket> packets, String payload) {
        assertThat(read(bytes(payload))).isEqualTo(packets.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                // payload | what is read
                "\"\"                                  | [null]",
                "00                                    | [null]",
                "01                                    | [null]",
                "02 01 ff 34                           | [null]",
                "ff 01 ff 34                           | [null]",
                "00 ff                                 | [null]",
                "00 ff 34                              | [null]",
                "00 01                                 | [null]",
                "00 01 ff                              | [null]",
                "00 02 ff 34                           | [null]",
                "00 00 ff                              | [null]",
                "01 00 ff                              | [null]",
                "00 0a ff 34 61 61 61 61 61 61 61 61 61 | [null]",
                "00 fe 01 ff 34                        | [null]",
                "00 31 ff 34                           | [null]",
                "00 02 01 04 07 04 08 03 06 04 08 ff 34 | [null]",
                "00 04 02 09 04 09 06 07 02 09 07 ff 34 | [null]",
                "00 01 ff 39                           | [null]",
                "01 01 ff 02                           | [null]",
                "01 01 ff 34                           | [null]",
                "00 01 ff 36 00                        | [6, null]",
                "00 01 ff 36 01 05 ff 04 01            | [6, null]",
                "00 00 01 ff 36                        | [6]",
            })
    void readsNothingElse(String payload, String packets) {
        assertThat(read(bytes(payload))).isEqualTo(packets);
    }

    @Test
    void manyDigitsCostNoMoreThanTheirNumber() {
        byte[] nines = new byte[1_000_000];
        Arrays.fill(nines, (byte) 9);
        nines[0] = 0;

        assertThat(read(nines)).isEqualTo("[null]");

        byte[] zeros = new byte[1_000_000];
        assertThat(read(zeros)).isEqualTo("[null]");
    }

    @Test
    void readsWhatItWrites() {
        Random random = new Random(3);
        for (int i = 0; i < 2_000; i++) {
            List<EnginePacket> packets = new ArrayList<>();
            for (int n = random.nextInt(4); n >= 0; n--) {
                packets.add(anyMessage(random));
            }
            Payload payload = new BinaryPayload(BinaryPayload.encode(packets));

            for (EnginePacket packet : packets) {
                EnginePacket read = requireNonNull(payload.next());
                assertThat(read.isBinary()).isEqualTo(packet.isBinary());
                assertThat(content(read)).isEqualTo(content(packet));
            }
            assertThat(payload.hasNext()).isFalse();
        }
    }

    @Test
    void endsForAnyBytes() {
        Random random = new Random(33);
        byte[] alphabet = {0, 1, 2, 9, 4, -1, 0x34};
        for (int i = 0; i < 5_000; i++) {
            byte[] body = new byte[random.nextInt(30)];
            for (int n = 0; n < body.length; n++) {
                body[n] = alphabet[random.nextInt(alphabet.length)];
            }

            Payload payload = new BinaryPayload(body);
            int packets = 0;
            while (payload.hasNext()) {
                payload.next();
                packets++;
            }
            assertThat(packets).isBetween(1, body.length + 1);
        }
    }

    private static EnginePacket anyMessage(Random random) {
        byte[] bytes = new byte[random.nextInt(120)];
        random.nextBytes(bytes);
        return random.nextBoolean()
                ? EnginePacket.message(bytes)
                : EnginePacket.message(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    private static Object content(EnginePacket packet) {
        return packet.isBinary() ? packet.bytes() : packet.text();
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private static String read(byte[] body) {
        List<EnginePacket> packets = new ArrayList<>();
        for (Payload read = new BinaryPayload(body); read.hasNext(); ) {
            packets.add(read.next());
        }
        return packets.toString();
    }
}
