package dev.socketio.terminal;

import java.io.PrintStream;
import java.util.Base64;
import java.util.Map;
import org.json.JSONObject;
import org.jspecify.annotations.Nullable;

/**
 * Writes what happens, a line each: what arrives to one stream, news of the connection to another. For any thread.
 *
 * <p>What arrives is of strangers: control characters, which a terminal would obey, are written as {@code \}{@code u001b}
 * and the like.
 */
final class Printer {

    private final boolean json;
    private final PrintStream data;
    private final PrintStream news;

    Printer(boolean json, PrintStream data, PrintStream news) {
        this.json = json;
        this.data = data;
        this.news = news;
    }

    /** Writes a value that has arrived; returns false if nobody reads any more, as at the end of a pipe. */
    boolean talkback(@Nullable Object value) {
        if (json) {
            Object content = value instanceof byte[] bytes ? Map.of("base64", base64(bytes)) : value;
            data.println(escape(line("talkback", content == null ? JSONObject.NULL : content)));
        } else {
            data.println(
                    value instanceof byte[] bytes ? "<" + bytes.length + " bytes>" : escape(String.valueOf(value)));
        }
        return !data.checkError();
    }

    /** Writes something for a person to know. */
    void news(String text) {
        tell("info", text);
    }

    /** Writes what has gone wrong. */
    void error(String text) {
        tell("error", text);
    }

    private void tell(String kind, String text) {
        news.println(escape(json ? line(kind, text) : text));
        news.flush();
    }

    private static String line(String kind, Object content) {
        return new JSONObject(Map.of(kind, content)).toString();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        text.codePoints().forEach(codePoint -> {
            if (Character.getType(codePoint) == Character.CONTROL || isDirection(codePoint)) {
                escaped.append(String.format("\\u%04x", codePoint));
            } else {
                escaped.appendCodePoint(codePoint);
            }
        });
        return escaped.toString();
    }

    /** Characters that turn the order of others around, so that a line reads as what it is not; U+2028 and U+2029 too. */
    private static boolean isDirection(int codePoint) {
        return (codePoint >= 0x2028 && codePoint <= 0x202e) || (codePoint >= 0x2066 && codePoint <= 0x2069);
    }
}
