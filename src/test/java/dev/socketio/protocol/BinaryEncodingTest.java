package dev.socketio.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes become attachments wherever they stand. */
class BinaryEncodingTest {

    private static final String FIRST = "{\"_placeholder\":true,\"num\":0}";
    private static final String SECOND = "{\"_placeholder\":true,\"num\":1}";

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Picture(String name, byte[] pixels) {}

    private final ObjectMapper json = Json.mapper(1_000_000);
    private final TextEncoder encoder = new TextEncoder(json);

    static Stream<Object[]> holders() {
        byte[] bytes = {1, 2};
        ObjectMapper mapper = new ObjectMapper();
        return Stream.of(
                new Object[] {bytes, FIRST},
                new Object[] {new Picture("cat", bytes), "{\"name\":\"cat\",\"pixels\":" + FIRST + "}"},
                new Object[] {Map.of("raw", bytes), "{\"raw\":" + FIRST + "}"},
                new Object[] {List.of(List.of(bytes)), "[[" + FIRST + "]]"},
                new Object[] {new Object[] {bytes}, "[" + FIRST + "]"},
                new Object[] {mapper.getNodeFactory().binaryNode(bytes), FIRST},
                new Object[] {mapper.createObjectNode().put("raw", bytes), "{\"raw\":" + FIRST + "}"},
                new Object[] {ByteBuffer.wrap(bytes), FIRST});
    }

    @ParameterizedTest
    @MethodSource("holders")
    void findsBytesWhereverTheyStand(Object value, String argument) {
        EncodedPacket packet = encoder.event(Outgoing.event("/", "e", new Object[] {value}, -1));

        assertThat(packet.text()).isEqualTo("51-[\"e\"," + argument + "]");
        assertThat(packet.attachments()).containsExactly(new byte[] {1, 2});
    }

    @Test
    void countsAttachmentsInTheOrderOfTheText() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("deep", List.of(new byte[] {1}));
        map.put("flat", new byte[] {2});

        EncodedPacket packet = encoder.event(Outgoing.event("/", "e", new Object[] {map}, -1));

        assertThat(packet.text()).isEqualTo("52-[\"e\",{\"deep\":[" + FIRST + "],\"flat\":" + SECOND + "}]");
        assertThat(packet.attachments()).containsExactly(new byte[] {1}, new byte[] {2});
    }

    @Test
    void sendsTheSameBytesTwiceIfTheyStandInTwoPlaces() {
        byte[] bytes = {1};

        EncodedPacket packet = encoder.event(Outgoing.event("/", "e", new Object[] {bytes, bytes}, -1));

        assertThat(packet.text()).isEqualTo("52-[\"e\"," + FIRST + "," + SECOND + "]");
        assertThat(packet.attachments()).hasSize(2);
    }

    @Test
    void emptyBytesAreAnAttachmentToo() {
        EncodedPacket packet = encoder.event(Outgoing.event("/", "e", new Object[] {new byte[0]}, -1));

        assertThat(packet.attachments()).containsExactly(new byte[0]);
    }

    @Test
    void writesAnEventInANamespaceWithAnAckId() {
        EncodedPacket packet = encoder.event(Outgoing.event("/admin", "e", new Object[] {new byte[0]}, 12));

        assertThat(packet.text()).isEqualTo("51-/admin,12[\"e\"," + FIRST + "]");
    }

    @Test
    void writesAnAck() {
        EncodedPacket packet = encoder.ack("/", "7", List.of(new byte[0]));

        assertThat(packet.text()).isEqualTo("61-7[" + FIRST + "]");
    }

    @Test
    void writesAnAckInANamespace() {
        EncodedPacket packet = encoder.ack("/admin", "7", List.of(new byte[0]));

        assertThat(packet.text()).isEqualTo("61-/admin,7[" + FIRST + "]");
    }

    @Test
    void refusalsHaveNoAttachments() {
        EncodedPacket packet = encoder.connectError("/", Outgoing.refusal("no", new byte[] {1}));

        assertThat(packet.text()).startsWith("4{");
        assertThat(packet.attachments()).isEmpty();
    }

    @Test
    void textIsWrittenBesideBytesAsEver() {
        EncodedPacket packet =
                encoder.event(Outgoing.event("/", "e", new Object[] {new byte[0], "\ud800", Double.NaN}, -1));

        assertThat(packet.text()).isEqualTo("51-[\"e\"," + FIRST + ",\"\\ud800\",null]");
    }
}
