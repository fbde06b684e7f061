package dev.socketio.engine;

/** Facts about text as UTF-8 that can be had without encoding it. */
final class Utf8 {

    private Utf8() {}

    /** Returns how many bytes {@code text} takes; half a surrogate pair counts as the {@code ?} that replaces it. */
    static int length(String text) {
        int length = text.length();
        int bytes = length;
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
        return bytes;
    }

    /** Returns whether {@code text} takes at most {@code limit} bytes, mostly without looking at it. */
    static boolean fits(String text, int limit) {
        int length = text.length();
        return length <= limit && (length <= limit / 3 || length(text) <= limit);
    }
}
