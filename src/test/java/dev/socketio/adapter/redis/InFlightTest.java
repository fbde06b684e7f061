package dev.socketio.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.time.FakeScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InFlightTest {

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final FakeScheduler time = new FakeScheduler();
    private final InFlight inFlight = new InFlight(1_000, time);
    private final List<String> delivered = new ArrayList<>();

    private long begin(String name) {
        return inFlight.begin(100, place -> delivered.add(place == null ? name : name + " at " + place.id()));
    }

    @Test
    void deliversWhenItIsRead() {
        long a = begin("a");
        long b = begin("b");
        assertThat(delivered).isEmpty();

        assertThat(inFlight.onRead(b, Place.of("1-0"))).isTrue();
        assertThat(inFlight.onRead(a, Place.of("1-1"))).isTrue();

        assertThat(delivered).containsExactly("b at 1-0", "a at 1-1");
    }

    @Test
    void deliversWithoutAPlaceWhatCannotBeAddedAndNotAgainWhenItIsReadAllTheSame() {
        long a = begin("a");
        inFlight.onFailure(a);
        assertThat(inFlight.onRead(a, Place.of("1-0"))).isFalse();
        inFlight.onFailure(a);

        assertThat(delivered).containsExactly("a");
    }

    @Test
    void whatIsLostKeepsItsOrder() {
        long a = begin("a");
        long b = begin("b");
        long c = begin("c");
        inFlight.onFailure(c);
        inFlight.onFailure(b);
        assertThat(delivered).isEmpty(); // the first may still be read

        inFlight.onRead(a, Place.of("1-0"));

        assertThat(delivered).containsExactly("a at 1-0", "b", "c");
    }

    @Test
    void knowsThatTheStreamHasLostWhatCameBefore() {
        long a = begin("a");
        long b = begin("b");
        long c = begin("c");
        inFlight.onAdded(a, Place.position("1-0"));
        inFlight.onReading(Place.position("3-0"));
        inFlight.onRead(c, Place.of("3-0"));
        assertThat(delivered).containsExactly("a", "c at 3-0");

        inFlight.onReading(Place.position("4-0"));
        inFlight.onAdded(b, Place.position("2-0"));
        assertThat(delivered).containsExactly("a", "c at 3-0", "b");
    }

    @Test
    void waitsForNothingIfThereIsTooMuch() {
        for (int i = 0; i < 10; i++) {
            begin("x");
        }
        assertThat(delivered).isEmpty();

        begin("y");

        assertThat(delivered).hasSize(11).endsWith("x", "y");
    }

    @Test
    void deliversWhatIsNotReadInTime() {
        long a = begin("a");
        time.advance(Duration.ofSeconds(1));
        begin("b");
        time.advance(PATIENCE.minusSeconds(1).minusNanos(1));
        assertThat(delivered).isEmpty();

        time.advance(Duration.ofNanos(1));
        assertThat(delivered).containsExactly("a");
        inFlight.onRead(a, Place.of("1-0"));

        time.advance(Duration.ofSeconds(1));
        assertThat(delivered).containsExactly("a", "b");
        assertThat(time.pending()).isZero();
    }

    @Test
    void endsWithoutDelivering() {
        begin("a");

        inFlight.close();

        assertThat(time.pending()).isZero();
        assertThat(delivered).isEmpty();
    }
}
