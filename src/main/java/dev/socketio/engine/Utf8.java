package dev.socketio.engine;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Facts about text as UTF-8. */
final class Utf8 {

    private Utf8() {}

    /**
     * Returns how many bytes {@code text} takes; half a surrogate pair counts as the {@code ?} that replaces it. A text
     * that takes more than an {@code int} can say counts as the largest.
     */
    static int length(String text) {
        int length = text.length();
        long bytes = length;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                continue;
            }
            if (c < 0x800) {
                bytes++;
            } else if (!Character.isSurrogate(c)) {
                bytes += 2;
            } else if (Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(text.charAt(i + 1))) {
                bytes += 2; // four bytes for the two characters
                i++;
            }
        }
        return (int) Math.min(bytes, Integer.MAX_VALUE);
    }

    /** Returns whether {@code text} takes at most {@code limit} bytes, mostly without looking at it. */
    static boolean fits(String text, int limit) {
        int length = text.length();
        return length <= limit && (length <= limit / 3 || length(text) <= limit);
    }

    /** Returns whether every character takes one byte. */
    static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns the text whose UTF-8 bytes these characters are; the same text if they are not. Hardly anybody means what
     * happens to be valid UTF-8, such as {@code Ã©}.
     */
    static String decodedOnceMore(String text) {
        if (isAscii(text) || text.chars().anyMatch(c -> c > 0xff)) {
            return text;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException notEncodedTwice) {
            return text;
        }
    }

    /** Takes the UTF-8 bytes of a text for characters. */
    static String encodedOnceMore(String text) {
        return isAscii(text) ? text : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
