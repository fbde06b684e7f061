package dev.socketio.protocol;

import java.util.function.Function;

/** Halves of surrogate pairs, which strings of Java and JavaScript may hold and UTF-8 may not. */
final class Surrogates {

    private Surrogates() {}

    /** Returns the text with each half that has no other half replaced. */
    static String replaceLone(String text, Function<Character, String> replacement) {
        StringBuilder replaced = null;
        int copied = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
                continue;
            }
            replaced = replaced == null ? new StringBuilder(text.length() + 16) : replaced;
            replaced.append(text, copied, i).append(replacement.apply(c));
            copied = i + 1;
        }
        return replaced == null
                ? text
                : replaced.append(text, copied, text.length()).toString();
    }
}
