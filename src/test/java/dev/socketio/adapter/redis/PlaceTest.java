package dev.socketio.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceTest {

    @ParameterizedTest
    @ValueSource(strings = {"1-0", "0-1", "1764123456789-0", "1764123456789-17", "8796093022207-1048575"})
    void isAnIdAndAPosition(String id) {
        Place place = Place.of(id);

        assertThat(place.isKnown()).isTrue();
        assertThat(Place.id(place.position())).isEqualTo(id);
    }

    @Test
    void positionsGrowWithIds() {
        assertThat(Place.position("5-1")).isGreaterThan(Place.position("5-0"));
        assertThat(Place.position("6-0")).isGreaterThan(Place.position("5-1048575"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "1",
                "1-",
                "-1",
                "x-1",
                "1-x",
                "1-1-1",
                "01-1",
                "+1-1",
                "1--1",
                "0-0",
                "1-1048576",
                "8796093022208-0",
                "18446744073709551615-0",
                "9999999999999999999999999999-0",
                "١-٠",
                "1-0 "
            })
    void refusesWhatIsNoneOrOutOfRange(String id) {
        assertThat(Place.of(id).isKnown()).isFalse();
    }
}
