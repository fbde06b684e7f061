package dev.socketio.adapter.redis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.socketio.protocol.PacketException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names of rooms and servers. In Node a room can be a number, which is another room than the text that looks like it; here
 * both are the same, so that Java selects either.
 */
final class Names {

    /** As many characters as a long safe integer of JavaScript has. */
    private static final int MAX_DIGITS = 16;

    private static final long MAX_SAFE_INTEGER = (1L << 53) - 1;
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final SecureRandom RANDOM = new SecureRandom();

    private Names() {}

    /** Adds names as they are. */
    static void write(ArrayNode array, Collection<String> names) {
        names.forEach(array::add);
    }

    /** Adds names of rooms that sockets are selected by: one that looks like a number also as a number. */
    static void writeSelecting(ArrayNode array, Collection<String> names) {
        for (String name : names) {
            array.add(name);
            Long number = number(name);
            if (number != null) {
                array.add(number);
            }
        }
    }

    private static @Nullable Long number(String name) {
        if (name.isEmpty() || name.length() > MAX_DIGITS + 1) {
            return null;
        }
        char last = name.charAt(name.length() - 1);
        if (last < '0' || last > '9') {
            return null; // the usual case, without an exception
        }
        try {
            long number = Long.parseLong(name);
            boolean same = Math.abs(number) <= MAX_SAFE_INTEGER
                    && Long.toString(number).equals(name);
            return same ? number : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Reads names that may be numbers. Nothing is an empty list. */
    static List<String> read(JsonNode array) {
        List<String> names = new ArrayList<>(array.size());
        for (JsonNode name : array) {
            if (!name.isTextual() && !name.isNumber()) {
                throw new PacketException("a name is neither text nor a number");
            }
            names.add(name.asText());
        }
        return names;
    }

    /** Returns a text that cannot be guessed, of letters, digits, {@code -} and {@code _}. */
    static String random(int length) {
        StringBuilder id = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            id.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return id.toString();
    }

    /** Returns bytes that cannot be guessed, as hexadecimal digits. */
    static String randomHex(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
