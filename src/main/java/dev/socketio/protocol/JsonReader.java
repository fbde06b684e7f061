package dev.socketio.protocol;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;

/**
 * Reads a JSON value as the tree that Jackson reads with its standard settings, and refuses what it refuses. Jackson's
 * parser is made for streams: for each message it sets up buffers, contexts and symbol tables that weigh more than most
 * messages. This one goes once over a string that is all there, and makes nothing but the tree.
 */
final class JsonReader {

    /** Numbers of so many digits fit into a {@code long}, whatever the digits. */
    private static final int LONG_DIGITS = 18;

    private final JsonNodeFactory nodes;
    private final StreamReadConstraints limits;
    private final String text;
    private int position;

    private JsonReader(JsonNodeFactory nodes, StreamReadConstraints limits, String text, int position) {
        this.nodes = nodes;
        this.limits = limits;
        this.text = text;
        this.position = position;
    }

    /**
     * Reads a value that takes up the rest of a text.
     *
     * @param limits those of depth, numbers, strings and names are kept
     * @param from where the value begins
     * @throws PacketException if the rest is anything else than one value
     */
    static JsonNode read(JsonNodeFactory nodes, StreamReadConstraints limits, String text, int from) {
        JsonReader reader = new JsonReader(nodes, limits, text, from);
        JsonNode value = reader.value(0);
        reader.skipSpace();
        if (reader.position < text.length()) {
            throw invalid();
        }
        return value;
    }

    /** @param depth how many arrays and objects the value stands in */
    private JsonNode value(int depth) {
        skipSpace();
        char first = current();
        return switch (first) {
            case '"' -> nodes.textNode(text());
            case '{' -> object(depth + 1);
            case '[' -> array(depth + 1);
            case 't' -> literal("true", nodes.booleanNode(true));
            case 'f' -> literal("false", nodes.booleanNode(false));
            case 'n' -> literal("null", nodes.nullNode());
            default -> number();
        };
    }

    private ObjectNode object(int depth) {
        enter(depth);
        ObjectNode object = nodes.objectNode();
        if (!skipIf('}')) {
            do {
                String name = name();
                skip(':');
                object.replace(name, value(depth)); // of a name that comes twice, the last value counts
            } while (hasNext('}'));
        }
        return object;
    }

    private ArrayNode array(int depth) {
        enter(depth);
        ArrayNode array = nodes.arrayNode();
        if (!skipIf(']')) {
            do {
                array.add(value(depth));
            } while (hasNext(']'));
        }
        return array;
    }

    private void enter(int depth) {
        require(depth <= limits.getMaxNestingDepth());
        position++;
    }

    /** Goes past the comma or the end that follows an element. */
    private boolean hasNext(char end) {
        if (skipIf(end)) {
            return false;
        }
        skip(',');
        return true;
    }

    private String name() {
        skipSpace();
        require(current() == '"');
        String name = string(/* isName= */ true);
        require(name.length() <= limits.getMaxNameLength());
        return name;
    }

    private String text() {
        String string = string(/* isName= */ false);
        require(string.length() <= limits.getMaxStringLength());
        return string;
    }

    private String string(boolean isName) {
        int start = position + 1;
        int end = endOfPlain(start);
        if (text.charAt(end) == '"') {
            position = end + 1;
            return text.substring(start, end);
        }
        return escapedString(start, end, isName);
    }

    /** @param escape where the first backslash is */
    private String escapedString(int start, int escape, boolean isName) {
        StringBuilder string = new StringBuilder();
        int copied = start;
        int end = escape;
        while (text.charAt(end) != '"') {
            string.append(text, copied, end);
            position = end + 1;
            char c = escaped();
            string.append(c);
            if (isName && Character.isSurrogate(c)) {
                string.append(otherHalf(c));
            }
            copied = position;
            end = endOfPlain(copied);
        }
        position = end + 1;
        return string.append(text, copied, end).toString();
    }

    /** Lone halves are refused in names, since names that differ in them alone are the same in UTF-8. */
    private char otherHalf(char half) {
        require(Character.isHighSurrogate(half));
        require(current() == '\\');
        position++;
        char other = escaped();
        require(Character.isLowSurrogate(other));
        return other;
    }

    /** Returns where the next quote or backslash is. */
    private int endOfPlain(int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                return i;
            }
            require(c >= ' ');
        }
        throw invalid();
    }

    /** Reads what stands behind a backslash. */
    private char escaped() {
        char c = current();
        position++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> utf16();
            default -> throw invalid();
        };
    }

    private char utf16() {
        int unit = 0;
        for (int i = 0; i < 4; i++) {
            char c = current();
            require(c < 0x80); // Character.digit knows the digits of all scripts, and Jackson takes some for letters
            int digit = Character.digit(c, 16);
            require(digit >= 0);
            unit = unit << 4 | digit;
            position++;
        }
        return (char) unit;
    }

    private JsonNode literal(String word, JsonNode value) {
        require(text.startsWith(word, position));
        position += word.length();
        return value;
    }

    private JsonNode number() {
        int start = position;
        boolean negative = text.charAt(start) == '-';
        if (negative) {
            position++;
        }
        int first = position;
        boolean zero = isAt('0');
        int digits = digits();
        int integerEnd = position;
        require(!zero || digits == 1);
        if (isAt('.')) {
            position++;
            digits += digits();
        }
        if (isAt('e') || isAt('E')) {
            position++;
            position += isAt('+') || isAt('-') ? 1 : 0;
            digits += digits();
        }
        require((zero ? digits - 1 : digits) <= limits.getMaxNumberLength()); // Jackson counts no zero
        return position == integerEnd
                ? integer(start, first, negative)
                : nodes.numberNode(Double.parseDouble(text.substring(start, position)));
    }

    /** Goes past digits, of which there has to be one, and returns how many there are. */
    private int digits() {
        int start = position;
        while (position < text.length() && isDigit(text.charAt(position))) {
            position++;
        }
        require(position > start);
        return position - start;
    }

    /** @param first where the digits begin */
    private JsonNode integer(int start, int first, boolean negative) {
        if (position - first > LONG_DIGITS) {
            BigInteger value = new BigInteger(text.substring(start, position));
            return value.bitLength() < Long.SIZE ? nodes.numberNode(value.longValue()) : nodes.numberNode(value);
        }
        long value = 0;
        for (int i = first; i < position; i++) {
            value = value * 10 + text.charAt(i) - '0';
        }
        value = negative ? -value : value;
        return value == (int) value ? nodes.numberNode((int) value) : nodes.numberNode(value);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private boolean isAt(char c) {
        return position < text.length() && text.charAt(position) == c;
    }

    private boolean skipIf(char c) {
        skipSpace();
        boolean there = isAt(c);
        if (there) {
            position++;
        }
        return there;
    }

    private void skip(char c) {
        require(skipIf(c));
    }

    private void skipSpace() {
        while (position < text.length() && isSpace(text.charAt(position))) {
            position++;
        }
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t';
    }

    private char current() {
        require(position < text.length());
        return text.charAt(position);
    }

    private static void require(boolean valid) {
        if (!valid) {
            throw invalid();
        }
    }

    private static PacketException invalid() {
        return new PacketException("invalid payload");
    }
}
