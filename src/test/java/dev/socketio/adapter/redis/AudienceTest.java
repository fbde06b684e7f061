package dev.socketio.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.time.FakeScheduler;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AudienceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration MEMORY = Duration.ofSeconds(10);

    private final FakeScheduler time = new FakeScheduler();
    private final Audience audience = new Audience(time);

    private void comeBack() {
        audience.onLost();
        time.advance(Duration.ofMinutes(1));
        audience.onBack();
        audience.onSubscribed();
    }

    @Test
    void whoeverGetsAMessageIsEverybodyWhileAllIsWell() {
        assertThat(audience.isComplete("all", 3)).isTrue();
        assertThat(audience.isComplete("all", 2)).isTrue();
        assertThat(audience.isComplete("all", 0)).isTrue();
        assertThat(audience.isComplete("all", 4)).isTrue();
    }

    @Test
    void waitsForAsManyAsBefore() {
        audience.isComplete("all", 3);
        comeBack();

        assertThat(audience.isComplete("all", 1)).isFalse();
        assertThat(audience.isComplete("all", 2)).isFalse();
        assertThat(audience.isComplete("all", 3)).isTrue();
        assertThat(audience.isComplete("all", 2)).isTrue();
    }

    @Test
    void waitsForEachGroup() {
        audience.isComplete("all", 2);
        audience.isComplete("admin", 3);
        comeBack();

        assertThat(audience.isComplete("all", 2)).isTrue();
        assertThat(audience.isComplete("admin", 2)).isFalse();
        assertThat(audience.isComplete("new", 1)).isTrue();
    }

    @Test
    void whoIsNotBackInTimeHasLeft() {
        audience.isComplete("all", 3);
        comeBack();
        time.advance(PATIENCE.minusNanos(1));
        assertThat(audience.isComplete("all", 2)).isFalse();

        time.advance(Duration.ofNanos(1));
        assertThat(audience.isComplete("all", 2)).isTrue();

        comeBack();
        assertThat(audience.isComplete("all", 1)).isFalse();
        assertThat(audience.isComplete("all", 2)).isTrue();
    }

    @Test
    void whoHasLeftBeforeIsNotWaitedFor() {
        audience.isComplete("all", 3);
        time.advance(MEMORY);
        audience.isComplete("all", 2);
        comeBack();

        assertThat(audience.isComplete("all", 2)).isTrue();
    }

    @Test
    void whoWasLostShortlyBeforeIsWaitedFor() {
        audience.isComplete("all", 3);
        time.advance(MEMORY.minusNanos(1));
        audience.isComplete("all", 2);
        comeBack();

        assertThat(audience.isComplete("all", 2)).isFalse();
        assertThat(audience.isComplete("all", 3)).isTrue();
    }

    @Test
    void isAwayUntilThisServerHasSubscribed() {
        assertThat(audience.isAway()).isFalse();
        audience.onLost();
        assertThat(audience.isAway()).isTrue();
        audience.onBack();
        assertThat(audience.isAway()).isTrue();
        audience.onSubscribed();
        assertThat(audience.isAway()).isFalse();
    }

    @Test
    void isCountedAgainFromTimeToTimeAndUntilAllAreBack() {
        assertThat(audience.isToBeCounted("all")).isTrue();
        audience.isComplete("all", 2);
        assertThat(audience.isToBeCounted("all")).isFalse();
        time.advance(MEMORY.minusNanos(1));
        assertThat(audience.isToBeCounted("all")).isFalse();
        time.advance(Duration.ofNanos(1));
        assertThat(audience.isToBeCounted("all")).isTrue();

        comeBack();
        audience.isComplete("all", 1);
        assertThat(audience.isToBeCounted("all")).isTrue();
        audience.isComplete("all", 2);
        assertThat(audience.isToBeCounted("all")).isFalse();
    }

    @Test
    void forgetsGroupsIfThereAreTooMany() {
        audience.isComplete("all", 2);
        for (int i = 0; i < 1_000; i++) {
            audience.isComplete("group " + i, 2);
        }
        comeBack();

        assertThat(audience.isComplete("all", 1)).isTrue();
        assertThat(audience.isComplete("group 1", 1)).isFalse();
    }
}
