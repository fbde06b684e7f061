package dev.socketio.protocol;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ArgumentsTest {

    record Point(int x, int y) {}

    private final ObjectMapper json = Json.mapper(1_000_000);

    @Test
    void readsTheTypeAskedFor() {
        Arguments arguments = event("[\"e\",\"text\",1,true,1.5]");

        assertThat(arguments.get(0, String.class)).isEqualTo("text");
        assertThat(arguments.get(1, Integer.class)).isEqualTo(1);
        assertThat(arguments.get(2, boolean.class)).isTrue();
        assertThat(arguments.get(3, double.class)).isEqualTo(1.5);
    }

    @Test
    void readsRecords() {
        assertThat(event("[\"e\",{\"x\":1,\"y\":2}]").get(0, Point.class)).isEqualTo(new Point(1, 2));
    }

    @Test
    void ignoresPropertiesThatAreNewerThanTheRecord() {
        assertThat(event("[\"e\",{\"x\":1,\"y\":2,\"z\":3}]").get(0, Point.class))
                .isEqualTo(new Point(1, 2));
    }

    @Test
    void readsMapsAndLists() {
        Arguments arguments = event("[\"e\",{\"a\":1},[1,2]]");

        Map<?, ?> map = arguments.get(0, Map.class);
        List<?> list = arguments.get(1, List.class);
        assertThat(map).isEqualTo(Map.of("a", 1));
        assertThat(list).isEqualTo(List.of(1, 2));
    }

    @Test
    void readsTrees() {
        assertThat(event("[\"e\",{\"a\":[1]}]")
                        .get(0, JsonNode.class)
                        .at("/a/0")
                        .intValue())
                .isEqualTo(1);
    }

    @Test
    void readsTheSameArgumentInSeveralTypes() {
        Arguments arguments = event("[\"e\",1]");

        assertThat(arguments.get(0, int.class)).isEqualTo(1);
        assertThat(arguments.get(0, String.class)).isEqualTo("1");
        assertThat(arguments.get(0, JsonNode.class)).hasToString("1");
    }

    @Test
    void missingArgumentsReadAsNull() {
        Arguments arguments = event("[\"e\"]");

        assertThat(arguments.get(0, String.class)).isNull();
        assertThat(arguments.get(7, Point.class)).isNull();
    }

    @Test
    void missingArgumentsReadAsZeroWhereNullIsNoValue() {
        Arguments arguments = event("[\"e\"]");

        assertThat(arguments.get(0, int.class)).isZero();
        assertThat(arguments.get(0, boolean.class)).isFalse();
    }

    @Test
    void nullReadsLikeAMissingArgument() {
        Arguments arguments = event("[\"e\",null]");

        assertThat(arguments.get(0, String.class)).isNull();
        assertThat(arguments.get(0, int.class)).isZero();
    }

    @Test
    void argumentsAreCountedFromZero() {
        assertThatThrownBy(() -> event("[\"e\"]").get(-1, String.class)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tellsWhatCannotBeRead() {
        assertThatThrownBy(() -> event("[\"e\",1,\"text\"]").get(1, Integer.class))
                .isInstanceOf(ConversionException.class)
                .hasMessage("argument [1] of event \"e\" does not fit Integer");
    }

    @Test
    void readsTypesWithParameters() {
        Arguments arguments = event("[\"e\",[{\"x\":1,\"y\":2}],{\"a\":[3]}]");

        assertThat(arguments.get(0, new TypeReference<List<Point>>() {})).containsExactly(new Point(1, 2));
        assertThat(arguments.get(1, new TypeReference<Map<String, List<Long>>>() {}))
                .isEqualTo(Map.of("a", List.of(3L)));
        assertThat(arguments.get(2, new TypeReference<List<Point>>() {})).isNull();
    }

    @Test
    void findsWhatIsThere() {
        Arguments arguments = event("[\"e\",1,null]");

        assertThat(arguments.find(0, Integer.class)).contains(1);
        assertThat(arguments.find(1, Integer.class)).isEmpty();
        assertThat(arguments.find(2, int.class)).isEmpty();
        assertThatThrownBy(() -> arguments.find(0, Point.class)).isInstanceOf(ConversionException.class);
    }

    @Test
    void missingOptionalsAreEmpty() {
        Arguments arguments = event("[\"e\",null,7]");

        assertThat(arguments.get(0, OptionalInt.class)).isEmpty();
        assertThat(arguments.get(1, new TypeReference<Optional<Integer>>() {})).contains(7);
        assertThat(arguments.get(2, new TypeReference<Optional<Integer>>() {})).isEmpty();
    }

    @Test
    void readsOnePropertyOfAnArgument() {
        Arguments arguments = event("[\"e\",{\"x\":1}]");

        assertThat(arguments.value(0).get("x", int.class)).contains(1);
        assertThat(arguments.value(0).get("y", int.class)).isEmpty();
        assertThat(arguments.value(1).get("x", int.class)).isEmpty();
        assertThat(arguments.value(1).toObject()).isNull();
    }

    @Test
    void canBeHadWithoutJackson() {
        Arguments arguments = event("[\"e\",\"a\",1,2.5,true,null,[1,\"b\"],{\"c\":{\"d\":[]}},10000000000]");

        assertThat(arguments.toList())
                .containsExactly(
                        "a", 1, 2.5, true, null, List.of(1, "b"), Map.of("c", Map.of("d", List.of())), 10000000000L);
        assertThatThrownBy(() -> arguments.toList().add(1)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void bytesAreBytesWithoutJackson() {
        TextDecoder decoder = decoder();
        decoder.add("51-[\"e\",{\"a\":{\"_placeholder\":true,\"num\":0}}]");
        Packet.Event event = (Packet.Event) requireNonNull(decoder.add(new byte[] {1, 2}));

        Map<?, ?> map = (Map<?, ?>) requireNonNull(event.arguments().toList().get(0));
        assertThat(map.get("a")).isEqualTo(new byte[] {1, 2});
    }

    @Test
    void cannotReadAnObjectAsText() {
        assertThatThrownBy(() -> event("[\"e\",{}]").get(0, String.class)).isInstanceOf(ConversionException.class);
    }

    @Test
    void cannotReadTextAsARecord() {
        assertThatThrownBy(() -> event("[\"e\",\"text\"]").get(0, Point.class)).isInstanceOf(ConversionException.class);
    }

    @Test
    void cannotReadATypeThatJacksonCannotMake() {
        assertThatThrownBy(() -> event("[\"e\",{}]").get(0, Runnable.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Runnable");
    }

    @Test
    void theNameIsNoArgument() {
        assertThat(event("[\"e\"]").size()).isZero();
        assertThat(event("[\"e\",1,null]").size()).isEqualTo(2);
    }

    @Test
    void anAckHasNoName() {
        Packet.Ack ack = (Packet.Ack) requireNonNull(decoder().add("31[1,2]"));

        assertThat(ack.arguments().size()).isEqualTo(2);
        assertThat(ack.arguments().get(0, int.class)).isEqualTo(1);
    }

    @Test
    void printsAsJson() {
        assertThat(event("[\"e\",\"a\",{\"b\":[1]},null]")).hasToString("[\"a\",{\"b\":[1]},null]");
    }

    @Test
    void canBeSentOn() {
        Object[] arguments = event("[\"e\",\"a\",{\"b\":[1]},null]").toArray();

        assertThat(new TextEncoder(json)
                        .event(Outgoing.event("/", "f", arguments, -1))
                        .text())
                .isEqualTo("2[\"f\",\"a\",{\"b\":[1]},null]");
    }

    @Test
    void canBeSentOnWithTheirBytes() {
        TextDecoder decoder = decoder();
        decoder.add("51-[\"e\",{\"_placeholder\":true,\"num\":0}]");
        Packet.Event event = (Packet.Event) requireNonNull(decoder.add(new byte[] {1}));

        EncodedPacket packet = new TextEncoder(json)
                .event(Outgoing.event("/", "f", event.arguments().toArray(), -1));

        assertThat(packet.text()).isEqualTo("51-[\"f\",{\"_placeholder\":true,\"num\":0}]");
        assertThat(packet.attachments()).containsExactly(new byte[] {1});
    }

    private Arguments event(String payload) {
        return ((Packet.Event) requireNonNull(decoder().add("2" + payload))).arguments();
    }

    private TextDecoder decoder() {
        return new TextDecoder(json, 10);
    }
}
