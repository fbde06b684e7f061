package dev.socketio.adapter;

import dev.socketio.testing.BenchmarkSettings;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/**
 * Looks after rooms, and selects who gets a broadcast, which {@code count} does as a broadcast does. Of 10,000 sockets,
 * each is in a room of its own, in one of ten rooms of 1,000, and every second one in a room of 5,000.
 */
public class InMemoryAdapterBenchmark extends BenchmarkSettings {

    private static final int SOCKETS = 10_000;
    private static final int ROOM_SIZE = 1_000;

    private static final BroadcastOptions ONE_ROOM = BroadcastOptions.ALL.to("room 0");
    private static final BroadcastOptions TWO_ROOMS = BroadcastOptions.ALL.to("room 0", "room 1");
    private static final BroadcastOptions ROOM_EXCEPT =
            BroadcastOptions.ALL.to("room 0").except("even");
    private static final BroadcastOptions ALL_EXCEPT = BroadcastOptions.ALL.except("even");

    private final FakeSockets sockets = new FakeSockets(10_000);
    private final InMemoryAdapter adapter = new InMemoryAdapter(sockets);

    /** Connects the sockets. */
    @Setup
    public void connect() {
        for (int i = 0; i < SOCKETS; i++) {
            String id = "socket " + i;
            sockets.ids.add(id);
            adapter.add(id);
            adapter.join(id, List.of(id));
            adapter.join(id, List.of("room " + i / ROOM_SIZE));
            if (i % 2 == 0) {
                adapter.join(id, List.of("even"));
            }
        }
    }

    /** A socket comes, gets its room, and goes. */
    @Benchmark
    public void comeAndGo() {
        adapter.add("guest");
        adapter.join("guest", List.of("guest"));
        adapter.removeAll("guest");
    }

    /** A socket joins a room with others, and leaves it. */
    @Benchmark
    public void joinAndLeave() {
        adapter.join("socket 1", List.of("even"));
        adapter.leave("socket 1", "even");
    }

    /** A socket joins a room that there is not, and leaves it. */
    @Benchmark
    public void joinAndLeaveNewRoom() {
        adapter.join("socket 1", List.of("new"));
        adapter.leave("socket 1", "new");
    }

    /** Lists the members of a room of 1,000. */
    @Benchmark
    public Set<String> members() {
        return adapter.sockets(ONE_ROOM.rooms());
    }

    /** Selects 1,000. */
    @Benchmark
    public CompletableFuture<Integer> selectRoom() {
        return adapter.count(ONE_ROOM);
    }

    /** Selects 2,000. */
    @Benchmark
    public CompletableFuture<Integer> selectTwoRooms() {
        return adapter.count(TWO_ROOMS);
    }

    /** Selects 500 of 1,000. */
    @Benchmark
    public CompletableFuture<Integer> selectRoomExcept() {
        return adapter.count(ROOM_EXCEPT);
    }

    /** Selects 5,000 of 10,000. */
    @Benchmark
    public CompletableFuture<Integer> selectAllExcept() {
        return adapter.count(ALL_EXCEPT);
    }
}
