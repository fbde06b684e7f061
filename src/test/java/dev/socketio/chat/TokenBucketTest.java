package dev.socketio.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.time.FakeScheduler;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TokenBucketTest {

    private final FakeScheduler time = new FakeScheduler();
    private final TokenBucket bucket = new TokenBucket(time, 3, 2);

    @Test
    void letsABurstThroughThenSoMuchASecond() {
        assertThat(taken(5)).isEqualTo(3);

        time.advance(Duration.ofMillis(499));
        assertThat(taken(2)).isZero();
        time.advance(Duration.ofMillis(1));
        assertThat(taken(2)).isEqualTo(1);
        time.advance(Duration.ofSeconds(1));
        assertThat(taken(5)).isEqualTo(2);
    }

    @Test
    void doesNotOverflow() {
        time.advance(Duration.ofDays(365));

        assertThat(taken(10)).isEqualTo(3);
    }

    @Test
    void givesSeveralOrNone() {
        assertThat(bucket.take(2)).isTrue();
        assertThat(bucket.take(2)).isFalse();
        assertThat(taken(2)).isEqualTo(1);

        time.advance(Duration.ofDays(1));
        assertThat(bucket.take(4)).isFalse();
    }

    private long taken(int attempts) {
        return Stream.generate(bucket::take)
                .limit(attempts)
                .filter(taken -> taken)
                .count();
    }
}
