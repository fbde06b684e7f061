package dev.socketio.adapter;

import java.time.Duration;

/** How operators write the values of options. */
public final class OptionText {

    private OptionText() {}

    /**
     * Reads milliseconds such as {@code 25000}, or a time such as {@code 25s} or {@code 500ms}.
     *
     * @throws IllegalArgumentException if it is none; the message says what to give
     */
    public static Duration time(String text) {
        try {
            if (text.endsWith("ms")) {
                return Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)));
            }
            if (text.endsWith("s")) {
                return Duration.ofSeconds(Long.parseLong(text.substring(0, text.length() - 1)));
            }
            return Duration.ofMillis(Long.parseLong(text));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("give milliseconds such as 25000, or a time such as 25s", e);
        }
    }

    /**
     * Reads a whole number.
     *
     * @throws IllegalArgumentException if it is none; the message says what to give
     */
    public static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("give a whole number", e);
        }
    }

    /**
     * Reads {@code true} or {@code false}.
     *
     * @throws IllegalArgumentException if it is neither; the message says what to give
     */
    public static boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("give true or false");
        };
    }
}
