package dev.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the benchmarks of broadcasts and echoes deliver is what they say. */
class DeliveryBenchmarksTest {

    @Test
    void broadcasts() {
        BroadcastBenchmark benchmark = new BroadcastBenchmark();
        benchmark.connect();

        assertReceived(benchmark.received, BroadcastBenchmark.SOCKETS, benchmark::toAll);
        assertReceived(benchmark.received, BroadcastBenchmark.SOCKETS, benchmark::toAllVolatile);
        assertReceived(benchmark.received, BroadcastBenchmark.ROOM_SIZE, benchmark::toRoom);
        assertReceived(benchmark.received, 2 * BroadcastBenchmark.ROOM_SIZE, benchmark::toTwoRooms);
        assertReceived(
                benchmark.received, BroadcastBenchmark.SOCKETS - BroadcastBenchmark.ROOM_SIZE, benchmark::toAllExcept);
        benchmark.close();
    }

    @Test
    void echoes() {
        EchoBenchmark benchmark = new EchoBenchmark();
        benchmark.connect();

        assertReceived(benchmark.received, 1, benchmark::event);
        assertReceived(benchmark.received, 1, benchmark::acknowledgement);
        benchmark.close();
    }

    private static void assertReceived(InstantClient.Received received, long messages, Runnable invocation) {
        long messagesBefore = received.messages();
        long bytesBefore = received.bytes();

        invocation.run();

        assertThat(received.messages() - messagesBefore).isEqualTo(messages);
        assertThat(received.bytes() - bytesBefore).isBetween(128 * messages, 160 * messages);
    }
}
