package dev.socketio.engine;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The binary payload of revision 3: before each packet a byte that says whether it is text (0) or bytes (1), its length
 * in bytes as decimal digits of the values 0 to 9, and 255 (Engine.IO protocol 3, "Payload").
 */
final class BinaryPayload implements Payload {

    private static final byte TEXT = 0;
    private static final byte BYTES = 1;
    private static final byte END_OF_LENGTH = (byte) 255;

    private final byte[] body;
    private int position;
    private boolean more = true;

    /** Starts to read a payload. */
    BinaryPayload(byte[] body) {
        this.body = body;
    }

    static byte[] encode(List<EnginePacket> packets) {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        for (EnginePacket packet : packets) {
            byte[] bytes =
                    packet.isBinary() ? PacketV3.typed(packet) : packet.text().getBytes(StandardCharsets.UTF_8);
            payload.write(packet.isBinary() ? BYTES : TEXT);
            for (char digit : Integer.toString(bytes.length).toCharArray()) {
                payload.write(digit - '0');
            }
            payload.write(END_OF_LENGTH);
            payload.writeBytes(bytes);
        }
        return payload.toByteArray();
    }

    @Override
    public boolean hasNext() {
        return more;
    }

    @Override
    public @Nullable EnginePacket next() {
        byte kind = position < body.length ? body[position++] : -1;
        int length = kind == TEXT || kind == BYTES ? readLength() : -1;
        more = length >= 0 && position + length < body.length;
        if (length < 0) {
            return null;
        }
        int start = position;
        position += length;
        return kind == TEXT
                ? PacketV3.parse(new String(body, start, length, StandardCharsets.UTF_8))
                : PacketV3.parse(Arrays.copyOfRange(body, start, position));
    }

    /** Reads up to the 255; -1 if what stands there is no length, or one that goes beyond the end. */
    private int readLength() {
        int start = position;
        long length = 0;
        while (position < body.length && length <= body.length) {
            byte digit = body[position++];
            if (digit == END_OF_LENGTH) {
                return position - 1 > start && length <= body.length - position ? (int) length : -1;
            }
            if (digit < 0 || digit > 9) {
                return -1;
            }
            length = length * 10 + digit;
        }
        return -1;
    }
}
