package dev.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.socketio.protocol.ConversionException;
import dev.socketio.protocol.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SocketDataTest {

    private final SocketData data = new SocketData();

    @Test
    void remembersAttributes() {
        data.put("name", "ann");
        data.put("age", 3);
        data.put("age", 4);

        assertThat(data.get("name", String.class)).contains("ann");
        assertThat(data.get("age", Number.class)).contains(4);
        assertThat(data.get("unknown", String.class)).isEmpty();
        assertThat(data.asMap()).isEqualTo(Map.of("name", "ann", "age", 4));
    }

    @Test
    void forgetsAttributes() {
        data.put("name", "ann");

        data.remove("name");
        data.remove("unknown");

        assertThat(data.asMap()).isEmpty();
    }

    @Test
    void refusesAWrongType() {
        data.put("name", "ann");

        assertThatThrownBy(() -> data.get("name", Integer.class)).isInstanceOf(ClassCastException.class);
    }

    @Test
    void readsWhatHasComeFromAnotherServer() {
        ObjectMapper json = Json.mapper(1_000);
        data.put("name", "ann");
        data.put("point", new Point(1, 2));
        data.put("connection", new Object());

        SocketData there = new SocketData(json, data.toValue(json).toJson());

        assertThat(there.asMap()).isEqualTo(Map.of("name", "ann", "point", Map.of("x", 1, "y", 2)));
        assertThat(there.get("point", Point.class)).contains(new Point(1, 2));
        assertThat(there.get("point", Point.class)).contains(new Point(1, 2));
        assertThatThrownBy(() -> there.get("name", Point.class)).isInstanceOf(ConversionException.class);
        assertThat(there.get("name", String.class)).contains("ann");
        assertThat(there.asMap()).isEqualTo(Map.of("name", "ann", "point", new Point(1, 2)));
        assertThat(there.toValue(json).toString()).isEqualTo("{\"name\":\"ann\",\"point\":{\"x\":1,\"y\":2}}");
    }

    private record Point(int x, int y) {}

    @Test
    void givesAViewThatCannotBeModified() {
        assertThatThrownBy(() -> data.asMap().put("name", "ann")).isInstanceOf(UnsupportedOperationException.class);
    }
}
