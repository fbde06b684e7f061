package dev.socketio.engine;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of a polling request or response: packets joined by U+001E, a message of bytes as {@code b} and its Base64
 * form (Engine.IO protocol 4, "HTTP long-polling").
 */
final class Payload {

    private static final char SEPARATOR = '\u001e';

    private final String text;
    private int position;

    /** Starts to read a payload. */
    Payload(String text) {
        this.text = text;
    }

    static byte[] encode(List<EnginePacket> packets) {
        if (packets.size() == 1 && !packets.get(0).isBinary()) {
            return packets.get(0).text().getBytes(StandardCharsets.UTF_8);
        }
        StringBuilder payload = new StringBuilder();
        for (EnginePacket packet : packets) {
            if (!payload.isEmpty()) {
                payload.append(SEPARATOR);
            }
            if (packet.isBinary()) {
                payload.append('b').append(Base64.getEncoder().encodeToString(packet.bytes()));
            } else {
                payload.append(packet.text());
            }
        }
        return payload.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Returns whether {@link #next} has something to read. Even an empty payload has one packet, an invalid one. */
    boolean hasNext() {
        return position <= text.length();
    }

    /** Reads the next packet; null if it is none, after which the rest means nothing. */
    @Nullable
    EnginePacket next() {
        int end = text.indexOf(SEPARATOR, position);
        if (end < 0) {
            end = text.length();
        }
        String packet = text.substring(position, end);
        position = end + 1;
        if (packet.startsWith("b")) {
            try {
                return EnginePacket.message(base64(packet));
            } catch (IllegalArgumentException malformed) {
                return null;
            }
        }
        return EnginePacket.parse(packet);
    }

    /** The padding may be missing, and clients with a URL-safe encoder exist. */
    private static byte[] base64(String packet) {
        String data = packet.substring(1);
        boolean urlSafe = data.indexOf('-') >= 0 || data.indexOf('_') >= 0;
        return (urlSafe ? Base64.getUrlDecoder() : Base64.getDecoder()).decode(data);
    }
}
