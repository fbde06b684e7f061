package dev.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a=1         | 1",
                "b=2&a=1     | 1",
                "a=1&b=2     | 1",
                "a=1&a=2     | 2",
                "a=1&a=      | ''",
                "a=1&a       | ''",
                "a           | ''",
                "a=          | ''",
                "a=1=2       | 1=2",
                "&&a=1&&     | 1",
                "%61=1       | 1",
                "a=x+y       | 'x y'",
                "a=x%2By     | x+y",
                "a=%26%3D    | &=",
                "a=%C3%A4    | ä",
                "a=%f0%9f%98%80 | 😀",
                "a=ä         | ä",
                "a=%FF       | �",
                "a=%         | %",
                "a=%4        | %4",
                "a=%4g       | %4g",
                "a=%g4       | %g4",
                "a=%%41      | %A",
                "a=100%+x    | '100% x'",
            })
    void readsAParameter(String raw, String value) {
        assertThat(Query.parse(raw).get("a")).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"b=1", "A=1", "=1", "aa=1", "b=a"})
    void knowsNoParameterThatIsNotThere(String raw) {
        assertThat(Query.parse(raw).get("a")).isNull();
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"&", "&&&"})
    void hasNoParametersWithoutAQuery(String raw) {
        assertThat(Query.parse(raw).asMap()).isEmpty();
    }

    @Test
    void keepsTheOrderOfFirstAppearance() {
        assertThat(Query.parse("b=1&a=2&b=3").asMap().toString()).isEqualTo("{b=3, a=2}");
    }
}
