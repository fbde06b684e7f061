package dev.socketio.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.adapter.ClusterHealth;
import dev.socketio.time.FakeScheduler;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TrafficTest {

    private final FakeScheduler time = new FakeScheduler();
    private final Traffic traffic = new Traffic("one", 100, time);

    private ClusterHealth health() {
        return traffic.health(/* connected= */ true);
    }

    @Test
    void countsWhatHasGoneOutAndWhatIsLost() {
        assertThat(traffic.begin(10)).isTrue();
        assertThat(health()).isEqualTo(new ClusterHealth("one", true, 0, 0, 0, 0, 1));
        traffic.end(10, /* taken= */ true, null);
        traffic.begin(10);
        traffic.end(10, /* taken= */ false, "the connection is lost");
        traffic.onReceived();
        traffic.onMalformed("channel", "not JSON");

        assertThat(health()).isEqualTo(new ClusterHealth("one", true, 1, 1, 1, 1, 0));
    }

    @Test
    void whatRedisHasTakenMayBeLostAllTheSame() {
        traffic.begin(10);
        traffic.end(10, /* taken= */ true, "nobody has got it");
        assertThat(health()).isEqualTo(new ClusterHealth("one", true, 0, 1, 0, 0, 0));

        for (int i = 0; i < 3; i++) {
            traffic.begin(10);
            traffic.onTaken(10);
        }
        assertThat(health()).isEqualTo(new ClusterHealth("one", true, 0, 1, 0, 0, 3));
        assertThat(traffic.begin(100)).isTrue(); // nothing waits for Redis

        traffic.onRead();
        traffic.onUnread(2, "it is gone");
        assertThat(health()).isEqualTo(new ClusterHealth("one", true, 1, 3, 0, 0, 1));
    }

    @Test
    void limitsTheBytesThatWait() {
        assertThat(traffic.begin(60)).isTrue();
        assertThat(traffic.begin(41)).isFalse();
        assertThat(traffic.begin(40)).isTrue();
        assertThat(health().lost()).isEqualTo(1);

        traffic.end(60, /* taken= */ true, null);
        assertThat(traffic.begin(60)).isTrue();
    }

    @Test
    void aMessageBeyondTheLimitGoesOutAlone() {
        assertThat(traffic.begin(1_000)).isTrue();
        assertThat(traffic.begin(1)).isFalse();
    }

    @Test
    void isDownWhileRedisTakesNothing() {
        traffic.begin(10);
        time.advance(Duration.ofSeconds(3));
        assertThat(health().isUp()).isTrue();
        time.advance(Duration.ofNanos(1));
        assertThat(health().isUp()).isFalse();

        traffic.end(10, /* taken= */ true, null);
        assertThat(health().isUp()).isTrue();
        time.advance(Duration.ofHours(1));
        assertThat(health().isUp()).isTrue();
    }

    @Test
    void stopsReportingWhenNothingIsLostAnyMore() {
        traffic.begin(10);
        traffic.end(10, /* taken= */ false, "the connection is lost");
        assertThat(time.pending()).isEqualTo(1);

        time.advance(Duration.ofSeconds(20));
        assertThat(time.pending()).isZero();
    }
}
