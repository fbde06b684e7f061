package dev.socketio.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What differs in the packets of revision 3: a message of bytes begins with its type, as a byte where bytes can travel,
 * or as {@code b4} before its Base64 form (Engine.IO protocol 3, "Packet").
 */
final class PacketV3 {

    private static final byte MESSAGE = 4;
    private static final String BASE64_MESSAGE = "b4";

    private PacketV3() {}

    static String base64(EnginePacket message) {
        return BASE64_MESSAGE + Base64Text.encode(message.bytes());
    }

    static byte[] typed(EnginePacket message) {
        byte[] bytes = message.bytes();
        byte[] typed = new byte[bytes.length + 1];
        typed[0] = MESSAGE;
        System.arraycopy(bytes, 0, typed, 1, bytes.length);
        return typed;
    }

    /** Reads the text form of a packet; null if it is none. */
    static @Nullable EnginePacket parse(String text) {
        return text.startsWith(BASE64_MESSAGE)
                ? Base64Text.message(text.substring(BASE64_MESSAGE.length()))
                : EnginePacket.parse(text);
    }

    /** Reads a message of bytes that begins with its type; null if it is none. */
    static @Nullable EnginePacket parse(byte[] typed) {
        boolean message = typed.length > 0 && typed[0] == MESSAGE;
        return message ? EnginePacket.message(Arrays.copyOfRange(typed, 1, typed.length)) : null;
    }
}
