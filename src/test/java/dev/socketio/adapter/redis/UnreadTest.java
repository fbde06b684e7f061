package dev.socketio.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.adapter.ClusterHealth;
import dev.socketio.time.FakeScheduler;
import org.junit.jupiter.api.Test;

class UnreadTest {

    private static final int BYTES = 10;

    private final Traffic traffic = new Traffic("one", 1_000, new FakeScheduler());
    private final Unread unread = new Unread(traffic, 3);

    private void begin(long... numbers) {
        for (long number : numbers) {
            traffic.begin(BYTES);
            unread.begin(number);
        }
    }

    private void taken(long... numbers) {
        begin(numbers);
        for (long number : numbers) {
            unread.onTaken(number, BYTES);
        }
    }

    private void assertCounts(long sent, long lost, long waiting) {
        assertThat(traffic.health(/* connected= */ true))
                .isEqualTo(new ClusterHealth("one", true, sent, lost, 0, 0, waiting));
    }

    @Test
    void whatIsReadHasGoneOut() {
        begin(1, 2);
        assertCounts(0, 0, 2);
        unread.onTaken(1, BYTES);
        assertCounts(0, 0, 2);

        unread.onRead(1);
        assertCounts(1, 0, 1);

        unread.onRead(2); // before Redis has replied
        assertCounts(1, 0, 1);
        unread.onTaken(2, BYTES);
        assertCounts(2, 0, 0);
    }

    @Test
    void whatCouldNotBeAddedIsLostUnlessItHasBeenRead() {
        begin(1, 2);
        unread.onFailure(1, BYTES, "the connection is lost");
        assertCounts(0, 1, 1);
        unread.onRead(1);
        assertCounts(0, 1, 1);

        unread.onRead(2);
        unread.onFailure(2, BYTES, "the connection is lost");
        assertCounts(1, 1, 0);
    }

    @Test
    void whatALaterReadingDoesNotBringIsLost() {
        long first = unread.beginReading();
        taken(1, 2);
        unread.onAllRead(first);
        assertCounts(0, 0, 2);

        long second = unread.beginReading();
        taken(3);
        unread.onRead(2);
        unread.onAllRead(second);
        assertCounts(1, 1, 1);

        unread.onRead(1);
        assertCounts(1, 1, 1);
        unread.onRead(3);
        assertCounts(2, 1, 0);
    }

    @Test
    void whatIsNotAnsweredIsNotJudged() {
        begin(1);
        unread.beginReading();
        unread.onAllRead(unread.beginReading());
        assertCounts(0, 0, 1);

        unread.onTaken(1, BYTES);
        unread.onRead(1);
        assertCounts(1, 0, 0);
    }

    @Test
    void whatTheStreamHasNoRoomForIsLost() {
        taken(1, 2, 3);
        assertCounts(0, 0, 3);

        taken(4, 5);

        assertCounts(0, 2, 3);
    }
}
