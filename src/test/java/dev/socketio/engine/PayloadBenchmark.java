package dev.socketio.engine;

import static java.util.Objects.requireNonNull;

import dev.socketio.testing.BenchmarkSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Writes and reads polling bodies of ten messages with 128 bytes each, of which the last may be binary. */
public class PayloadBenchmark extends BenchmarkSettings {

    static final int PACKETS = 10;
    private static final int BYTES = 128;

    /** The forms of a body. */
    public enum Form {
        V4,
        V3,
        V3_BINARY
    }

    @Param
    Form form = Form.V4;

    @Param({"false", "true"})
    boolean binary;

    private PayloadCodec codec;
    private List<EnginePacket> packets;
    private Object body;

    /** Makes the packets, and the body for reading. */
    @Setup
    public void prepare() {
        codec = form == Form.V4 ? new PayloadV4() : new PayloadV3(/* mayBeEncodedTwice= */ false);
        packets = new ArrayList<>(Collections.nCopies(PACKETS, EnginePacket.message("x".repeat(BYTES))));
        if (binary) {
            packets.set(PACKETS - 1, EnginePacket.message(new byte[BYTES]));
        }
        body = encode();
    }

    /** Writes a body. */
    @Benchmark
    public Object encode() {
        return form == Form.V3_BINARY ? BinaryPayload.encode(packets) : codec.encode(packets);
    }

    /** Reads a body. */
    @Benchmark
    public List<EnginePacket> decode() {
        List<EnginePacket> read = new ArrayList<>(PACKETS);
        Payload payload = form == Form.V3_BINARY ? new BinaryPayload((byte[]) body) : codec.decode((String) body);
        while (payload.hasNext()) {
            read.add(requireNonNull(payload.next()));
        }
        return read;
    }
}
