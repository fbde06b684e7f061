package dev.socketio.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/**
 * Reads one MessagePack value as a tree. In the dialect of socket.io-msgpack-parser (notepack 2), an extension of type 0
 * is {@code undefined} if it is one byte long and fixed, a {@code Date} if it is eight and fixed, and otherwise an
 * {@code ArrayBuffer}. In that of clusters (notepack 3), one of type -1 is a {@code Date}. These become what
 * {@code JSON.stringify} makes of them: nothing in a map and null in an array, and a text in ISO 8601; an
 * {@code ArrayBuffer} becomes bytes.
 *
 * <p>Lengths that the input announces are believed as far as it goes on, and nothing is allocated because of them.
 */
final class MsgpackReader {

    /** The farthest day of a JavaScript {@code Date} from 1970, in milliseconds. */
    private static final long MAX_DATE = 8_640_000_000_000_000L;

    /** A {@code Date} is milliseconds. */
    static final byte CLIENT_DATE = 0;

    /** A {@code Date} is what the specification of MessagePack itself defines. */
    static final byte TIMESTAMP = -1;

    private static final DateTimeFormatter ISO_DATE =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private final JsonNodeFactory nodes;
    private final byte[] message;
    private final ByteBuffer input;
    private final int maxDepth;

    /** The extension that a date of this dialect has. */
    private final byte dateType;

    private MsgpackReader(JsonNodeFactory nodes, byte[] message, int maxDepth, byte dateType) {
        this.nodes = nodes;
        this.message = message;
        this.input = ByteBuffer.wrap(message);
        this.maxDepth = maxDepth;
        this.dateType = dateType;
    }

    /**
     * Reads a value that takes up the whole message.
     *
     * @param dateType {@link #CLIENT_DATE} or {@link #TIMESTAMP}
     * @param maxDepth how many arrays and maps may stand in each other
     * @throws PacketException if it is not MessagePack, or has what JSON and these clients do not have: keys that are not
     *     text, a key twice in a map, other extensions
     */
    static JsonNode read(byte[] message, JsonNodeFactory nodes, int maxDepth, byte dateType) {
        MsgpackReader reader = new MsgpackReader(nodes, message, maxDepth, dateType);
        try {
            JsonNode value = reader.value(0);
            if (reader.input.hasRemaining()) {
                throw new PacketException("trailing bytes");
            }
            return value;
        } catch (BufferUnderflowException e) {
            throw new PacketException("ends in the middle of a value");
        }
    }

    /** Returns a missing node for {@code undefined}. */
    private JsonNode value(int depth) {
        byte first = input.get();
        if (first >= -0x20) {
            return nodes.numberNode((int) first);
        }
        int prefix = Byte.toUnsignedInt(first);
        if (prefix < 0x90) {
            return map(prefix & 0x0f, depth);
        }
        if (prefix < 0xa0) {
            return array(prefix & 0x0f, depth);
        }
        if (prefix < 0xc0) {
            return nodes.textNode(text(prefix & 0x1f));
        }
        return switch (prefix) {
            case 0xc0 -> nodes.nullNode();
            case 0xc2 -> nodes.booleanNode(false);
            case 0xc3 -> nodes.booleanNode(true);
            case 0xc4, 0xc5, 0xc6 -> nodes.binaryNode(bytes(unsigned(1 << (prefix - 0xc4))));
            case 0xc7, 0xc8, 0xc9 -> extension(unsigned(1 << (prefix - 0xc7)));
            case 0xd4 -> undefined();
            case 0xd6 -> timestamp32();
            case 0xd7 -> date();
            case 0xd9, 0xda, 0xdb -> nodes.textNode(text(unsigned(1 << (prefix - 0xd9))));
            case 0xdc, 0xdd -> array(unsigned(2 << (prefix - 0xdc)), depth);
            case 0xde, 0xdf -> map(unsigned(2 << (prefix - 0xde)), depth);
            default -> number(prefix);
        };
    }

    private JsonNode number(int prefix) {
        return switch (prefix) {
            case 0xca -> nodes.numberNode((double) input.getFloat());
            case 0xcb -> nodes.numberNode(input.getDouble());
            case 0xcc, 0xcd, 0xce -> integer(unsigned(1 << (prefix - 0xcc)));
            case 0xcf -> unsigned64(input.getLong());
            case 0xd0 -> integer(input.get());
            case 0xd1 -> integer(input.getShort());
            case 0xd2 -> integer(input.getInt());
            case 0xd3 -> integer(input.getLong());
            default -> throw new PacketException("no value begins with " + prefix);
        };
    }

    /** Makes the node that reading JSON would. */
    private JsonNode integer(long value) {
        return value == (int) value ? nodes.numberNode((int) value) : nodes.numberNode(value);
    }

    private JsonNode unsigned64(long value) {
        return value >= 0 ? integer(value) : nodes.numberNode(new BigInteger(Long.toUnsignedString(value)));
    }

    /** Reads a number of 1, 2 or 4 bytes. */
    private long unsigned(int width) {
        return switch (width) {
            case 1 -> Byte.toUnsignedLong(input.get());
            case 2 -> Short.toUnsignedLong(input.getShort());
            default -> Integer.toUnsignedLong(input.getInt());
        };
    }

    private ArrayNode array(long length, int depth) {
        enter(length, depth);
        ArrayNode array = nodes.arrayNode();
        for (long i = 0; i < length; i++) {
            JsonNode element = value(depth + 1);
            array.add(element.isMissingNode() ? nodes.nullNode() : element);
        }
        return array;
    }

    private ObjectNode map(long length, int depth) {
        enter(2 * length, depth);
        ObjectNode map = nodes.objectNode();
        for (long i = 0; i < length; i++) {
            String key = value(depth + 1).textValue();
            if (key == null) {
                throw new PacketException("a key is not text");
            }
            JsonNode value = value(depth + 1);
            JsonNode former = value.isMissingNode() ? map.get(key) : map.replace(key, value);
            if (former != null) {
                throw new PacketException("a map has the same key twice");
            }
        }
        return map;
    }

    /** Checks what is about to be read: each value takes a byte at least. */
    private void enter(long values, int depth) {
        if (depth >= maxDepth) {
            throw new PacketException("nested more than " + maxDepth + " deep");
        }
        requireRemaining(values);
    }

    private String text(long length) {
        requireRemaining(length);
        int start = input.position();
        input.position(start + (int) length);
        return new String(message, start, (int) length, StandardCharsets.UTF_8);
    }

    private byte[] bytes(long length) {
        requireRemaining(length);
        byte[] bytes = new byte[(int) length];
        input.get(bytes);
        return bytes;
    }

    private void requireRemaining(long length) {
        if (length > input.remaining()) {
            throw new BufferUnderflowException();
        }
    }

    private JsonNode extension(long length) {
        byte type = input.get();
        if (type == TIMESTAMP && type == dateType && length == 12) {
            long nanos = unsigned(4);
            return timestamp(input.getLong(), nanos);
        }
        requireZero(type);
        return nodes.binaryNode(bytes(length));
    }

    private JsonNode undefined() {
        requireZero(input.get());
        input.get();
        return MissingNode.getInstance();
    }

    private JsonNode date() {
        requireDate();
        long value = input.getLong();
        return dateType == TIMESTAMP ? timestamp(value & 0x3_ffff_ffffL, value >>> 34) : millis(value);
    }

    private JsonNode timestamp32() {
        if (dateType != TIMESTAMP) {
            throw new PacketException("no value begins with " + 0xd6);
        }
        requireDate();
        return timestamp(unsigned(4), 0);
    }

    private void requireDate() {
        byte type = input.get();
        if (type != dateType) {
            throw new PacketException("unknown extension " + type);
        }
    }

    private JsonNode timestamp(long seconds, long nanos) {
        boolean valid = Math.abs(seconds) <= MAX_DATE / 1000 && nanos < 1_000_000_000;
        return valid ? millis(seconds * 1000 + nanos / 1_000_000) : nodes.nullNode();
    }

    /** An invalid date is null, as in JSON. */
    private JsonNode millis(long millis) {
        boolean valid = millis >= -MAX_DATE && millis <= MAX_DATE;
        return valid ? nodes.textNode(ISO_DATE.format(Instant.ofEpochMilli(millis))) : nodes.nullNode();
    }

    private static void requireZero(byte type) {
        if (type != 0) {
            throw new PacketException("unknown extension " + type);
        }
    }
}
