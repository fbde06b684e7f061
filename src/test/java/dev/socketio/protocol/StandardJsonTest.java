package dev.socketio.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.Serial;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StandardJsonTest {

    private static final int MAX_PAYLOAD = 1_000_000;

    private static JsonMapper.Builder mapper() {
        return JsonMapper.builder();
    }

    private static JsonMapper.Builder factory(JsonFactoryBuilder factory) {
        return JsonMapper.builder(factory.build());
    }

    private static JsonFactoryBuilder limited(StreamReadConstraints.Builder limits) {
        return new JsonFactoryBuilder().streamReadConstraints(limits.build());
    }

    static Stream<Arguments> standard() {
        return Stream.of(
                argumentSet("none given", Json.mapper(MAX_PAYLOAD)),
                argumentSet("as it comes", Json.limited(new ObjectMapper(), MAX_PAYLOAD)),
                argumentSet("with a factory", limited(factory(new JsonFactoryBuilder()))),
                argumentSet(
                        "with limits",
                        limited(factory(limited(StreamReadConstraints.builder().maxNestingDepth(5))))),
                argumentSet(
                        "for beans",
                        limited(mapper().addModule(new JavaTimeModule())
                                .disable(MapperFeature.DEFAULT_VIEW_INCLUSION)
                                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                                .defaultPropertyInclusion(JsonInclude.Value.construct(
                                        JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
                                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE))));
    }

    @ParameterizedTest
    @MethodSource("standard")
    void knowsMappersThatReadAndWriteAsJacksonDoes(ObjectMapper json) {
        assertThat(StandardJson.isRead(json)).isTrue();
        assertThat(StandardJson.isText(json)).isTrue();
        assertThat(StandardJson.isWritten(json)).isTrue();
    }

    static Stream<Arguments> readers() {
        return Stream.of(
                argumentSet("comments", mapper().enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)),
                argumentSet("NaN", mapper().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)),
                argumentSet(
                        "duplicates",
                        factory(new JsonFactoryBuilder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION))),
                argumentSet(
                        "duplicates in trees", mapper().enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)),
                argumentSet("decimals", mapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)),
                argumentSet("decimals in trees", mapper().enable(JsonNodeFeature.USE_BIG_DECIMAL_FOR_FLOATS)),
                argumentSet("big integers", mapper().enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)),
                argumentSet("longs", mapper().enable(DeserializationFeature.USE_LONG_FOR_INTS)),
                argumentSet("nulls", mapper().disable(JsonNodeFeature.READ_NULL_PROPERTIES)),
                argumentSet("root", mapper().enable(DeserializationFeature.UNWRAP_ROOT_VALUE)),
                argumentSet("nodes", mapper().nodeFactory(new OtherNodes())),
                argumentSet(
                        "deserializer",
                        mapper().addModule(
                                        new SimpleModule().addDeserializer(JsonNode.class, new OtherDeserializer()))),
                argumentSet(
                        "length",
                        factory(limited(StreamReadConstraints.builder().maxDocumentLength(9)))),
                argumentSet(
                        "tokens",
                        factory(limited(StreamReadConstraints.builder().maxTokenCount(9)))));
    }

    @ParameterizedTest
    @MethodSource("readers")
    void leavesReadingToOtherMappers(JsonMapper.Builder mapper) {
        assertThat(StandardJson.isRead(limited(mapper))).isFalse();
    }

    static Stream<Arguments> writers() {
        return Stream.of(
                argumentSet("ASCII", mapper().enable(JsonWriteFeature.ESCAPE_NON_ASCII)),
                argumentSet("slashes", mapper().enable(JsonWriteFeature.ESCAPE_FORWARD_SLASHES)),
                argumentSet("lower case", mapper().disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)),
                argumentSet("numbers", mapper().enable(JsonWriteFeature.WRITE_NUMBERS_AS_STRINGS)),
                argumentSet("names", mapper().disable(JsonWriteFeature.QUOTE_FIELD_NAMES)),
                argumentSet("lines", mapper().enable(SerializationFeature.INDENT_OUTPUT)),
                argumentSet("root", mapper().enable(SerializationFeature.WRAP_ROOT_VALUE)),
                argumentSet("order", mapper().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)),
                argumentSet("nulls", mapper().disable(JsonNodeFeature.WRITE_NULL_PROPERTIES)),
                argumentSet("quotes", factory(new JsonFactoryBuilder().quoteChar('\''))),
                argumentSet("highest", factory(new JsonFactoryBuilder().highestNonEscapedChar(0xff))),
                argumentSet("escapes", factory(new JsonFactoryBuilder().characterEscapes(new OtherEscapes()))),
                argumentSet(
                        "decorated",
                        factory(new JsonFactoryBuilder()
                                .addDecorator((factory, generator) -> new JsonGeneratorDelegate(generator)))),
                argumentSet(
                        "texts",
                        mapper().addModule(new SimpleModule().addSerializer(String.class, new ToStringSerializer()))),
                argumentSet(
                        "integers",
                        mapper().addModule(new SimpleModule().addSerializer(Integer.class, new ToStringSerializer()))),
                argumentSet(
                        "trees",
                        mapper().addModule(new SimpleModule().addSerializer(JsonNode.class, new ToStringSerializer()))),
                argumentSet(
                        "format",
                        mapper().withConfigOverride(
                                        Long.class,
                                        override -> override.setFormat(
                                                JsonFormat.Value.forShape(JsonFormat.Shape.STRING)))));
    }

    @ParameterizedTest
    @MethodSource("writers")
    void leavesWritingToOtherMappers(JsonMapper.Builder mapper) {
        assertThat(StandardJson.isWritten(limited(mapper))).isFalse();
    }

    @Test
    void leavesReadingAndWritingToMappersOfOtherClasses() {
        ObjectMapper other = Json.limited(new OtherMapper(), MAX_PAYLOAD);

        assertThat(StandardJson.isRead(other)).isFalse();
        assertThat(StandardJson.isText(other)).isFalse();
        assertThat(StandardJson.isWritten(other)).isFalse();
    }

    @Test
    void textIsWhatTheMapperMakesOfIt() {
        SimpleModule trimming = new SimpleModule().addDeserializer(String.class, new TrimmingDeserializer());
        ObjectMapper json = limited(mapper().addModule(trimming));
        Value value = new Value(json, json.getNodeFactory().textNode(" x "));

        assertThat(StandardJson.isText(json)).isFalse();
        assertThat(StandardJson.isRead(json)).isTrue();
        assertThat(value.as(String.class)).isEqualTo("x");
    }

    @Test
    void aMapperOfItsOwnReadsAndWrites() {
        ObjectMapper json = limited(
                mapper().enable(JsonReadFeature.ALLOW_JAVA_COMMENTS).enable(JsonWriteFeature.WRITE_NUMBERS_AS_STRINGS));

        assertThat(new TextDecoder(json, 1).add("2[\"e\" /* comment */]"))
                .hasToString("Event[namespace=/, name=e, arguments=[], ackId=null]");
        assertThat(new TextEncoder(json).ack("/", "1", List.of(5, Map.of())).text())
                .isEqualTo("31[\"5\",{}]");
    }

    private static ObjectMapper limited(JsonMapper.Builder mapper) {
        return Json.limited(mapper.build(), MAX_PAYLOAD);
    }

    private static final class OtherNodes extends JsonNodeFactory {

        @Serial
        private static final long serialVersionUID = 1;
    }

    private static final class OtherDeserializer extends StdDeserializer<JsonNode> {

        @Serial
        private static final long serialVersionUID = 1;

        OtherDeserializer() {
            super(JsonNode.class);
        }

        @Override
        public JsonNode deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            parser.skipChildren();
            return context.getNodeFactory().nullNode();
        }
    }

    private static final class TrimmingDeserializer extends StdDeserializer<String> {

        @Serial
        private static final long serialVersionUID = 1;

        TrimmingDeserializer() {
            super(String.class);
        }

        @Override
        public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return parser.getText().strip();
        }
    }

    private static final class OtherEscapes extends CharacterEscapes {

        @Serial
        private static final long serialVersionUID = 1;

        @Override
        public int[] getEscapeCodesForAscii() {
            return standardAsciiEscapesForJSON();
        }

        @Override
        public SerializableString getEscapeSequence(int c) {
            return new SerializedString("?");
        }
    }

    private static final class OtherMapper extends ObjectMapper {

        @Serial
        private static final long serialVersionUID = 1;

        @Override
        public ObjectMapper copy() {
            return new OtherMapper();
        }
    }
}
