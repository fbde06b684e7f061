package dev.socketio.engine;

import java.util.Arrays;
import java.util.Base64;

/** Bytes as text, where only text can travel. */
final class Base64Text {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static final byte[] VALUES = values();

    private Base64Text() {}

    private static byte[] values() {
        byte[] values = new byte[128];
        Arrays.fill(values, (byte) -1);
        for (int i = 0; i < ALPHABET.length(); i++) {
            values[ALPHABET.charAt(i)] = (byte) i;
        }
        values['-'] = values['+'];
        values['_'] = values['/'];
        return values;
    }

    static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /**
     * Reads a message as leniently as Socket.IO does, where clients have got used to it: the padding may be missing, both
     * alphabets are known, and what belongs to neither is passed over. The official Java client breaks its lines.
     */
    static EnginePacket message(String data) {
        byte[] bytes = new byte[data.length() * 3 / 4 + 1];
        int length = 0;
        int bits = 0;
        int pending = 0;
        for (int i = 0; i < data.length() && data.charAt(i) != '='; i++) {
            char c = data.charAt(i);
            if (c >= VALUES.length || VALUES[c] < 0) {
                continue;
            }
            bits = bits << 6 | VALUES[c];
            pending += 6;
            if (pending >= 8) {
                pending -= 8;
                bytes[length++] = (byte) (bits >> pending);
            }
        }
        return EnginePacket.message(Arrays.copyOf(bytes, length));
    }
}
