package dev.socketio.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.FloatNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.databind.node.ShortNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.socketio.testing.Fuzz;
import java.io.Serial;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the value, the packet is the one that Jackson makes, by an encoder whose mapper is not known as standard. */
class JsonWriterTest {

    private static final int MAX_LENGTH = 60_000;

    private final ObjectMapper json = Json.mapper(MAX_LENGTH);
    private final TextEncoder encoder = new TextEncoder(json);
    private final TextEncoder jackson = new TextEncoder(new ObjectMapper());

    static List<Object> values() {
        return List.of(
                "",
                "a\"\\/\b\f\n\r\t\u0000\u001f\u007f\u0085\u2028",
                "ä€😀",
                "\ud800",
                "x\udc00y",
                "\udc00\ud800",
                "x".repeat(40_000),
                0,
                -1,
                Integer.MIN_VALUE,
                Long.MAX_VALUE,
                Long.MIN_VALUE,
                true,
                false,
                0.0,
                -0.0,
                0.1,
                1e7,
                1e21,
                1e-7,
                100.0,
                2e-3,
                Double.MIN_VALUE,
                Double.MAX_VALUE,
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                1.5f,
                Float.NaN,
                (short) 7,
                (byte) 7,
                'c',
                BigInteger.TEN,
                new BigDecimal("1.50"),
                new byte[] {1, 2},
                List.of(1, "x"),
                Map.of("a", 1),
                new int[] {1});
    }

    static List<JsonNode> trees() {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        ObjectNode object = nodes.objectNode();
        object.put("", 1)
                .put("a\"\\\n\ud800", 2L)
                .putNull("n")
                .put("t", true)
                .put("d", 1e300)
                .putArray("e")
                .addObject();
        return List.of(
                object,
                nodes.nullNode(),
                nodes.arrayNode(),
                nodes.objectNode(),
                new POJONode(Map.of("a", new byte[] {1})),
                new POJONode(null),
                MissingNode.getInstance(),
                BinaryNode.valueOf(new byte[] {1, 2, 3}),
                FloatNode.valueOf(0.1f),
                ShortNode.valueOf((short) 1),
                DecimalNode.valueOf(new BigDecimal("1e2")),
                DoubleNode.valueOf(Double.NaN),
                nodes.numberNode(BigInteger.TWO.pow(100)));
    }

    @ParameterizedTest
    @MethodSource({"values", "trees"})
    void writesWhatJacksonWrites(Object value) {
        writesAsJackson(value);
        writesAsJackson("x", value, null, value);
    }

    @ParameterizedTest
    @MethodSource("trees")
    void writesWhatJacksonWritesInsideTrees(JsonNode tree) {
        ArrayNode array = json.createArrayNode().add(1).add(tree).add("x");
        ObjectNode object = json.createObjectNode();
        object.put("a", 1).set("b", tree);
        object.set("c", array);

        writesAsJackson(array, object);
    }

    @Test
    void writesEachCharacterAsJacksonDoes() {
        for (int c = 0; c <= 0xffff; c++) {
            writesAsJackson("" + (char) c);
        }
    }

    @Test
    void writesWhatHasBeenRead() {
        List<String> trees = List.of(
                "[\"chat message\",{\"text\":\"hello\",\"n\":[1,2.5e3,true,null,false]}]",
                "{\"a\" : {\"b\":[ {},[],\"\" ]},\"\":-0.0,\"\\u0001\":20000000000}",
                "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e4\\uD83D\",1e400,12345678901234567890]");
        Fuzz.seeded(18).texts(trees, text -> {
            try {
                JsonNode tree = json.readTree(text);
                writesAsJackson(text, tree);
                return !tree.isMissingNode();
            } catch (JsonProcessingException refused) {
                return false;
            }
        });
    }

    @Test
    void findsAttachmentsInTrees() {
        ObjectNode tree = json.createObjectNode().put("a", 1).put("b", new byte[] {1, 2});

        EncodedPacket packet = encoder.event(OutgoingEvent.of("/", "e", new Object[] {"x", tree}));

        assertThat(packet.text()).isEqualTo("51-[\"e\",\"x\",{\"a\":1,\"b\":{\"_placeholder\":true,\"num\":0}}]");
        assertThat(packet.attachments()).containsExactly(new byte[] {1, 2});
    }

    /** The array of arguments counts as one. */
    @ParameterizedTest
    @ValueSource(ints = {998, 999})
    void nestsAsDeepAsJackson(int depth) {
        ArrayNode arrays = json.createArrayNode();
        ObjectNode objects = json.createObjectNode();
        for (int i = 1; i < depth; i++) {
            arrays = json.createArrayNode().add(arrays);
            objects = json.createObjectNode().set("a", objects);
        }
        writesAsJackson(arrays);
        writesAsJackson(objects);
    }

    @Test
    void refusesWhatIsTooDeepAsJacksonDoes() {
        ArrayNode tree = json.createArrayNode();
        for (int i = 0; i < 999; i++) {
            tree = json.createArrayNode().add(tree);
        }
        OutgoingEvent event = OutgoingEvent.of("/", "e", new Object[] {tree});
        for (TextEncoder each : List.of(encoder, jackson)) {
            assertThatThrownBy(() -> each.event(event))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("nesting depth (1001)");
        }
    }

    /** Both ways of writing share what they write into. */
    @Test
    void nothingOfAMessageGetsIntoTheNext() {
        ObjectNode tree = json.createObjectNode().put("a", "x".repeat(40_000)).putPOJO("b", new Object());
        OutgoingEvent event = OutgoingEvent.of("/", "e", new Object[] {tree});
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> encoder.event(event)).isInstanceOf(IllegalArgumentException.class);
            assertThat(encoder.ack("/", "1", List.of("x")).text()).isEqualTo("31[\"x\"]");
            assertThat(encoder.ack("/", "2", List.of(Map.of())).text()).isEqualTo("32[{}]");
        }
    }

    @Test
    void leavesNodesOfOtherClassesToTheirSerializers() {
        SimpleModule module = new SimpleModule().addSerializer(OtherNode.class, new ToStringSerializer());
        ObjectMapper mapper = Json.limited(new ObjectMapper().registerModule(module), MAX_LENGTH);
        assertThat(StandardJson.isWritten(mapper)).isTrue();

        EncodedPacket packet = new TextEncoder(mapper).ack("/", "7", List.of(new OtherNode("hello")));

        assertThat(packet.text()).isEqualTo("37[\"\\\"hello\\\"\"]");
    }

    private void writesAsJackson(@Nullable Object... arguments) {
        OutgoingEvent event = OutgoingEvent.of("/room", "e\"", arguments);
        EncodedPacket actual = encoder.event(event);
        EncodedPacket expected = jackson.event(event);
        assertThat(actual.text()).isEqualTo(expected.text());
        assertThat(actual.attachments()).containsExactlyElementsOf(expected.attachments());

        List<@Nullable Object> answer = Arrays.asList(arguments);
        assertThat(encoder.ack("/", "7", answer).text())
                .isEqualTo(jackson.ack("/", "7", answer).text());
    }

    private static final class OtherNode extends TextNode {

        @Serial
        private static final long serialVersionUID = 1;

        OtherNode(String text) {
            super(text);
        }
    }
}
