package dev.socketio.adapter;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.protocol.OutgoingEvent;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InMemoryAdapterTest {

    private static final OutgoingEvent EVENT = OutgoingEvent.of("/", "e", new Object[0]);

    private final FakeSockets local = new FakeSockets(10);
    private final InMemoryAdapter adapter = new InMemoryAdapter(local);

    @BeforeEach
    void addSockets() {
        for (String id : List.of("ann", "bob", "cat", "dan")) {
            local.ids.add(id);
            adapter.add(id);
        }
        adapter.join("ann", List.of("news", "sport"));
        adapter.join("bob", List.of("news"));
        adapter.join("cat", List.of("sport"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // rooms    | except     | who gets it
                "           |            | ann bob cat dan",
                "news       |            | ann bob",
                "sport      |            | ann cat",
                "news sport |            | ann bob cat",
                "none       |            | ''",
                "none sport |            | ann cat",
                "           | news       | cat dan",
                "           | news sport | dan",
                "           | none       | ann bob cat dan",
                "news       | sport      | bob",
                "news       | news       | ''",
                "news sport | none sport | bob",
            })
    void reachesWhoeverIsSelectedOnce(String rooms, String except, String receivers) {
        adapter.broadcast(EVENT, new BroadcastOptions(names(rooms), names(except), Flags.NONE));

        assertThat(local.receivers).containsExactlyInAnyOrderElementsOf(names(receivers));
    }

    @Test
    void aSocketsOwnRoomReachesItAlone() {
        adapter.join("ann", List.of("ann"));

        adapter.broadcast(EVENT, new BroadcastOptions(Set.of("ann"), Set.of(), Flags.NONE));

        assertThat(local.receivers).containsExactly("ann");
    }

    @Test
    void reachesNobodyWhoHasLeft() {
        adapter.leave("ann", "news");

        adapter.broadcast(EVENT, new BroadcastOptions(Set.of("news"), Set.of(), Flags.NONE));

        assertThat(local.receivers).containsExactly("bob");
    }

    @Test
    void reachesNobodyWhoHasGone() {
        adapter.removeAll("ann");

        adapter.broadcast(EVENT, new BroadcastOptions(Set.of("news", "sport"), Set.of(), Flags.NONE));

        assertThat(local.receivers).containsExactlyInAnyOrder("bob", "cat");
    }

    @Test
    void sendsThePacketItWasGiven() {
        adapter.broadcast(EVENT, new BroadcastOptions(Set.of(), Set.of(), Flags.NONE));

        assertThat(requireNonNull(local.last).packet().text()).isEqualTo("2[\"e\"]");
    }

    @Test
    void knowsTheRoomsOfASocket() {
        assertThat(adapter.rooms("ann")).containsExactlyInAnyOrder("news", "sport");
        assertThat(adapter.rooms("dan")).isEmpty();
        assertThat(adapter.rooms("eve")).isEmpty();
    }

    private static Set<String> names(String list) {
        return list == null || list.isEmpty() ? Set.of() : Set.of(list.split(" ", -1));
    }
}
