package dev.socketio.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.LogCapture;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class RoomListenerTest {

    private static final int THREADS = 4;
    private static final int STEPS = 5_000;

    private final InMemoryAdapter adapter = new InMemoryAdapter(new FakeSockets(10));
    private final Recorder recorder = new Recorder();

    private void addSockets(String... ids) {
        for (String id : ids) {
            adapter.add(id);
        }
    }

    @Test
    void hearsOfRoomsFromTheFirstJoinToTheLastLeave() {
        adapter.addRoomListener(recorder);
        addSockets("ann", "bob");

        adapter.join("ann", List.of("news", "sport"));
        adapter.join("bob", List.of("news"));
        adapter.join("bob", List.of("news"));
        adapter.leave("ann", "news");
        adapter.leave("ann", "news");
        adapter.removeAll("bob");
        adapter.removeAll("bob");

        assertThat(recorder.events)
                .containsExactly(
                        "create news",
                        "join news ann",
                        "create sport",
                        "join sport ann",
                        "join news bob",
                        "leave news ann",
                        "leave news bob",
                        "delete news");
    }

    @Test
    void hearsOfNothingThatDidNotHappen() {
        adapter.addRoomListener(recorder);
        addSockets("ann");

        adapter.join("eve", List.of("news"));
        adapter.leave("ann", "news");
        adapter.removeAll("eve");

        assertThat(recorder.events).isEmpty();
    }

    @Test
    void hearsNothingAfterItHasBeenRemoved() {
        adapter.addRoomListener(recorder);
        adapter.removeRoomListener(recorder);
        addSockets("ann");

        adapter.join("ann", List.of("news"));

        assertThat(recorder.events).isEmpty();
    }

    @Test
    void mayChangeRoomsItself() {
        adapter.addRoomListener(new RoomListener() {
            @Override
            public void onJoinRoom(String room, String id) {
                adapter.leave(id, room);
            }
        });
        adapter.addRoomListener(recorder);
        addSockets("ann");

        adapter.join("ann", List.of("news"));

        assertThat(recorder.events).containsExactly("create news", "join news ann", "leave news ann", "delete news");
        assertThat(adapter.rooms()).isEmpty();
    }

    @Test
    void harmsNobodyWhenItFails() {
        adapter.addRoomListener(new RoomListener() {
            @Override
            public void onJoinRoom(String room, String id) {
                throw new IllegalStateException("expected by the test");
            }
        });
        adapter.addRoomListener(recorder);
        addSockets("ann");

        try (LogCapture logs = new LogCapture(RoomEvents.class)) {
            adapter.join("ann", List.of("news"));
            assertThat(logs.records()).hasSize(1);
        }

        assertThat(recorder.events).hasSize(2);
        assertThat(adapter.rooms("ann")).containsExactly("news");
    }

    @Test
    void hearsTheChangesOfSeveralThreadsInOrder() throws Exception {
        Replica replica = new Replica();
        adapter.addRoomListener(replica);
        addSockets("s0", "s1", "s2", "s3", "s4", "s5");
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                Random random = new Random(thread);
                tasks.add(() -> {
                    for (int i = 0; i < STEPS; i++) {
                        String id = "s" + random.nextInt(6);
                        String room = "r" + random.nextInt(2);
                        if (random.nextBoolean()) {
                            adapter.join(id, List.of(room));
                        } else {
                            adapter.leave(id, room);
                        }
                    }
                    return null;
                });
            }
            for (Future<Void> done : threads.invokeAll(tasks)) {
                done.get(60, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(replica.faults).isEmpty();
        assertThat(replica.members.keySet()).isEqualTo(adapter.rooms());
        replica.members.forEach((room, ids) ->
                assertThat(ids).allSatisfy(id -> assertThat(adapter.rooms(id)).contains(room)));
    }

    private static final class Recorder implements RoomListener {

        final List<String> events = new ArrayList<>();

        @Override
        public void onCreateRoom(String room) {
            events.add("create " + room);
        }

        @Override
        public void onJoinRoom(String room, String id) {
            events.add("join " + room + " " + id);
        }

        @Override
        public void onLeaveRoom(String room, String id) {
            events.add("leave " + room + " " + id);
        }

        @Override
        public void onDeleteRoom(String room) {
            events.add("delete " + room);
        }
    }

    /** Follows the rooms by what it hears, and notes what does not fit. */
    private static final class Replica implements RoomListener {

        final Map<String, Set<String>> members = new HashMap<>();
        final List<String> faults = new ArrayList<>();
        private final AtomicBoolean busy = new AtomicBoolean();

        private void check(boolean fits, String event) {
            if (!fits) {
                faults.add(event);
            }
        }

        private void alone(Runnable change) {
            check(!busy.getAndSet(true), "two at a time");
            change.run();
            busy.set(false);
        }

        @Override
        public void onCreateRoom(String room) {
            alone(() -> check(members.put(room, new HashSet<>()) == null, "create " + room));
        }

        @Override
        public void onJoinRoom(String room, String id) {
            alone(() -> check(members.getOrDefault(room, new HashSet<>()).add(id), "join " + room));
        }

        @Override
        public void onLeaveRoom(String room, String id) {
            alone(() -> check(members.getOrDefault(room, new HashSet<>()).remove(id), "leave " + room));
        }

        @Override
        public void onDeleteRoom(String room) {
            alone(() -> check(Set.of().equals(members.remove(room)), "delete " + room));
        }
    }
}
