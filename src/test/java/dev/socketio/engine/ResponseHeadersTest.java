package dev.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseHeadersTest {

    private final ResponseHeaders headers = new ResponseHeaders();

    private List<String> written() {
        List<String> lines = new ArrayList<>();
        headers.writeTo(
                (name, value) -> lines.add("set " + name + "=" + value),
                (name, value) -> lines.add("add " + name + "=" + value));
        return lines;
    }

    @Test
    void comparesNamesWithoutRegardToCase() {
        headers.set("X-One", "1").add("x-one", "2").set("X-TWO", "3").remove("x-two");

        assertThat(headers.get("X-ONE")).isEqualTo("1");
        assertThat(headers.getAll("x-One")).containsExactly("1", "2");
        assertThat(headers.get("X-Two")).isNull();
        assertThat(headers.getAll("X-Two")).isEmpty();
    }

    @Test
    void setReplacesAllValues() {
        headers.add("X-One", "1").add("X-One", "2").set("x-one", "3", "4");

        assertThat(headers.getAll("X-One")).containsExactly("3", "4");
    }

    @Test
    void tellsWhatReplacesTheHeadersOfFiltersAndWhatStandsBesideThem() {
        headers.add("Vary", "Origin").add("Vary", "Accept");
        headers.set("X-One", "1", "2");

        assertThat(written()).containsExactly("add Vary=Origin", "add Vary=Accept", "set X-One=1", "add X-One=2");
    }

    @Test
    void neverReplacesTheCookiesOfFilters() {
        headers.set("set-cookie", "a=1");

        assertThat(written()).containsExactly("add set-cookie=a=1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nX-Evil: 1", "a\nb", "\u0000", "a\u007f", "\u20ac"})
    void refusesValuesThatWouldEndTheHeader(String value) {
        assertThatThrownBy(() -> headers.set("X-One", value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("X-One");
        assertThatThrownBy(() -> headers.add("X-One", value)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> headers.set("X-One", "fine", value)).isInstanceOf(IllegalArgumentException.class);
        assertThat(written()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "X One", "X:One", "X\r\n", "X\u00e4", "(X)"})
    void refusesNamesThatAreNone(String name) {
        assertThatThrownBy(() -> headers.set(name, "1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name is");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length", "transfer-encoding"})
    void leavesTheLengthToTheContainer(String name) {
        assertThatThrownBy(() -> headers.set(name, "1")).hasMessageContaining("the container sets this header");
    }

    @Test
    void returnsValuesThatLaterChangesDoNotTouch() {
        headers.add("X-One", "1");
        List<String> values = headers.getAll("X-One");

        headers.add("X-One", "2");

        assertThat(values).containsExactly("1");
    }
}
