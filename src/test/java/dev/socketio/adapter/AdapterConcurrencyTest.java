package dev.socketio.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.protocol.OutgoingEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sockets that come, go and change rooms while others broadcast. */
class AdapterConcurrencyTest {

    private static final int THREADS = 4;
    private static final int SOCKETS = 40;
    private static final int ROOMS = 5;
    private static final int STEPS = 20_000;
    private static final OutgoingEvent EVENT = OutgoingEvent.of("/", "e", new Object[0]);

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS + 1);
    private final FakeSockets local = new FakeSockets(ROOMS);
    private final InMemoryAdapter adapter = new InMemoryAdapter(local);

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @Test
    void bothIndexesAgreeInTheEnd() throws Exception {
        CountDownLatch changing = new CountDownLatch(THREADS);
        List<Callable<Void>> tasks = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            Random random = new Random(thread);
            tasks.add(() -> {
                try {
                    for (int i = 0; i < STEPS; i++) {
                        change(random);
                    }
                } finally {
                    changing.countDown();
                }
                return null;
            });
        }
        tasks.add(() -> {
            while (changing.getCount() > 0) {
                adapter.broadcast(EVENT, new BroadcastOptions(Set.of("room0", "room1"), Set.of("room2"), Flags.NONE));
                adapter.broadcast(EVENT, new BroadcastOptions(Set.of("room3"), Set.of(), Flags.NONE));
            }
            return null;
        });

        for (Future<Void> done : threads.invokeAll(tasks)) {
            done.get(60, TimeUnit.SECONDS);
        }

        for (int room = 0; room < ROOMS; room++) {
            String name = "room" + room;
            assertThat(receivers(name)).isEqualTo(members(name));
        }
    }

    @Test
    void nobodyIsLeftWhenAllHaveGone() throws Exception {
        List<Callable<Void>> tasks = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            Random random = new Random(thread);
            tasks.add(() -> {
                for (int i = 0; i < STEPS; i++) {
                    change(random);
                }
                return null;
            });
        }
        for (Future<Void> done : threads.invokeAll(tasks)) {
            done.get(60, TimeUnit.SECONDS);
        }

        for (int socket = 0; socket < SOCKETS; socket++) {
            adapter.removeAll("socket" + socket);
        }

        for (int room = 0; room < ROOMS; room++) {
            assertThat(receivers("room" + room)).isEmpty();
        }
    }

    private void change(Random random) {
        String socket = "socket" + random.nextInt(SOCKETS);
        String room = "room" + random.nextInt(ROOMS);
        switch (random.nextInt(8)) {
            case 0 -> adapter.add(socket);
            case 1 -> adapter.removeAll(socket);
            case 2, 3 -> adapter.leave(socket, room);
            default -> adapter.join(socket, List.of(room));
        }
    }

    /** Returns who is in a room as the sockets have it. */
    private Set<String> members(String room) {
        Set<String> members = new HashSet<>();
        for (int socket = 0; socket < SOCKETS; socket++) {
            if (adapter.rooms("socket" + socket).contains(room)) {
                members.add("socket" + socket);
            }
        }
        return members;
    }

    /** Returns who is in a room as the rooms have it. */
    private Set<String> receivers(String room) {
        adapter.broadcast(EVENT, new BroadcastOptions(Set.of(room), Set.of(), Flags.NONE));
        return new HashSet<>(local.receivers);
    }
}
