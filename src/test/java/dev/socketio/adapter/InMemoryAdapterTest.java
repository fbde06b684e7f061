package dev.socketio.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.protocol.EncodedPacket;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InMemoryAdapterTest {

    private static final EncodedPacket PACKET = new EncodedPacket("2[\"e\"]", List.of());

    private final RecordingSockets local = new RecordingSockets();
    private final InMemoryAdapter adapter = new InMemoryAdapter(local, 10);

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
        adapter.broadcast(PACKET, new BroadcastOptions(names(rooms), names(except)));

        assertThat(local.sent).containsExactlyInAnyOrderElementsOf(names(receivers));
    }

    @Test
    void aSocketsOwnRoomReachesItAlone() {
        adapter.join("ann", List.of("ann"));

        adapter.broadcast(PACKET, new BroadcastOptions(Set.of("ann"), Set.of()));

        assertThat(local.sent).containsExactly("ann");
    }

    @Test
    void reachesNobodyWhoHasLeft() {
        adapter.leave("ann", "news");

        adapter.broadcast(PACKET, new BroadcastOptions(Set.of("news"), Set.of()));

        assertThat(local.sent).containsExactly("bob");
    }

    @Test
    void reachesNobodyWhoHasGone() {
        adapter.removeAll("ann");

        adapter.broadcast(PACKET, new BroadcastOptions(Set.of("news", "sport"), Set.of()));

        assertThat(local.sent).containsExactlyInAnyOrder("bob", "cat");
    }

    @Test
    void sendsThePacketItWasGiven() {
        adapter.broadcast(PACKET, new BroadcastOptions(Set.of(), Set.of()));

        assertThat(local.packets).containsExactly(PACKET);
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

    /** Connected sockets that write down who would be sent something. */
    private static final class RecordingSockets implements LocalSockets {
        final Set<String> ids = new LinkedHashSet<>();
        final List<String> sent = new ArrayList<>();
        final List<EncodedPacket> packets = new ArrayList<>();

        @Override
        public Set<String> ids() {
            return ids;
        }

        @Override
        public void send(Set<String> selected, Set<String> except, EncodedPacket packet) {
            packets.add(packet);
            for (String id : selected) {
                if (!except.contains(id)) {
                    sent.add(id);
                }
            }
        }
    }
}
