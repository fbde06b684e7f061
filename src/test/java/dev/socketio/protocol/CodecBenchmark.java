package dev.socketio.protocol;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.socketio.testing.BenchmarkSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Writes and reads an event, one with bytes, and an acknowledgement. */
public class CodecBenchmark extends BenchmarkSettings {

    /** What every client has built in, and what it can have instead. */
    public enum Format {
        STANDARD,
        MSGPACK
    }

    /** What the events carry, as the record that an application would have. */
    record Message(String text) {}

    @Param
    Format format = Format.STANDARD;

    /** How long the text is, or how many bytes there are. */
    @Param({"5", "128", "4096"})
    int size = 5;

    private Parser.Encoder encoder;
    private Parser.Decoder decoder;

    private OutgoingEvent event;
    private OutgoingEvent binaryEvent;
    private List<@Nullable Object> answer;

    private EncodedPacket encodedEvent;
    private EncodedPacket encodedBinaryEvent;
    private EncodedPacket encodedAck;

    /** Makes the packets, and their encoded forms for reading. */
    @Setup
    public void prepare() {
        ObjectMapper json = Json.mapper(1_000_000);
        Parser parser = format == Format.STANDARD ? Parser.standard() : Parser.msgpack();
        encoder = parser.encoder(json);
        decoder = parser.decoder(json, 10);
        Message message = new Message("x".repeat(size));
        event = OutgoingEvent.of("/", "message", new Object[] {message});
        binaryEvent = OutgoingEvent.of("/", "message", new Object[] {new byte[size]});
        answer = List.of(message);
        encodedEvent = encodeEvent();
        encodedBinaryEvent = encodeBinaryEvent();
        encodedAck = encodeAck();
    }

    /** Writes an event. */
    @Benchmark
    public EncodedPacket encodeEvent() {
        return encoder.event(event);
    }

    /** Reads an event. */
    @Benchmark
    public Packet decodeEvent() {
        return decode(encodedEvent);
    }

    /** Writes an event with bytes. */
    @Benchmark
    public EncodedPacket encodeBinaryEvent() {
        return encoder.event(binaryEvent);
    }

    /** Reads an event with bytes. */
    @Benchmark
    public Packet decodeBinaryEvent() {
        return decode(encodedBinaryEvent);
    }

    /** Writes an acknowledgement. */
    @Benchmark
    public EncodedPacket encodeAck() {
        return encoder.ack("/", "12", answer);
    }

    /** Reads an acknowledgement. */
    @Benchmark
    public Packet decodeAck() {
        return decode(encodedAck);
    }

    private Packet decode(EncodedPacket encoded) {
        Packet packet = encoded.text() == null ? null : decoder.add(encoded.text());
        for (byte[] attachment : encoded.attachments()) {
            packet = decoder.add(attachment);
        }
        return requireNonNull(packet);
    }
}
