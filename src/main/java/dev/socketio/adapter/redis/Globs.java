package dev.socketio.adapter.redis;

/** Patterns of Redis. */
final class Globs {

    private static final String SPECIAL = "*?[]^\\";

    private Globs() {}

    /** Returns a pattern that matches a text and nothing else. */
    static String literal(String text) {
        StringBuilder pattern = new StringBuilder(text.length());
        text.chars().forEach(c -> {
            if (SPECIAL.indexOf(c) >= 0) {
                pattern.append('\\');
            }
            pattern.append((char) c);
        });
        return pattern.toString();
    }
}
