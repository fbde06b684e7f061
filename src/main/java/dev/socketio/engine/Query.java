package dev.socketio.engine;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The query of a request, read as the URL standard reads it: the last of two equal names wins, nothing is an error. */
public final class Query {

    private final Map<String, String> parameters = new LinkedHashMap<>();

    private Query() {}

    /**
     * Reads a query.
     *
     * @param raw what follows the question mark of the request's URL, undecoded; null and empty mean no parameters
     */
    public static Query parse(@Nullable String raw) {
        Query query = new Query();
        int start = 0;
        while (raw != null && start < raw.length()) {
            int end = raw.indexOf('&', start);
            if (end < 0) {
                end = raw.length();
            }
            String pair = raw.substring(start, end);
            int equals = pair.indexOf('=');
            if (!pair.isEmpty()) {
                String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
                query.parameters.put(decode(equals < 0 ? pair : pair.substring(0, equals)), value);
            }
            start = end + 1;
        }
        return query;
    }

    /**
     * Returns a field of a form, which is written like a query and may be long.
     *
     * @return the first field of this name; null if there is none
     */
    static @Nullable String find(String form, String name) {
        String begin = name + "=";
        int start = 0;
        while (start < form.length()) {
            int end = form.indexOf('&', start);
            if (end < 0) {
                end = form.length();
            }
            if (form.startsWith(begin, start)) {
                return decode(form.substring(start + begin.length(), end));
            }
            start = end + 1;
        }
        return null;
    }

    /** Returns a parameter; null if it is missing. */
    public @Nullable String get(String name) {
        return parameters.get(name);
    }

    /** Returns all parameters in the order of their first appearance. */
    public Map<String, String> asMap() {
        return Collections.unmodifiableMap(parameters);
    }

    private static String decode(String raw) {
        if (raw.indexOf('%') < 0 && raw.indexOf('+') < 0) {
            return raw;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
        byte[] in = raw.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < in.length; i++) {
            int high = i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
            int low = i + 2 < in.length ? Character.digit(in[i + 2], 16) : -1;
            if (in[i] == '%' && high >= 0 && low >= 0) {
                bytes.write(high << 4 | low);
                i += 2;
            } else {
                bytes.write(in[i] == '+' ? ' ' : in[i]);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
