package dev.socketio.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.adapter.BroadcastOptions;
import dev.socketio.protocol.EncodedPacket;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentEventsTest {

    private final RecentEvents recent = new RecentEvents(3);

    private void add(String... ids) {
        for (String id : ids) {
            add(id, new byte[0]);
        }
    }

    private void add(String id, byte[] attachment) {
        EncodedPacket packet = new EncodedPacket("text", List.of(attachment));
        recent.add(new RecentEvents.Event(Place.of(id), "/", BroadcastOptions.ALL, packet));
    }

    private List<String> after(String id) {
        return recent.after(Place.position(id)).stream()
                .map(event -> event.place().id())
                .toList();
    }

    private boolean reachBackTo(String id) {
        return recent.reachBackTo(Place.position(id));
    }

    @Test
    void knowNothingBeforeReadingHasBegun() {
        assertThat(reachBackTo("9-0")).isFalse();

        recent.start(Place.position("9-0"));

        assertThat(reachBackTo("9-0")).isTrue();
        assertThat(reachBackTo("8-0")).isFalse();
    }

    @Test
    void giveWhatCameAfterAPosition() {
        recent.start(Place.position("1-0"));
        add("2-0", "2-1", "5-0");

        assertThat(after("1-0")).containsExactly("2-0", "2-1", "5-0");
        assertThat(after("2-0")).containsExactly("2-1", "5-0");
        assertThat(after("4-0")).containsExactly("5-0");
        assertThat(after("5-0")).isEmpty();
    }

    @Test
    void dropTheOldestWhenThereAreTooMany() {
        recent.start(Place.position("1-0"));
        add("2-0", "3-0", "4-0", "5-0");

        assertThat(reachBackTo("1-0")).isFalse();
        assertThat(reachBackTo("2-0")).isTrue();
        assertThat(after("2-0")).containsExactly("3-0", "4-0", "5-0");
    }

    @Test
    void dropTheOldestWhenTheyAreTooLarge() {
        recent.start(Place.position("1-0"));
        add("2-0", new byte[40 << 20]);
        add("3-0", new byte[30 << 20]);

        assertThat(after("1-0")).containsExactly("3-0");
        assertThat(reachBackTo("1-0")).isFalse();
        assertThat(reachBackTo("2-0")).isTrue();
    }
}
