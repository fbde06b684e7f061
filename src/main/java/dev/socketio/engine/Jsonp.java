package dev.socketio.engine;

import org.jspecify.annotations.Nullable;

/**
 * Polling for browsers that cannot ask another host in any other way: the answer is a script that calls a function, and
 * what the client has to say is the field of a form (Engine.IO protocol 3, "JSONP").
 */
final class Jsonp {

    private static final String FIELD = "d";

    private Jsonp() {}

    /**
     * Returns a script that hands a payload to one of the client's functions.
     *
     * @param index which function, as the client says; everything but its digits is left out
     */
    static String call(String index, String payload) {
        StringBuilder script = new StringBuilder(payload.length() + 32).append("___eio[");
        index.chars().filter(c -> c >= '0' && c <= '9').forEach(digit -> script.append((char) digit));
        script.append("](");
        JsonText.quote(payload, script);
        return script.append(");").toString();
    }

    /** Returns the payload in a form; null if it has none. */
    static @Nullable String field(String form) {
        String field = Query.find(form, FIELD);
        return field == null ? null : unescape(field);
    }

    /** Browsers change line ends in forms, so a client writes {@code \n} for one, and {@code \\n} for these two. */
    private static String unescape(String field) {
        StringBuilder text = new StringBuilder(field.length());
        int i = 0;
        while (i < field.length()) {
            if (field.startsWith("\\\\n", i)) {
                text.append("\\n");
                i += 3;
            } else if (field.startsWith("\\n", i)) {
                text.append('\n');
                i += 2;
            } else {
                text.append(field.charAt(i++));
            }
        }
        return text.toString();
    }
}
