package dev.socketio.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes to clients, byte by byte. */
class MsgpackEncoderTest {

    private static final String TYPE = "a474797065";
    private static final String NAMESPACE = "a36e7370";
    private static final String MAIN = NAMESPACE + "a12f";
    private static final String DATA = "a464617461";
    private static final String ID = "a26964";

    record Point(int x, @Nullable String label, ByteBuffer bytes) {}

    private final ObjectMapper json = Json.mapper(1_000_000);
    private final MsgpackEncoder encoder = new MsgpackEncoder(json);

    @Test
    void eventsAreMapsOfTypeNamespaceAndData() {
        assertThat(hex(encoder.event(Outgoing.event("/", "hi", new Object[] {new byte[] {1}}, -1))))
                .isEqualTo("83" + TYPE + "02" + MAIN + DATA + "92a26869c40101");
    }

    @Test
    void eventsThatWantAnAnswerHaveAnId() {
        assertThat(hex(encoder.event(Outgoing.event("/a", "hi", new Object[0], 128))))
                .isEqualTo("84" + TYPE + "02" + NAMESPACE + "a22f61" + ID + "cc80" + DATA + "91a26869");
    }

    @ParameterizedTest
    @CsvSource({"12, 0c", "-1, ff", "9007199254740993, cf0020000000000001"})
    void answersHaveTheIdOfTheirEvent(String ackId, String written) {
        assertThat(hex(encoder.ack("/", ackId, Arrays.asList("ok", null))))
                .isEqualTo("84" + TYPE + "03" + MAIN + ID + written + DATA + "92a26f6bc0");
    }

    @Test
    void welcomesToANamespace() {
        assertThat(hex(encoder.connect("/", Map.of("sid", "abc"))))
                .isEqualTo("83" + TYPE + "00" + MAIN + DATA + "81a3736964a3616263");
        assertThat(hex(encoder.connect("/", null))).isEqualTo("82" + TYPE + "00" + MAIN);
    }

    @Test
    void refusesANamespace() {
        assertThat(hex(encoder.connectError("/", Outgoing.refusal("no", null))))
                .isEqualTo("83" + TYPE + "04" + MAIN + DATA + "81a76d657373616765a26e6f");
    }

    @Test
    void leavesANamespace() {
        assertThat(hex(encoder.disconnect("/"))).isEqualTo("82" + TYPE + "01" + MAIN);
    }

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of(null, "c0"),
                Arguments.of(false, "c2"),
                Arguments.of(true, "c3"),
                Arguments.of(0, "00"),
                Arguments.of(127, "7f"),
                Arguments.of(128, "cc80"),
                Arguments.of(255, "ccff"),
                Arguments.of(256, "cd0100"),
                Arguments.of(65_535, "cdffff"),
                Arguments.of(65_536, "ce00010000"),
                Arguments.of(0xffff_ffffL, "ceffffffff"),
                Arguments.of(0x1_0000_0000L, "cf0000000100000000"),
                Arguments.of(Long.MAX_VALUE, "cf7fffffffffffffff"),
                Arguments.of(-1, "ff"),
                Arguments.of(-32, "e0"),
                Arguments.of(-33, "d0df"),
                Arguments.of(-128, "d080"),
                Arguments.of(-129, "d1ff7f"),
                Arguments.of(-32_768, "d18000"),
                Arguments.of(-32_769, "d2ffff7fff"),
                Arguments.of(Integer.MIN_VALUE, "d280000000"),
                Arguments.of(Integer.MIN_VALUE - 1L, "d3ffffffff7fffffff"),
                Arguments.of(Long.MIN_VALUE, "d38000000000000000"),
                Arguments.of(new BigInteger("12"), "0c"),
                Arguments.of(new BigInteger("18446744073709551615"), "cfffffffffffffffff"),
                Arguments.of(new BigInteger("18446744073709551616"), "cb43f0000000000000"),
                Arguments.of(new BigInteger("-9223372036854775809"), "cbc3e0000000000000"),
                Arguments.of(new BigDecimal("1.5"), "cb3ff8000000000000"),
                Arguments.of(1.5, "cb3ff8000000000000"),
                Arguments.of(0.1f, "cb3fb999999999999a"),
                Arguments.of(Double.NaN, "cb7ff8000000000000"),
                Arguments.of(Double.NEGATIVE_INFINITY, "cbfff0000000000000"),
                Arguments.of(Float.POSITIVE_INFINITY, "cb7ff0000000000000"),
                Arguments.of("", "a0"),
                Arguments.of("ä😀", "a6c3a4f09f9880"),
                Arguments.of("a\ud800", "a461efbfbd"),
                Arguments.of(new byte[0], "c400"),
                Arguments.of(List.of(1, List.of()), "920190"),
                Arguments.of(
                        new Point(1, null, ByteBuffer.wrap(new byte[] {7})),
                        "83a17801a56c6162656cc0a56279746573c40107"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void writesTheShortestFormOfAValue(@Nullable Object value, String written) {
        assertThat(encoded(value)).isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource({"31, bf", "32, d920", "255, d9ff", "256, da0100", "65535, daffff", "65536, db00010000"})
    void writesTheLengthOfAText(int length, String head) {
        assertThat(encoded("x".repeat(length))).isEqualTo(head + "78".repeat(length));
    }

    @ParameterizedTest
    @CsvSource({"255, c4ff", "256, c50100", "65535, c5ffff", "65536, c600010000"})
    void writesTheLengthOfBytes(int length, String head) {
        assertThat(encoded(new byte[length])).isEqualTo(head + "00".repeat(length));
    }

    @ParameterizedTest
    @CsvSource({"15, 9f", "16, dc0010", "65535, dcffff", "65536, dd00010000"})
    void writesTheLengthOfAList(int length, String head) {
        assertThat(encoded(new int[length])).isEqualTo(head + "00".repeat(length));
    }

    @ParameterizedTest
    @CsvSource({"15, 8f", "16, de0010", "65535, deffff", "65536, df00010000"})
    void writesTheLengthOfAMap(int length, String head) {
        Map<String, Integer> map = new LinkedHashMap<>();
        for (int i = 0; i < length; i++) {
            map.put("" + i, 0);
        }
        assertThat(encoded(map)).startsWith(head + "a13000a13100");
    }

    @Test
    void treesMayHoldAnyObject() {
        ArrayNode tree = json.createArrayNode().addPOJO(new Point(2, "a", ByteBuffer.wrap(new byte[] {1})));
        assertThat(encoded(tree)).isEqualTo("9183a17802a56c6162656ca161a56279746573c40101");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aMistakeOfTheProgramIsItsOwnError(boolean nested) {
        JsonNode deep = json.createArrayNode();
        for (int i = 0; i < 1_001; i++) {
            deep = json.createArrayNode().add(deep);
        }
        Object argument = nested ? deep : json.createArrayNode().addRawValue(new RawValue("[1]"));

        assertThatThrownBy(() -> encoded(argument))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("an argument cannot be written as MessagePack: ");
    }

    @Test
    void whatJacksonCannotWriteIsAMistakeToo() {
        List<Object> self = new ArrayList<>();
        self.add(self);

        assertThatThrownBy(() -> encoded(self)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> encoded(new Object())).isInstanceOf(IllegalArgumentException.class);
    }

    /** Returns the one argument of an answer. */
    private String encoded(@Nullable Object argument) {
        String packet = hex(encoder.ack("/", "0", Arrays.asList(argument)));
        String head = "84" + TYPE + "03" + MAIN + ID + "00" + DATA + "91";
        assertThat(packet).startsWith(head);
        return packet.substring(head.length());
    }

    private static String hex(EncodedPacket packet) {
        assertThat(packet.text()).isNull();
        assertThat(packet.attachments()).hasSize(1);
        return HexFormat.of().formatHex(packet.attachments().get(0));
    }
}
