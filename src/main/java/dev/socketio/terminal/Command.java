package dev.socketio.terminal;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Something to do once there is a connection.
 *
 * @param argument empty where the command has none
 */
record Command(Verb verb, String argument) {

    /** What can be done. */
    enum Verb {
        /** Sends a number or a text. */
        MESSAGE,
        /** Sends a file. */
        SEND,
        /** Waits, and prints what arrives. */
        LISTEN,
        /** Ends. */
        DISCONNECT
    }

    /** As JSON has it. */
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");

    /**
     * Reads a line.
     *
     * @throws UsageException if it is no command
     */
    static Command parse(String line) throws UsageException {
        String[] parts = line.strip().split("\\s+", 2);
        String argument = parts.length > 1 ? parts[1] : "";
        Verb verb = switch (parts[0]) {
            case "message" -> Verb.MESSAGE;
            case "send" -> Verb.SEND;
            case "listen" -> Verb.LISTEN;
            case "disconnect" -> Verb.DISCONNECT;
            default ->
                throw new UsageException(
                        "\"" + parts[0] + "\" is no command: use message VALUE, send FILE, listen or disconnect");
        };
        boolean needsArgument = verb == Verb.MESSAGE || verb == Verb.SEND;
        if (needsArgument == argument.isEmpty()) {
            String name = verb.name().toLowerCase(Locale.ROOT);
            throw new UsageException(
                    needsArgument
                            ? name + " needs something to send: " + name
                                    + (verb == Verb.MESSAGE ? " 42 or message hello" : " photo.png")
                            : name + " stands alone: leave out \"" + argument + "\"");
        }
        return new Command(verb, argument);
    }

    /** Returns whether what is sent is to be read from standard input. */
    boolean readsStandardInput() {
        return argument.equals("-");
    }

    /** Returns a text as it is sent: as a number if it is one, in the range of Java's {@code long} and {@code double}. */
    static Object value(String text) {
        if (!NUMBER.matcher(text).matches()) {
            return text;
        }
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            double number = Double.parseDouble(text);
            return Double.isInfinite(number) ? text : (Object) number;
        }
    }
}
