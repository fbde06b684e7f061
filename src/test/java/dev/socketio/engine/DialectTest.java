package dev.socketio.engine;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DialectTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // t              | b64 | dialect
                "                 |     | STANDARD",
                "1416789000123-0  |     | BEFORE_1_6",
                "Q7zeB6m          |     | SINCE_1_6",
                "Q7zeB6m.1        |     | SINCE_1_6",
                "1416789000123-0- |     | SINCE_1_6",
                "Q7zeB6m          | 1   | TEXT_ONLY",
                "1416789000123-0  | 1   | TEXT_ONLY",
                "                 | 1   | TEXT_ONLY",
            })
    void isKnownByTheQueryOfTheHandshake(String number, String base64, Dialect dialect) {
        Map<String, String> query =
                Map.of("EIO", "3", "t", number == null ? "" : number, "b64", base64 == null ? "" : base64);

        assertThat(Dialect.of(query)).isEqualTo(dialect);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // dialect  | ascii | other | bytes
                "TEXT_ONLY  | false | false | false",
                "STANDARD   | false | false | true",
                "SINCE_1_6  | false | true  | true",
                "BEFORE_1_6 | true  | true  | true",
            })
    void decidesWhatGoesOutAsBytes(Dialect dialect, boolean ascii, boolean other, boolean bytes) {
        EnginePacket plain = EnginePacket.message("plain");
        assertThat(dialect.wantsBinary(List.of(plain))).isEqualTo(ascii);
        assertThat(dialect.wantsBinary(List.of(plain, EnginePacket.message("é"))))
                .isEqualTo(other);
        assertThat(dialect.wantsBinary(List.of(plain, EnginePacket.message(new byte[] {1}))))
                .isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({
        "plain, plain",
        "hÃ©, hé",
        "é, é",
        "naïve, naïve",
        "Ã© €, Ã© €",
        "Ã, Ã",
    })
    void readsTextThatWasEncodedTwice(String sent, String text) {
        String payload = (sent.length() + 1) + ":4" + sent;

        EnginePacket packet =
                new PayloadV3(/* mayBeEncodedTwice= */ true).decode(payload).next();

        assertThat(requireNonNull(packet).data()).isEqualTo(text);
    }

    @Test
    void readsWhatAnOldClientMakesOfTextBeyondTheBasicPlane() {
        String twice = new String("4🔑".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);

        EnginePacket packet = new PayloadV3(/* mayBeEncodedTwice= */ true)
                .decode(twice.length() + ":" + twice)
                .next();

        assertThat(requireNonNull(packet).data()).isEqualTo("🔑");
    }

    @Test
    void leavesTextOfOtherClientsAlone() {
        EnginePacket packet =
                new PayloadV3(/* mayBeEncodedTwice= */ false).decode("4:4hÃ©").next();

        assertThat(requireNonNull(packet).data()).isEqualTo("hÃ©");
    }

    @Test
    void writesAsAClientReadsThatWasSeenToEncodeTwice() {
        PayloadCodec codec = new PayloadV3(/* mayBeEncodedTwice= */ true);
        List<EnginePacket> answer = List.of(EnginePacket.message("hé€"), EnginePacket.message(new byte[] {1}));
        assertThat(codec.encode(answer)).isEqualTo("4:4hé€6:b4AQ==");

        codec.decode("4:4hÃ©").next();

        String twice = new String("4hé€".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        assertThat(codec.encode(answer)).isEqualTo("7:" + twice + "6:b4AQ==");
        assertThat(codec.encode(List.of(EnginePacket.message("plain")))).isEqualTo("6:4plain");
    }
}
