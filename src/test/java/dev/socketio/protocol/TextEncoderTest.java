package dev.socketio.protocol;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TextEncoderTest {

    record Point(int x, @Nullable String label) {}

    record Failing(int value) {
        @Override
        public int value() {
            throw new IllegalStateException("expected by the test");
        }
    }

    private final ObjectMapper json = Json.mapper(1_000_000);
    private final TextEncoder encoder = new TextEncoder(json);

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"/, 0{\"sid\":\"abc\"}", "/admin, `0/admin,{\"sid\":\"abc\"}`"})
    void welcomesToANamespace(String namespace, String text) {
        assertThat(encoder.connect(namespace, Map.of("sid", "abc"))).isEqualTo(textOnly(text));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"/, 4{\"message\":\"no\"}", "/admin, `4/admin,{\"message\":\"no\"}`"})
    void refusesANamespace(String namespace, String text) {
        assertThat(encoder.connectError(namespace, Outgoing.refusal("no", null)))
                .isEqualTo(textOnly(text));
    }

    @Test
    void tellsMoreAboutARefusal() {
        assertThat(encoder.connectError("/", Outgoing.refusal("no", new Point(1, "a")))
                        .text())
                .isEqualTo("4{\"message\":\"no\",\"data\":{\"x\":1,\"label\":\"a\"}}");
    }

    @Test
    void refusesWithoutAMessage() {
        assertThat(encoder.connectError("/", Outgoing.refusal(null, null)).text())
                .isEqualTo("4{\"message\":null}");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"/, 1", "/admin, `1/admin,`"})
    void endsAMembership(String namespace, String text) {
        assertThat(encoder.disconnect(namespace)).isEqualTo(textOnly(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/      | -1               | 2[\"e\",1]",
                "/      | 0                | 20[\"e\",1]",
                "/      | 12               | 212[\"e\",1]",
                "/admin | -1               | 2/admin,[\"e\",1]",
                "/admin | 12               | 2/admin,12[\"e\",1]",
                "/admin | 9007199254740991 | 2/admin,9007199254740991[\"e\",1]",
            })
    void writesAnEvent(String namespace, long ackId, String text) {
        assertThat(encoder.event(Outgoing.event(namespace, "e", new Object[] {1}, ackId)))
                .isEqualTo(textOnly(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/      | 7                    | 37[1]",
                "/admin | 7                    | 3/admin,7[1]",
                "/      | 12345678901234567000 | 312345678901234567000[1]",
            })
    void writesAnAck(String namespace, String ackId, String text) {
        assertThat(encoder.ack(namespace, ackId, List.of(1))).isEqualTo(textOnly(text));
    }

    @Test
    void writesAnEventWithoutArguments() {
        assertThat(encoder.event(Outgoing.event("/", "e", new Object[0], -1)).text())
                .isEqualTo("2[\"e\"]");
    }

    @Test
    @SuppressWarnings("NullAway") // what Java makes of emit("e", null)
    void takesNoArrayForOneArgumentThatIsNull() {
        assertThat(encoder.event(Outgoing.event("/", "e", null, -1)).text()).isEqualTo("2[\"e\",null]");
    }

    @Test
    void writesAnAckWithoutArguments() {
        assertThat(encoder.ack("/", "7", List.of()).text()).isEqualTo("37[]");
    }

    static Stream<Object[]> values() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("b", 1);
        map.put("a", Arrays.asList(null, true));
        return Stream.of(
                new Object[] {null, "null"},
                new Object[] {true, "true"},
                new Object[] {-1, "-1"},
                new Object[] {Long.MAX_VALUE, "9223372036854775807"},
                new Object[] {1.5, "1.5"},
                new Object[] {1e300, "1.0E300"},
                new Object[] {BigInteger.TEN.pow(30), "1000000000000000000000000000000"},
                new Object[] {new BigDecimal("0.10"), "0.10"},
                new Object[] {"", "\"\""},
                new Object[] {"a\"\\\n\u0001/", "\"a\\\"\\\\\\n\\u0001/\""},
                new Object[] {"ä€😀", "\"ä€😀\""},
                new Object[] {'c', "\"c\""},
                new Object[] {new Point(1, null), "{\"x\":1,\"label\":null}"},
                new Object[] {new int[] {1, 2}, "[1,2]"},
                new Object[] {List.of("a", List.of()), "[\"a\",[]]"},
                new Object[] {map, "{\"b\":1,\"a\":[null,true]}"},
                new Object[] {new ObjectMapper().createObjectNode().put("a", 1), "{\"a\":1}"});
    }

    @ParameterizedTest
    @MethodSource("values")
    void writesAValue(@Nullable Object value, String text) {
        assertThat(argument(value)).isEqualTo(text);
    }

    static Stream<Object[]> numbersThatJsonLacks() {
        return Stream.of(
                new Object[] {Double.NaN, "null"},
                new Object[] {Double.POSITIVE_INFINITY, "null"},
                new Object[] {Float.NaN, "null"},
                new Object[] {Float.NEGATIVE_INFINITY, "null"},
                new Object[] {List.of(Double.NaN, 1), "[null,1]"},
                new Object[] {Map.of("a", Double.NaN), "{\"a\":null}"},
                new Object[] {new double[] {1, Double.NaN}, "[1.0,null]"},
                new Object[] {new float[] {1, Float.NaN}, "[1.0,null]"},
                new Object[] {new Double[] {Double.NaN}, "[null]"},
                new Object[] {new ObjectMapper().createArrayNode().add(Double.NaN), "[null]"});
    }

    @ParameterizedTest
    @MethodSource("numbersThatJsonLacks")
    void writesNumbersThatJsonLacksAsNull(Object value, String text) {
        assertThat(argument(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "\ud800, \\ud800",
        "\udfff, \\udfff",
        "a\ud83dz, a\\ud83dz",
        "\ude00\ud83d, \\ude00\\ud83d",
        "\ud83d\ud83d\ude00, \\ud83d😀",
        "😀, 😀",
    })
    void escapesHalvesOfSurrogatePairs(String value, String escaped) {
        assertThat(argument(value)).isEqualTo("\"" + escaped + "\"");
    }

    @Test
    void escapesHalvesOfSurrogatePairsWhereverTheyStand() {
        assertThat(encoder.event(Outgoing.event("/", "\ud800", new Object[] {Map.of("\udc00", "\ud801")}, -1))
                        .text())
                .isEqualTo("2[\"\\ud800\",{\"\\udc00\":\"\\ud801\"}]");
    }

    @Test
    void escapesHalvesOfSurrogatePairsInARefusal() {
        assertThat(encoder.connectError("/", Outgoing.refusal("\ud800", null)).text())
                .isEqualTo("4{\"message\":\"\\ud800\"}");
    }

    static Stream<Object> unwritable() {
        List<Object> itself = new ArrayList<>();
        itself.add(itself);
        return Stream.of(new Object(), new Failing(1), itself, List.of(1, new Object()), Map.of("a", new Object()));
    }

    @ParameterizedTest
    @MethodSource("unwritable")
    void refusesToSendWhatCannotBeWritten(Object value) {
        assertThatThrownBy(() -> encoder.event(Outgoing.event("/", "e", new Object[] {1, value}, -1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @MethodSource("unwritable")
    void refusesToRefuseWithWhatCannotBeWritten(Object value) {
        assertThatThrownBy(() -> encoder.connectError("/", Outgoing.refusal("no", value)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private String argument(@Nullable Object value) {
        EncodedPacket packet = encoder.event(Outgoing.event("/", "e", new @Nullable Object[] {value}, -1));
        String text = requireNonNull(packet.text());
        return text.substring("2[\"e\",".length(), text.length() - 1);
    }

    private static EncodedPacket textOnly(String text) {
        return new EncodedPacket(text, List.of());
    }
}
