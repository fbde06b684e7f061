package dev.socketio.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.socketio.testing.Fuzz;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the text, the result is Jackson's: the same tree, or none. */
class JsonReaderTest {

    private static final int MAX_LENGTH = 60_000;

    private static final List<String> TREES = List.of(
            "[\"chat message\",{\"text\":\"hello\",\"n\":[1,2.5e3,true,null,false]}]",
            " {\"a\" : {\"b\":[ {},[],\"\" ]},\n\"a\":\t1,\"\":-0.0,\r\"\\u0061\":2} ",
            "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e4\\uD83D\\ude00\",\"ä€😀\u007f\u2028\",\"\ud800\",\"\\udc00x\"]",
            "[2147483647,-2147483648,2147483648,-2147483649,9223372036854775807,-9223372036854775808]",
            "[9223372036854775808,-9223372036854775809,123456789012345678,1234567890123456789012345678901234567890]",
            "[0,-0,0.0,1E400,-1e-400,1e5,4.9e-324,1.7976931348623157E+308,0.1,100.00]");

    /** Has its test. */
    private static final Pattern WRONG_DIGIT =
            Pattern.compile("(?<!\\\\)(\\\\\\\\)*\\\\u[0-9a-fA-F]{0,3}+[\u0100-\uffff]");

    private final ObjectMapper json = Json.mapper(MAX_LENGTH);

    static Stream<String> numbers() {
        return Stream.of("""
                0~-0~00~01~-01~-~--1~+1~.5~-.5~1.~1.e1~1e~1e+~1E-~1e5~1E400~-1E400~1e-400~1e99999999999~0e0~0.0~\
                -0.0~1_0~0x10~1f~1d~NaN~Infinity~-Infinity~INF~1 2~1,~1e5.0~1.2.3~2147483647~2147483648~\
                -2147483648~-2147483649~999999999~1000000000~9999999999~999999999999999999~1000000000000000000~\
                9223372036854775807~9223372036854775808~-9223372036854775808~-9223372036854775809~\
                9999999999999999999~99999999999999999999~0.1~123456789.987654321~3.4028235e38~\
                2.2250738585072012e-308~9007199254740993~9007199254740993.0~\u0661~1\u0661~1\u00a0""".split("~"));
    }

    static Stream<String> strings() {
        return Stream.of("""
                ""~"~'a'~"a~"\\~"\\"~"\\a"~"\\'"~"\\u"~"\\u00"~"\\u00g0"~"\\u00E9\\u00e9"~"\\U0041"~"\\u 041"~\
                "\\u+041"~"\\x41"~"\\0"~"\\u0000"~"\u0000"~"\u0001"~"\n"~"\t"~"\u001f"~"\u007f"~"\u0085"~\
                "\u2028"~"\ud800"~"\udc00"~"\udc00\ud800"~"\\ud800"~"\\ud800\\ud800"~"\\ud83d\ude00"~"\ufeff"~\
                "\uffff"~"a" "b"~"a"b""".split("~"));
    }

    static Stream<String> structures() {
        return Stream.of("""
                ~ ~\t\r\n~[~]~{~}~[]~{}~[ ]~{ }~[,]~[1,]~[,1]~[1,,2]~[1 2]~[1;2]~[1}~{]~{"a"}~{"a":}~{"a" 1}~\
                {"a":1,}~{,}~{"a":1 "b":2}~{a:1}~{'a':1}~{1:1}~{null:1}~{"a":1,"a":2}~{"a":1,"b":2,"a":[3]}~\
                {"a":{},"a":null}~{"":1,"":2}~{"\\u0061":1,"a":2}~{"a\n":1}~{"\u0000":1}~{"\\ud800":1}~\
                {"a"\n:\r1\t}~[]]~[][]~{}{}~[] x~[]/~// x\n[]~/* */[]~# x\n[]~[]#~\ufeff[]~[]\ufeff~\u00a0[]~\
                []\u00a0~\u0000[]~[]\u0000~\u000b[]~\f[]~\u001e[]~[]\u001e~\u2003[]~\u0085[]~[\u00a0]~true~\
                false~null~tru~t~truex~true1~true,~true"~True~nul~nulll~undefined~falsee~[true"a"]~[nullnull]~\
                [true false]~<a>~(1)~b64~NULL""".split("~"));
    }

    /** On both sides of each limit. */
    static Stream<String> limits() {
        Stream<String> depths = IntStream.of(499, 500, 501, 100_000)
                .boxed()
                .flatMap(depth -> Stream.of(
                        "[".repeat(depth) + "]".repeat(depth),
                        "[".repeat(depth),
                        "{\"a\":".repeat(depth - 1) + "{}" + "}".repeat(depth - 1),
                        "{\"a\":".repeat(depth) + "1" + "}".repeat(depth),
                        "[{\"a\":".repeat(depth / 2) + "[]" + "}]".repeat(depth / 2)));
        Stream<String> numbers = IntStream.of(998, 999, 1_000, 1_001)
                .boxed()
                .flatMap(digits -> Stream.of(
                        "9".repeat(digits),
                        "-" + "9".repeat(digits),
                        "9." + "9".repeat(digits - 1),
                        "-9." + "9".repeat(digits - 1),
                        "0." + "9".repeat(digits),
                        "9e" + "9".repeat(digits - 1),
                        "9e-" + "0".repeat(digits - 2) + "1",
                        "1.5E+" + "0".repeat(digits - 3) + "1"));
        Stream<String> strings = IntStream.of(49_999, 50_000, 50_001, MAX_LENGTH - 1, MAX_LENGTH, MAX_LENGTH + 1)
                .boxed()
                .flatMap(length -> Stream.of(
                        '"' + "x".repeat(length) + '"',
                        "\"\\n" + "x".repeat(length - 1) + '"',
                        '"' + "\\u00e4".repeat(length) + '"',
                        "{\"" + "x".repeat(length) + "\":1}",
                        "{\"\\u00e4" + "x".repeat(length - 1) + "\":1}"));
        return Stream.of(depths, numbers, strings).flatMap(each -> each);
    }

    @ParameterizedTest
    @MethodSource({"numbers", "strings", "structures"})
    void readsWhatJacksonReads(String text) {
        for (String around : List.of("%s", "[%s]", "[1,%s]", "{\"a\":%s}", " %s ", "[%s,\"\"]", "{\"%s\":0}")) {
            readsAsJackson(around.replace("%s", text));
        }
    }

    @ParameterizedTest
    @MethodSource("limits")
    void hasJacksonsLimits(String text) {
        // Where a text ends with a number, Jackson may count one digit less
        readsAsJackson(text + " ");
        readsAsJackson("[" + text + "]");
    }

    @Test
    void keepsStricterLimits() {
        json.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(3)
                        .maxNumberLength(4)
                        .maxStringLength(5)
                        .maxNameLength(6)
                        .build());
        for (String text : List.of(
                "[[[]]]",
                "[[[[]]]]",
                "1234",
                "12345",
                "12.34",
                "12.345",
                "0.123",
                "0.1234",
                "0.12345",
                "-0.1234",
                "-0.12345",
                "0e1234",
                "0e12345",
                "-1234",
                "1e234",
                "1e2345",
                "\"12345\"",
                "\"123456\"",
                "{\"123456\":0}",
                "{\"1234567\":0}",
                "{\"\\u00e423456\":0}",
                "{\"\\u00e4234567\":0}")) {
            readsAsJackson("[" + text + "]");
        }
    }

    /** Half a pair can come as an escape only, since it has no form in UTF-8. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Ud800",
                "Udc00",
                "Ud800x",
                "xUdfff",
                "Ud83dUde00",
                "Ud83d\ude00",
                "Ud800Ud800",
                "Ud800U0041",
                "Ud800\\n",
                "Udc00Ud800",
                "UdbffUdfffUdc00",
                "Ud83dUde00Ud83dUde00"
            })
    void judgesHalvesOfPairsAsJacksonDoes(String halves) {
        String text = halves.replace("U", "\\u");

        readsAsJackson("[\"" + text + "\"]");
        readsAsJackson("{\"" + text + "\":1}");
    }

    /** Jackson looks at the last eight bits only, and reads U+0661 as the digit that U+0061 is. */
    @ParameterizedTest
    @ValueSource(strings = {"\u0661", "\uff21", "\u1d44"})
    void refusesDigitsThatAreNone(String digit) {
        assertThatThrownBy(() -> read("[\"\\u" + digit.repeat(4) + "\"]", 0)).isInstanceOf(PacketException.class);
        assertThatThrownBy(() -> read("[\"\\u004" + digit + "\"]", 0)).isInstanceOf(PacketException.class);
    }

    @Test
    void judgesCharactersAsJacksonDoes() {
        for (int c = 0; c <= 0xffff; c += c < 0x300 ? 1 : 0x1f) {
            String text = String.valueOf((char) c);
            readsAsJackson('"' + text + '"');
            readsAsJackson("\"\\" + text + '"');
            readsAsJackson("[1" + text + "]");
            readsAsJackson(text + "[]");
        }
    }

    @Test
    void readsWhatJacksonReadsOfDamagedTexts() {
        Fuzz.seeded(17).texts(TREES, this::readsAsJackson);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7})
    void beginsWhereItIsTold(int from) {
        String text = "9".repeat(from) + "[8]";

        assertThat(read(text, from)).hasToString("[8]");
        assertThatThrownBy(() -> read(text, text.length()))
                .isInstanceOf(PacketException.class)
                .hasMessage("invalid payload");
    }

    private JsonNode read(String text, int from) {
        return JsonReader.read(json.getNodeFactory(), json.getFactory().streamReadConstraints(), text, from);
    }

    /** Returns whether both have read it. */
    private boolean readsAsJackson(String text) {
        Optional<JsonNode> expected = byJackson(text);
        Optional<JsonNode> actual = byReader(text);
        if (expected.isPresent() || actual.isPresent()) {
            assertThat(actual).isEqualTo(expected);
            assertThat(actual).hasToString(expected.toString()); // the order of properties, too
        }
        return actual.isPresent();
    }

    private Optional<JsonNode> byReader(String text) {
        try {
            return Optional.of(read(text, 0));
        } catch (PacketException refused) {
            return Optional.empty();
        }
    }

    private Optional<JsonNode> byJackson(String text) {
        if (WRONG_DIGIT.matcher(text).find()) {
            return Optional.empty();
        }
        try (JsonParser parser = json.createParser(new StringReader(text))) {
            JsonNode tree = json.readTree(parser);
            return parser.nextToken() == null ? Optional.ofNullable(tree) : Optional.empty();
        } catch (IOException refused) {
            return Optional.empty();
        }
    }
}
