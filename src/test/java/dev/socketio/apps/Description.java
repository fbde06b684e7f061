package dev.socketio.apps;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Describes a value that a client has sent, so that the client can tell whether it has arrived unchanged. */
final class Description {

    private static final int HASH_BYTES = 8;

    private Description() {}

    static Object of(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> ofList(value);
            case OBJECT -> ofObject(value);
            case BINARY -> ofBytes(value);
            case STRING -> ofString(value.textValue());
            case NUMBER -> value;
            case BOOLEAN -> String.valueOf(value.booleanValue());
            case NULL, MISSING, POJO -> "null";
        };
    }

    private static Object ofList(JsonNode list) {
        List<Object> descriptions = new ArrayList<>();
        list.forEach(element -> descriptions.add(of(element)));
        return descriptions;
    }

    private static Object ofObject(JsonNode object) {
        Map<String, Object> descriptions = new LinkedHashMap<>();
        object.properties().forEach(property -> descriptions.put(property.getKey(), of(property.getValue())));
        return JsonObject.of("o", descriptions);
    }

    private static Object ofBytes(JsonNode binary) {
        try {
            byte[] bytes = binary.binaryValue();
            return JsonObject.of("b", bytes.length, "h", hash(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object ofString(String text) {
        return JsonObject.of("s", text.length(), "h", hash(codeUnits(text)));
    }

    /** Not a charset's work: halves of surrogate pairs count as they are. */
    private static byte[] codeUnits(String text) {
        byte[] bytes = new byte[2 * text.length()];
        for (int i = 0; i < text.length(); i++) {
            bytes[2 * i] = (byte) (text.charAt(i) >> 8);
            bytes[2 * i + 1] = (byte) text.charAt(i);
        }
        return bytes;
    }

    private static String hash(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
