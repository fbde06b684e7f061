package dev.socketio.engine;

/** The little JSON that the engine writes. */
final class JsonText {

    private JsonText() {}

    /** Returns a text as a JSON string, quotes included. */
    static String quote(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 16);
        quote(text, quoted);
        return quoted.toString();
    }

    /** Appends a text as a string of JSON and of any JavaScript, quotes included. */
    static void quote(String text, StringBuilder target) {
        target.append('"');
        for (int i = 0; i < text.length(); i++) {
            append(target, text.charAt(i));
        }
        target.append('"');
    }

    private static void append(StringBuilder target, char c) {
        switch (c) {
            case '"', '\\' -> target.append('\\').append(c);
            case '\n' -> target.append("\\n");
            case '\r' -> target.append("\\r");
            case '\t' -> target.append("\\t");
            case '\b' -> target.append("\\b");
            case '\f' -> target.append("\\f");
            case '\u2028' -> target.append("\\u2028"); // these two end a line in older JavaScript, not in JSON
            case '\u2029' -> target.append("\\u2029");
            default -> {
                if (c < ' ') {
                    target.append(String.format("\\u%04x", (int) c));
                } else {
                    target.append(c);
                }
            }
        }
    }
}
