package dev.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    void givesAViewThatCannotBeModified() {
        assertThatThrownBy(() -> data.asMap().put("name", "ann")).isInstanceOf(UnsupportedOperationException.class);
    }
}
