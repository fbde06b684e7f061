package dev.socketio.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ValueTest {

    record Login(String user, int age) {}

    private final ObjectMapper json = Json.mapper(1_000_000);
    private final Value value = new Value(
            json, json.createObjectNode().put("user", "ann").put("age", 7).putNull("token"));

    @Test
    void readsTheWhole() {
        assertThat(value.as(Login.class)).isEqualTo(new Login("ann", 7));
    }

    @Test
    void tellsThatTheWholeCannotBeRead() {
        assertThatThrownBy(() -> value.as(List.class))
                .isInstanceOf(ConversionException.class)
                .hasMessage("the value does not fit List");
    }

    @Test
    void readsAProperty() {
        assertThat(value.get("user", String.class)).contains("ann");
    }

    @Test
    void hasNoPropertyThatIsMissing() {
        assertThat(value.get("name", String.class)).isEmpty();
    }

    @Test
    void hasNoPropertyThatIsNull() {
        assertThat(value.get("token", String.class)).isEmpty();
    }

    @Test
    void tellsWhichPropertyCannotBeRead() {
        assertThatThrownBy(() -> value.get("user", Integer.class))
                .isInstanceOf(ConversionException.class)
                .hasMessage("user does not fit Integer");
    }

    @Test
    void readsTypesWithParameters() {
        Value nested = new Value(
                json, json.createObjectNode().set("list", json.createArrayNode().add(1)));

        assertThat(nested.as(new TypeReference<Map<String, List<Integer>>>() {}))
                .isEqualTo(Map.of("list", List.of(1)));
        assertThat(nested.get("list", new TypeReference<List<Long>>() {})).contains(List.of(1L));
        assertThat(nested.get("none", new TypeReference<List<Long>>() {})).isEmpty();
    }

    @Test
    void canBeHadWithoutJackson() {
        Map<String, Object> expected = new LinkedHashMap<>();
        expected.put("user", "ann");
        expected.put("age", 7);
        expected.put("token", null);

        assertThat(value.toObject()).isEqualTo(expected);
    }

    @Test
    void printsAsJson() {
        assertThat(value).hasToString("{\"user\":\"ann\",\"age\":7,\"token\":null}");
    }

    @Test
    void emptyHasNoProperties() {
        assertThat(Value.empty(json)).hasToString("{}");
    }
}
