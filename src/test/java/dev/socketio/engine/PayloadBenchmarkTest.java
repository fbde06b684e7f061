package dev.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PayloadBenchmarkTest {

    @ParameterizedTest
    @EnumSource
    void readsWhatItWrites(PayloadBenchmark.Form form) {
        for (boolean binary : new boolean[] {false, true}) {
            PayloadBenchmark benchmark = new PayloadBenchmark();
            benchmark.form = form;
            benchmark.binary = binary;
            benchmark.prepare();

            assertThat(benchmark.decode())
                    .hasSize(PayloadBenchmark.PACKETS)
                    .allSatisfy(packet -> assertThat(packet.size()).isBetween(128, 129))
                    .last()
                    .returns(binary, EnginePacket::isBinary);
        }
    }
}
