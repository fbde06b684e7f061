package dev.socketio.servlet;

import dev.socketio.engine.EnginePacket;
import dev.socketio.engine.WebSocketChannel.Completion;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A batch on its way, as frames of RFC 6455 (section 5.2) in pieces of a limited size: many small frames, or a part of a
 * large one. One thread at a time.
 */
final class TomcatBatch {

    private static final int FINAL = 0x80;
    private static final int MAX_LENGTH = 125;
    private static final int MAX_16_BITS = 0xFFFF;
    private static final byte LENGTH_OF_16_BITS = 126;
    private static final byte LENGTH_OF_64_BITS = 127;
    private static final int MAX_HEAD = 10;

    private final List<EnginePacket> packets;
    private final Completion completion;
    private final int maxPiece;

    /** How many packets have been put into pieces as a whole. */
    private int position;

    /** How much of the payload of the next one has been. */
    private int offset;

    private boolean ended;

    /** @param maxPiece in bytes, about */
    TomcatBatch(List<EnginePacket> packets, Completion completion, int maxPiece) {
        this.packets = packets;
        this.completion = completion;
        this.maxPiece = maxPiece;
    }

    Completion completion() {
        return completion;
    }

    boolean hasNext() {
        return position < packets.size();
    }

    /** Returns whether the next piece begins with a frame. */
    boolean isBetweenFrames() {
        return offset == 0;
    }

    /** Returns the packets that are in pieces already; not while one is only partly. */
    List<EnginePacket> begun() {
        return packets.subList(0, position);
    }

    /** Returns the packets that are in no piece yet. */
    List<EnginePacket> rest() {
        return packets.subList(position, packets.size());
    }

    /** Returns whether the batch has not ended before. */
    boolean end() {
        boolean first = !ended;
        ended = true;
        return first;
    }

    /** Returns the next piece. */
    ByteBuffer[] next() {
        EnginePacket packet = packets.get(position);
        if (offset > 0) {
            return new ByteBuffer[] {slice(packet)};
        }
        if (packet.encoded().length > maxPiece) {
            ByteBuffer head = ByteBuffer.allocate(MAX_HEAD);
            putHead(head, packet);
            return new ByteBuffer[] {head.flip(), slice(packet)};
        }
        return new ByteBuffer[] {frames()};
    }

    private ByteBuffer slice(EnginePacket large) {
        byte[] payload = large.encoded();
        int length = Math.min(maxPiece, payload.length - offset);
        ByteBuffer slice = ByteBuffer.wrap(payload, offset, length);
        offset += length;
        if (offset == payload.length) {
            offset = 0;
            position++;
        }
        return slice;
    }

    private ByteBuffer frames() {
        int end = position;
        int size = 0;
        while (end < packets.size() && (end == position || size + length(packets.get(end)) <= maxPiece)) {
            size += length(packets.get(end));
            end++;
        }
        ByteBuffer frames = ByteBuffer.allocate(size);
        for (; position < end; position++) {
            EnginePacket packet = packets.get(position);
            putHead(frames, packet);
            frames.put(packet.encoded());
        }
        return frames.flip();
    }

    private static int length(EnginePacket packet) {
        int payload = packet.encoded().length;
        return payload + (payload <= MAX_LENGTH ? 2 : payload <= MAX_16_BITS ? 4 : MAX_HEAD);
    }

    private static void putHead(ByteBuffer frames, EnginePacket packet) {
        int length = packet.encoded().length;
        frames.put((byte) (FINAL | Opcode.ofMessage(packet.isBinary())));
        if (length <= MAX_LENGTH) {
            frames.put((byte) length);
        } else if (length <= MAX_16_BITS) {
            frames.put(LENGTH_OF_16_BITS).putShort((short) length);
        } else {
            frames.put(LENGTH_OF_64_BITS).putLong(length);
        }
    }
}
