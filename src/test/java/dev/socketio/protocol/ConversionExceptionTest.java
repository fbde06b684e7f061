package dev.socketio.protocol;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConversionExceptionTest {

    record Point(int x, int y) {}

    record Move(String player, List<Point> points, Map<String, Point> named) {

        Move {
            if (player != null && player.isBlank()) {
                throw new IllegalArgumentException("player is blank");
            }
        }
    }

    private final ObjectMapper json = Json.mapper(1_000_000);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"points\":[{\"x\":1},{\"x\":\"left\"}]} | [1].points[1].x",
                "{\"points\":[7]}                           | [1].points[0]",
                "{\"points\":7}                             | [1].points",
                "{\"named\":{\"a\":{\"y\":\"up\"}}}         | [1].named.a.y",
                "{\"named\":{\"a b\":{\"y\":\"up\"}}}       | [1].named[\"a b\"].y",
                "{\"named\":{\"a\\nb\":7}}                  | [1].named[\"a?b\"]",
                "{\"player\":\" \"}                         | [1]",
                "\"text\"                                   | [1]",
            })
    void namesThePlace(String argument, String path) {
        ConversionException e = misfit("[\"move\",0," + argument + "]");

        assertThat(e.path()).isEqualTo(path);
        assertThat(e.index()).isEqualTo(1);
        assertThat(e.event()).contains("move");
        assertThat(e).hasMessage("argument " + path + " of event \"move\" does not fit Move");
    }

    @Test
    void keepsNamesShortThatTheClientHasChosen() {
        String name = "n".repeat(40_000);

        ConversionException e = misfit("[\"" + name + "\",0,{\"named\":{\"-" + name + "\":7}}]");

        assertThat(e.path()).hasSizeLessThan(300);
        assertThat(e.getMessage()).hasSizeLessThan(600);
        assertThat(e.event()).contains(name);
    }

    @Test
    void keepsDeepPathsShort() {
        String argument = "[".repeat(400) + "\"text\"" + "]".repeat(400);
        Arguments arguments = event("[\"e\"," + argument + "]");

        ConversionException e = catchThrowableOfType(
                ConversionException.class, () -> arguments.get(0, new TypeReference<List<List<List<Integer>>>>() {}));

        assertThat(e.path()).isEqualTo("[0][0][0][0]");
    }

    @Test
    void namesThePropertyOfAValue() {
        Value value = new Value(
                json,
                json.createObjectNode().set("from", json.createObjectNode().put("x", "left")));

        ConversionException whole = catchThrowableOfType(
                ConversionException.class, () -> value.as(new TypeReference<Map<String, Point>>() {}));
        ConversionException property =
                catchThrowableOfType(ConversionException.class, () -> value.get("from", Point.class));

        assertThat(whole.path()).isEqualTo("from.x");
        assertThat(property.path()).isEqualTo("from.x");
        assertThat(property.index()).isEqualTo(-1);
        assertThat(property.event()).isEmpty();
    }

    @Test
    void hasNoEventForAnAcknowledgement() {
        TextDecoder decoder = new TextDecoder(json, 10);
        Packet.Ack ack = (Packet.Ack) requireNonNull(decoder.add("31[\"text\"]"));

        ConversionException e = catchThrowableOfType(
                ConversionException.class, () -> ack.arguments().get(0, Point.class));

        assertThat(e.event()).isEmpty();
        assertThat(e).hasMessage("argument [0] does not fit Point");
    }

    private ConversionException misfit(String payload) {
        Arguments arguments = event(payload);
        return catchThrowableOfType(ConversionException.class, () -> arguments.get(1, Move.class));
    }

    private Arguments event(String payload) {
        return ((Packet.Event) requireNonNull(new TextDecoder(json, 10).add("2" + payload))).arguments();
    }
}
