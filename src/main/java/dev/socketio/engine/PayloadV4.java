package dev.socketio.engine;

import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * The payload of revision 4: packets joined by U+001E, a message of bytes as {@code b} and its Base64 form (Engine.IO
 * protocol 4, "HTTP long-polling").
 */
final class PayloadV4 implements PayloadCodec {

    private static final char SEPARATOR = '\u001e';

    @Override
    public String encode(List<EnginePacket> packets) {
        if (packets.size() == 1 && !packets.get(0).isBinary()) {
            return packets.get(0).text();
        }
        StringJoiner payload = new StringJoiner(String.valueOf(SEPARATOR));
        for (EnginePacket packet : packets) {
            payload.add(packet.isBinary() ? 'b' + Base64Text.encode(packet.bytes()) : packet.text());
        }
        return payload.toString();
    }

    @Override
    public Payload decode(String text) {
        return new Reader(text);
    }

    private static final class Reader implements Payload {

        private final String text;
        private int position;

        Reader(String text) {
            this.text = text;
        }

        @Override
        public boolean hasNext() {
            return position <= text.length();
        }

        @Override
        public @Nullable EnginePacket next() {
            int end = text.indexOf(SEPARATOR, position);
            if (end < 0) {
                end = text.length();
            }
            String packet = text.substring(position, end);
            position = end + 1;
            return packet.startsWith("b") ? Base64Text.message(packet.substring(1)) : EnginePacket.parse(packet);
        }
    }
}
