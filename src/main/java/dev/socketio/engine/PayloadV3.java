package dev.socketio.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The text payload of revision 3: each packet follows its length in UTF-16 units and a colon, as in {@code 6:4hello}; a
 * message of bytes is {@code b4} and its Base64 form (Engine.IO protocol 3, "Payload").
 */
final class PayloadV3 implements PayloadCodec {

    private final boolean mayBeEncodedTwice;

    /** Whether the client has encoded twice, so that it also decodes twice. Set when it first does, by any thread. */
    private volatile boolean encodesTwice;

    /** @param mayBeEncodedTwice whether text that comes may be UTF-8 whose bytes have been taken for characters */
    PayloadV3(boolean mayBeEncodedTwice) {
        this.mayBeEncodedTwice = mayBeEncodedTwice;
    }

    @Override
    public String encode(List<EnginePacket> packets) {
        StringBuilder payload = new StringBuilder();
        for (EnginePacket packet : packets) {
            String text = packet.isBinary() ? PacketV3.base64(packet) : packet.text();
            if (encodesTwice) {
                text = Utf8.encodedOnceMore(text);
            }
            payload.append(text.length()).append(':').append(text);
        }
        return payload.toString();
    }

    @Override
    public Payload decode(String text) {
        return new Reader(text);
    }

    private String decodedOnceMore(String packet) {
        String decoded = Utf8.decodedOnceMore(packet);
        if (!decoded.equals(packet)) {
            encodesTwice = true;
        }
        return decoded;
    }

    private final class Reader implements Payload {

        private final String text;
        private int position;
        private boolean more = true;

        Reader(String text) {
            this.text = text;
        }

        @Override
        public boolean hasNext() {
            return more;
        }

        @Override
        public @Nullable EnginePacket next() {
            int length = readLength();
            more = length >= 0 && position + length < text.length();
            if (length < 0) {
                return null;
            }
            String packet = text.substring(position, position + length);
            position += length;
            if (packet.isEmpty()) {
                return EnginePacket.NOOP;
            }
            return PacketV3.parse(mayBeEncodedTwice ? decodedOnceMore(packet) : packet);
        }

        /** Reads up to the colon; -1 if what stands there is no length, or one that goes beyond the end. */
        private int readLength() {
            int start = position;
            long length = 0;
            while (position < text.length() && length <= text.length()) {
                int digit = text.charAt(position++) - '0';
                if (digit == ':' - '0') {
                    return position - 1 > start && length <= text.length() - position ? (int) length : -1;
                }
                if (digit < 0 || digit > 9) {
                    return -1;
                }
                length = length * 10 + digit;
            }
            return -1;
        }
    }
}
