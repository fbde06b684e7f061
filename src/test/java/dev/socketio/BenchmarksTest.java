package dev.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The benchmarks run. */
class BenchmarksTest {

    @Test
    void allRun() throws Exception {
        Options once = new OptionsBuilder()
                .param("size", "128")
                .param("binary", "true")
                .mode(Mode.SingleShotTime)
                .forks(0)
                .warmupIterations(0)
                .measurementIterations(1)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();

        assertThat(new Runner(once).run())
                .extracting(result -> result.getParams().getBenchmark())
                .contains("dev.socketio.BroadcastBenchmark.toAll", "dev.socketio.protocol.CodecBenchmark.encodeEvent");
    }
}
