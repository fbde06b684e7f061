package dev.socketio.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.ReaderBasedJsonParser;
import com.fasterxml.jackson.core.json.WriterBasedJsonGenerator;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.deser.DefaultDeserializationContext;
import com.fasterxml.jackson.databind.deser.std.JsonNodeDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;

/**
 * Tells whether a mapper reads trees, or writes trees and plain values, as Jackson does unless it is told otherwise. Then
 * {@link JsonReader} and {@link JsonWriter} may do it in its place. Whatever is not known for sure counts as otherwise: the
 * mapper is asked then, which takes longer and is right.
 */
final class StandardJson {

    /** What these are told to do makes other trees. */
    private static final List<DeserializationFeature> TREE_READING = List.of(
            DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS,
            DeserializationFeature.USE_BIG_INTEGER_FOR_INTS,
            DeserializationFeature.USE_LONG_FOR_INTS,
            DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY,
            DeserializationFeature.UNWRAP_ROOT_VALUE);

    private static final List<SerializationFeature> TREE_WRITING = List.of(
            SerializationFeature.INDENT_OUTPUT,
            SerializationFeature.WRAP_ROOT_VALUE,
            SerializationFeature.WRITE_EMPTY_JSON_ARRAYS);

    /** The types that {@link JsonWriter} writes. */
    private static final List<Class<?>> WRITTEN = List.of(
            String.class,
            Integer.class,
            Long.class,
            Double.class,
            Boolean.class,
            ObjectNode.class,
            ArrayNode.class,
            TextNode.class);

    /** One character at least of each kind that a setting may have escaped, and what is written of them without. */
    private static final String PROBE = "/'\u007f\u0080\u00e9\u2028\ud83d\ude00\uffff";

    private static final Object READING = new Object();
    private static final Object WRITING = new Object();
    private static final Object TEXT = new Object();

    private StandardJson() {}

    /** Finds it out and notes it with the mapper, whose settings are complete: each connection asks for it. */
    static void note(ObjectMapper json) {
        json.setConfig(json.getDeserializationConfig()
                .withAttribute(READING, reads(json))
                .withAttribute(TEXT, isMapper(json) && hasDeserializer(json, String.class, StringDeserializer.class)));
        json.setConfig(json.getSerializationConfig().withAttribute(WRITING, writes(json)));
    }

    /** Returns whether a mapper is known to read a text as the tree that Jackson makes of it by itself. */
    static boolean isRead(ObjectMapper json) {
        return Boolean.TRUE.equals(
                json.getDeserializationConfig().getAttributes().getAttribute(READING));
    }

    /** Returns whether a mapper is known to make no other {@code String} of a text than the text. */
    static boolean isText(ObjectMapper json) {
        return Boolean.TRUE.equals(
                json.getDeserializationConfig().getAttributes().getAttribute(TEXT));
    }

    /** Returns whether a mapper is known to write plain values and trees as Jackson does by itself. */
    static boolean isWritten(ObjectMapper json) {
        return Boolean.TRUE.equals(json.getSerializationConfig().getAttributes().getAttribute(WRITING));
    }

    private static boolean reads(ObjectMapper json) {
        DeserializationConfig config = json.getDeserializationConfig();
        JsonFactory factory = json.getFactory();
        StreamReadConstraints limits = factory.streamReadConstraints();
        return isMapper(json)
                && factory.getInputDecorator() == null
                && !limits.hasMaxDocumentLength()
                && !limits.hasMaxTokenCount()
                && config.getNodeFactory().getClass() == JsonNodeFactory.class
                && Arrays.stream(JsonParser.Feature.values())
                        .allMatch(each -> config.isEnabled(each, factory) == each.enabledByDefault())
                && TREE_READING.stream().allMatch(each -> config.isEnabled(each) == each.enabledByDefault())
                && hasNodeFeatures(config)
                && hasParser(factory)
                && hasDeserializer(json, JsonNode.class, JsonNodeDeserializer.class);
    }

    private static boolean writes(ObjectMapper json) {
        SerializationConfig config = json.getSerializationConfig();
        JsonFactory factory = json.getFactory();
        return isMapper(json)
                && factory.getOutputDecorator() == null
                && factory.getCharacterEscapes() == null
                && config.getFullRootName() == null
                && Arrays.stream(JsonGenerator.Feature.values())
                        .allMatch(each -> config.isEnabled(each, factory) == each.enabledByDefault())
                && TREE_WRITING.stream().allMatch(each -> config.isEnabled(each) == each.enabledByDefault())
                && hasNodeFeatures(config)
                && hasGenerator(factory)
                && hasSerializers(json);
    }

    private static boolean hasNodeFeatures(MapperConfig<?> config) {
        return Arrays.stream(JsonNodeFeature.values())
                .allMatch(each -> config.isEnabled(each) == each.enabledByDefault());
    }

    /** Subclasses may do anything. */
    private static boolean isMapper(ObjectMapper json) {
        return json.getClass() == ObjectMapper.class || json.getClass() == JsonMapper.class;
    }

    private static boolean hasParser(JsonFactory factory) {
        try (JsonParser parser = factory.createParser(new StringReader(""))) {
            return parser.getClass() == ReaderBasedJsonParser.class;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean hasDeserializer(ObjectMapper json, Class<?> type, Class<?> standard) {
        if (!(json.getDeserializationContext() instanceof DefaultDeserializationContext context)) {
            return false;
        }
        try {
            return context.createDummyInstance(json.getDeserializationConfig())
                            .findRootValueDeserializer(json.constructType(type))
                            .getClass()
                    == standard;
        } catch (JsonMappingException e) {
            return false;
        }
    }

    /** Not everything that makes generators write otherwise can be asked for. */
    private static boolean hasGenerator(JsonFactory factory) {
        StringWriter written = new StringWriter();
        try (JsonGenerator generator = factory.createGenerator(written)) {
            if (generator.getClass() != WriterBasedJsonGenerator.class) {
                return false;
            }
            generator.writeString(PROBE);
        } catch (IOException e) {
            return false;
        }
        return written.toString().equals('"' + PROBE + '"');
    }

    private static boolean hasSerializers(ObjectMapper json) {
        SerializerProvider provider = json.getSerializerProviderInstance();
        SerializerProvider standard = new ObjectMapper().getSerializerProviderInstance();
        try {
            for (Class<?> type : WRITTEN) {
                if (serializer(provider, type) != serializer(standard, type)) {
                    return false;
                }
            }
            return provider.findNullValueSerializer(null).getClass()
                    == standard.findNullValueSerializer(null).getClass();
        } catch (JsonMappingException e) {
            return false;
        }
    }

    private static Class<?> serializer(SerializerProvider provider, Class<?> type) throws JsonMappingException {
        return provider.findTypedValueSerializer(type, /* cache= */ true, null).getClass();
    }
}
