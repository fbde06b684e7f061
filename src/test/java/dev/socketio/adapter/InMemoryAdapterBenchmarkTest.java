package dev.socketio.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InMemoryAdapterBenchmarkTest {

    @Test
    void selectsWhomItSays() {
        InMemoryAdapterBenchmark benchmark = new InMemoryAdapterBenchmark();
        benchmark.connect();

        benchmark.comeAndGo();
        benchmark.joinAndLeave();
        benchmark.joinAndLeaveNewRoom();

        assertThat(benchmark.members()).hasSize(1_000);
        assertThat(benchmark.selectRoom()).isCompletedWithValue(1_000);
        assertThat(benchmark.selectTwoRooms()).isCompletedWithValue(2_000);
        assertThat(benchmark.selectRoomExcept()).isCompletedWithValue(500);
        assertThat(benchmark.selectAllExcept()).isCompletedWithValue(5_000);
    }
}
