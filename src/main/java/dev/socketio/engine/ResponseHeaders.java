package dev.socketio.engine;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The headers that an application gives a response. Names are compared without regard to case. Headers that filters of
 * the container have set are not seen here.
 *
 * <p>Thread rules: not safe for use by several threads, and of no use after the call that it was given to.
 */
public final class ResponseHeaders {

    /** What says where a response ends. */
    private static final Set<String> FRAMING = Set.of("content-length", "transfer-encoding");

    /** The values of one name; they replace what filters have set, or are added to it. */
    private record Field(String name, List<String> values, boolean replaces) {}

    /** By name in lower case. */
    private final Map<String, Field> fields = new LinkedHashMap<>();

    /** Starts without any. */
    public ResponseHeaders() {}

    /** Returns the first value of a header; null if there is none. */
    public @Nullable String get(String name) {
        List<String> values = getAll(name);
        return values.isEmpty() ? null : values.get(0);
    }

    /** Returns the values of a header in the order in which they were added. */
    public List<String> getAll(String name) {
        Field field = fields.get(key(name));
        return field == null ? List.of() : List.copyOf(field.values);
    }

    /**
     * Gives a header this value, or these, and no other. Cookies that the container or a filter sets stay.
     *
     * @throws IllegalArgumentException if the name or a value cannot stand in a header, or if the header is one of those
     *     that the container sets: {@code Content-Length}, {@code Transfer-Encoding}
     */
    public ResponseHeaders set(String name, String value, String... more) {
        List<String> values = new ArrayList<>(1 + more.length);
        values.add(checked(name, value));
        for (String each : more) {
            values.add(checked(name, each));
        }
        fields.put(key(name), new Field(name, values, !key(name).equals("set-cookie")));
        return this;
    }

    /**
     * Gives a header one more value, such as another {@code Set-Cookie}.
     *
     * @throws IllegalArgumentException as {@link #set} does
     */
    public ResponseHeaders add(String name, String value) {
        checked(name, value);
        fields.computeIfAbsent(key(name), key -> new Field(name, new ArrayList<>(), /* replaces= */ false))
                .values
                .add(value);
        return this;
    }

    /** Takes a header back. */
    public ResponseHeaders remove(String name) {
        fields.remove(key(name));
        return this;
    }

    /** Hands every header over: {@code set} takes the first value of those that were set, {@code add} takes the others. */
    public void writeTo(BiConsumer<String, String> set, BiConsumer<String, String> add) {
        for (Field field : fields.values()) {
            boolean first = field.replaces;
            for (String value : field.values) {
                (first ? set : add).accept(field.name, value);
                first = false;
            }
        }
    }

    /** Tells whether a text can be the value of a header (RFC 9110, 5.5): nothing invisible, nothing above one byte. */
    static boolean isValue(String text) {
        return text.chars().allMatch(c -> c == '\t' || (c >= ' ' && c != 0x7f && c <= 0xff));
    }

    /** Tells whether a text can be the name of a header, or of a cookie (RFC 9110, 5.6.2). */
    static boolean isToken(String text) {
        return !text.isEmpty()
                && text.chars().allMatch(c -> c > ' ' && c < 0x7f && "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0);
    }

    private static String checked(String name, String value) {
        if (!isToken(name)) {
            throw new IllegalArgumentException("name is \"" + name + "\": give one such as X-Frame-Options");
        }
        if (FRAMING.contains(key(name))) {
            throw new IllegalArgumentException("name is \"" + name + "\": the container sets this header");
        }
        if (!isValue(requireNonNull(value, "value"))) {
            throw new IllegalArgumentException(
                    "value of " + name + " has characters that cannot stand in a header: encode it");
        }
        return value;
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Returns the lines as they would go out. */
    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        writeTo((name, value) -> lines.add(name + ": " + value), (name, value) -> lines.add(name + ": " + value));
        return String.join("\n", lines);
    }
}
