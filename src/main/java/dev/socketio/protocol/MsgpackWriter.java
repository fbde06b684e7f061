package dev.socketio.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes values as MessagePack, each in its shortest form, into a buffer that grows. */
final class MsgpackWriter {

    private static final int INITIAL_CAPACITY = 128;
    private static final String REPLACEMENT_CHARACTER = "\ufffd";

    private byte[] buffer = new byte[INITIAL_CAPACITY];
    private int size;

    void writeNull() {
        put(0xc0);
    }

    void write(boolean value) {
        put(value ? 0xc3 : 0xc2);
    }

    void write(long value) {
        if (value >= -0x20 && value < 0x80) {
            put((int) value);
        } else if (value >= 0) {
            writeUnsigned(value);
        } else if (value >= Byte.MIN_VALUE) {
            put(0xd0, value, 1);
        } else if (value >= Short.MIN_VALUE) {
            put(0xd1, value, 2);
        } else if (value >= Integer.MIN_VALUE) {
            put(0xd2, value, 4);
        } else {
            put(0xd3, value, 8);
        }
    }

    /** @param value not negative, or the lower half of a number beyond the range of {@code long} */
    void writeUnsigned(long value) {
        if (value < 0 || value > 0xffff_ffffL) {
            put(0xcf, value, 8);
        } else if (value > 0xffff) {
            put(0xce, value, 4);
        } else if (value > 0xff) {
            put(0xcd, value, 2);
        } else {
            put(0xcc, value, 1);
        }
    }

    void write(double value) {
        put(0xcb, Double.doubleToLongBits(value), 8);
    }

    /** Half a surrogate pair has no place in UTF-8; it becomes what JavaScript makes of it. */
    void write(String text) {
        byte[] utf8 =
                Surrogates.replaceLone(text, half -> REPLACEMENT_CHARACTER).getBytes(StandardCharsets.UTF_8);
        if (utf8.length < 0x20) {
            put(0xa0 | utf8.length);
        } else {
            putLength(utf8.length, 0xd9, 0xda);
        }
        put(utf8);
    }

    void write(byte[] bytes) {
        putLength(bytes.length, 0xc4, 0xc5);
        put(bytes);
    }

    /** The elements follow, each written by itself. */
    void writeArrayHeader(int length) {
        if (length < 0x10) {
            put(0x90 | length);
        } else {
            putLength(length, /* small= */ -1, 0xdc);
        }
    }

    /** The entries follow, each a key and a value. */
    void writeMapHeader(int length) {
        if (length < 0x10) {
            put(0x80 | length);
        } else {
            putLength(length, /* small= */ -1, 0xde);
        }
    }

    byte[] toByteArray() {
        return Arrays.copyOf(buffer, size);
    }

    /**
     * @param small prefix of a length of one byte; negative if the format has none
     * @param medium prefix of a length of two bytes, which that of four bytes follows
     */
    private void putLength(int length, int small, int medium) {
        if (length <= 0xff && small >= 0) {
            put(small, length, 1);
        } else if (length <= 0xffff) {
            put(medium, length, 2);
        } else {
            put(medium + 1, length, 4);
        }
    }

    private void put(int prefix) {
        reserve(1);
        buffer[size++] = (byte) prefix;
    }

    private void put(int prefix, long value, int width) {
        put(prefix);
        reserve(width);
        for (int shift = (width - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            buffer[size++] = (byte) (value >> shift);
        }
    }

    private void put(byte[] bytes) {
        reserve(bytes.length);
        System.arraycopy(bytes, 0, buffer, size, bytes.length);
        size += bytes.length;
    }

    private void reserve(int more) {
        int needed = Math.addExact(size, more);
        if (needed > buffer.length) {
            long doubled = Math.min(buffer.length * 2L, Integer.MAX_VALUE - Long.BYTES);
            buffer = Arrays.copyOf(buffer, (int) Math.max(needed, doubled));
        }
    }
}
