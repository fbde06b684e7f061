package dev.socketio.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.Serial;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    private static final int MAX_PAYLOAD = 1_000_000;

    record Person(String name, Optional<String> nick, Optional<Integer> age) {}

    private final ObjectMapper json = Json.mapper(MAX_PAYLOAD);

    static Stream<Arguments> times() {
        return Stream.of(
                arguments(Instant.parse("2026-01-02T03:04:05.678Z"), "\"2026-01-02T03:04:05.678Z\""),
                arguments(LocalDate.of(2026, 1, 2), "\"2026-01-02\""),
                arguments(LocalTime.of(3, 4, 5), "\"03:04:05\""),
                arguments(OffsetDateTime.parse("2026-01-02T03:04:05+02:00"), "\"2026-01-02T03:04:05+02:00\""),
                arguments(Duration.ofMillis(90_500), "\"PT1M30.5S\""));
    }

    @ParameterizedTest
    @MethodSource("times")
    void writesTimesAsJavaScriptDoesAndReadsThem(Object time, String text) throws JsonProcessingException {
        assertThat(json.writeValueAsString(time)).isEqualTo(text);
        Object read = json.readValue(text, time.getClass());
        assertThat(read).isEqualTo(time);
    }

    @Test
    void leavesNothingWithTheThread() {
        ObjectMapper given = new ObjectMapper();

        for (ObjectMapper mapper : List.of(json, Json.limited(given, MAX_PAYLOAD))) {
            assertThat(mapper.getFactory()._getRecyclerPool()).isNotSameAs(JsonRecyclerPools.threadLocalPool());
        }
        assertThat(given.getFactory()._getRecyclerPool()).isSameAs(JsonRecyclerPools.defaultPool());
    }

    @Test
    void readsMilliseconds() throws JsonProcessingException {
        assertThat(json.readValue("1767323045678", Instant.class)).isEqualTo(Instant.ofEpochMilli(1_767_323_045_678L));
    }

    @Test
    void readsAndWritesOptionals() throws JsonProcessingException {
        Person person = json.readValue("{\"name\":\"ann\",\"age\":7}", Person.class);

        assertThat(person).isEqualTo(new Person("ann", Optional.empty(), Optional.of(7)));
        assertThat(json.writeValueAsString(person)).isEqualTo("{\"name\":\"ann\",\"nick\":null,\"age\":7}");
    }

    static Stream<Arguments> mappers() {
        ObjectMapper lax = new ObjectMapper(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(1_000_000)
                                .maxNumberLength(1_000_000)
                                .maxStringLength(100_000_000)
                                .build())
                        .build())
                .registerModule(new JavaTimeModule())
                .enable(
                        DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS,
                        DeserializationFeature.USE_BIG_INTEGER_FOR_INTS);
        return Stream.of(arguments(Json.mapper(MAX_PAYLOAD)), arguments(Json.limited(lax, MAX_PAYLOAD)));
    }

    @ParameterizedTest
    @MethodSource("mappers")
    void limitsWhatIsRead(ObjectMapper mapper) throws JsonProcessingException {
        List<String> allowed =
                List.of("[".repeat(500) + "]".repeat(500), "9".repeat(1_000), "\"" + "x".repeat(MAX_PAYLOAD) + "\"");
        List<String> tooMuch = List.of(
                "[".repeat(501) + "]".repeat(501), "9".repeat(1_001), "\"" + "x".repeat(MAX_PAYLOAD + 1) + "\"");

        for (String text : allowed) {
            assertThat(mapper.readTree(text)).isNotNull();
        }
        for (String text : tooMuch) {
            assertThatThrownBy(() -> mapper.readTree(text)).isInstanceOf(StreamConstraintsException.class);
        }
    }

    /** Few bytes can stand for a number whose digits fill the memory. */
    @ParameterizedTest
    @MethodSource("mappers")
    void readsNoNumberForLong(ObjectMapper mapper) throws JsonProcessingException {
        List<Class<?>> types = List.of(
                int.class,
                Long.class,
                double.class,
                String.class,
                Object.class,
                BigInteger.class,
                BigDecimal.class,
                Instant.class,
                Duration.class);
        for (String number : List.of("1e1000000000", "-1e-1000000000", "1e308", "9".repeat(1_000))) {
            JsonNode plain = mapper.readTree(number);
            JsonNode quoted = mapper.readTree("\"" + number.repeat(900) + "\"");
            assertTimeoutPreemptively(
                    Duration.ofSeconds(20),
                    () -> types.forEach(type -> {
                        read(mapper, plain, type);
                        read(mapper, quoted, type);
                    }));
        }
    }

    private static void read(ObjectMapper mapper, JsonNode number, Class<?> type) {
        try {
            Target.of(type).read(mapper, number, cause -> ConversionException.ofArgument("e", 0, "number", cause));
        } catch (ConversionException refused) {
            assertThat(refused.path()).isEqualTo("[0]");
        }
    }

    @Test
    void keepsLimitsOfAMapperThatAreStricter() {
        ObjectMapper strict = new ObjectMapper();
        strict.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(5)
                        .maxNumberLength(6)
                        .maxNameLength(7)
                        .build());

        StreamReadConstraints limits =
                Json.limited(strict, MAX_PAYLOAD).getFactory().streamReadConstraints();

        assertThat(limits.getMaxNestingDepth()).isEqualTo(5);
        assertThat(limits.getMaxNumberLength()).isEqualTo(6);
        assertThat(limits.getMaxNameLength()).isEqualTo(7);
    }

    @Test
    void keepsTheSettingsOfAMapperAndLeavesTheMapperAlone() throws JsonProcessingException {
        ObjectMapper snake = JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build();
        record Camel(int humpCount) {}

        ObjectMapper limited = Json.limited(snake, 5);

        assertThat(limited.writeValueAsString(new Camel(2))).isEqualTo("{\"hump_count\":2}");
        assertThat(snake.getFactory().streamReadConstraints()).isEqualTo(StreamReadConstraints.defaults());
    }

    @ParameterizedTest
    @ValueSource(strings = {"YAML", "CBOR"})
    void refusesAMapperOfAnotherFormat(String format) {
        ObjectMapper other = new ObjectMapper(new OtherFactory(format));

        assertThatThrownBy(() -> Json.copy(other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("objectMapper writes " + format + ": give one that writes JSON");
    }

    @Test
    void refusesAMapperThatCannotBeCopied() {
        ObjectMapper special = new ObjectMapper() {
            @Serial
            private static final long serialVersionUID = 1;
        };

        assertThatThrownBy(() -> Json.copy(special))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("objectMapper is a ")
                .hasMessageEndingWith(": give one whose class overrides copy()");
    }

    private static final class OtherFactory extends JsonFactory {

        @Serial
        private static final long serialVersionUID = 1;

        private final String format;

        OtherFactory(String format) {
            this.format = format;
        }

        @Override
        public String getFormatName() {
            return format;
        }
    }
}
