package dev.socketio.engine;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Bytes as text, where only text can travel. */
final class Base64Text {

    private Base64Text() {}

    static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Reads a message; null if it is malformed. The padding may be missing, and clients with a URL-safe encoder exist. */
    static @Nullable EnginePacket message(String data) {
        boolean urlSafe = data.indexOf('-') >= 0 || data.indexOf('_') >= 0;
        try {
            return EnginePacket.message((urlSafe ? Base64.getUrlDecoder() : Base64.getDecoder()).decode(data));
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }
}
