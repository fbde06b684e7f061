package dev.socketio.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MsgpackTest {

    private final ObjectMapper json = Json.mapper(1_000_000);
    private final Msgpack msgpack = new Msgpack(json);

    @Test
    void readsWhatItHasWritten() {
        ObjectNode tree = json.createObjectNode().put("text", "ü").put("bytes", new byte[] {1, -1});
        tree.putArray("numbers").add(1).add(-1.5).add(1L << 40);
        tree.putNull("nothing");
        JsonNode read = msgpack.read(msgpack.write(tree));
        assertThat(read).isEqualTo(tree);
    }

    /** The three widths of a timestamp that MessagePack has, which servers on Node write for a Date. */
    @ParameterizedTest
    @CsvSource({
        "d6ff5f5e1000, 2020-09-13T12:26:40.000Z",
        "d7ff77359400 5f5e1000, 2020-09-13T12:26:40.500Z",
        "c70cff 1dcd6500 ffffffffffffffff, 1969-12-31T23:59:59.500Z",
    })
    void readsTimestampsAsText(String hex, String text) {
        JsonNode read = msgpack.read(HexFormat.of().parseHex(hex.replace(" ", "")));
        assertThat(read.textValue()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"c70cff 3b9aca00 0000000000000000", "c70cff 00000000 7fffffffffffffff"})
    void aTimestampOutsideOfTimeIsNull(String hex) {
        assertThat(msgpack.read(HexFormat.of().parseHex(hex.replace(" ", ""))).isNull())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"c0c0", "d6005f5e1000", "92c0"})
    void refusesWhatIsNotOneValue(String hex) {
        assertThatExceptionOfType(PacketException.class)
                .isThrownBy(() -> msgpack.read(HexFormat.of().parseHex(hex)));
    }
}
