package dev.socketio.servlet;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Decodes the UTF-8 of a message that comes in parts, which may end in the midst of a character. Keeps three bytes at most. */
final class TextParts {

    private static final byte[] NONE = {};

    /** What stands for what is not UTF-8, unless it is what has been sent. */
    private static final char REPLACEMENT = '\uFFFD';

    private static final int LONGEST_CHARACTER = 4;

    /** The bytes of a character whose others are still to come. */
    private byte[] rest = NONE;

    /**
     * Decodes the next part.
     *
     * @param last whether the message ends with it
     * @throws CharacterCodingException if this is not UTF-8, or ends too early
     */
    String decode(ByteBuffer part, boolean last) throws CharacterCodingException {
        byte[] bytes = new byte[rest.length + part.remaining()];
        System.arraycopy(rest, 0, bytes, 0, rest.length);
        part.get(bytes, rest.length, part.remaining());
        int end = last ? bytes.length : bytes.length - unfinished(bytes);
        rest = end == bytes.length ? NONE : Arrays.copyOfRange(bytes, end, bytes.length);
        String text = new String(bytes, 0, end, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0) {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, end))
                    .toString();
        }
        return text;
    }

    /** Returns how many bytes at the end begin a character and do not finish it. */
    private static int unfinished(byte[] bytes) {
        int most = Math.min(LONGEST_CHARACTER - 1, bytes.length);
        for (int count = 1; count <= most; count++) {
            byte first = bytes[bytes.length - count];
            if (!isContinuation(first)) {
                return count < length(first) ? count : 0;
            }
        }
        return 0;
    }

    private static boolean isContinuation(byte b) {
        return (b & 0xC0) == 0x80;
    }

    /** Returns how many bytes a character has that begins with this one. */
    private static int length(byte first) {
        int ones = Integer.numberOfLeadingZeros(~(first << 24));
        return ones == 0 ? 1 : ones;
    }
}
