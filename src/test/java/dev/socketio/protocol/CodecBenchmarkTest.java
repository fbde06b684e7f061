package dev.socketio.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CodecBenchmarkTest {

    @ParameterizedTest
    @EnumSource
    void readsWhatItWrites(CodecBenchmark.Format format) {
        CodecBenchmark benchmark = new CodecBenchmark();
        benchmark.format = format;
        benchmark.size = 128;
        benchmark.prepare();

        CodecBenchmark.Message message = new CodecBenchmark.Message("x".repeat(128));
        Packet.Event event = (Packet.Event) benchmark.decodeEvent();
        assertThat(event.name()).isEqualTo("message");
        assertThat(event.arguments().get(0, CodecBenchmark.Message.class)).isEqualTo(message);
        Packet.Event binary = (Packet.Event) benchmark.decodeBinaryEvent();
        assertThat(binary.arguments().get(0, byte[].class)).hasSize(128);
        Packet.Ack ack = (Packet.Ack) benchmark.decodeAck();
        assertThat(ack.ackId()).isEqualTo(12);
        assertThat(ack.arguments().get(0, CodecBenchmark.Message.class)).isEqualTo(message);
    }
}
