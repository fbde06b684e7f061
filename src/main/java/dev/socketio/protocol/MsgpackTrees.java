package dev.socketio.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.POJONode;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes what Jackson can write as MessagePack, by way of trees. Thread-safe. */
final class MsgpackTrees {

    /** Deeper than what a decoder takes, and shallow enough for every stack. */
    private static final int MAX_DEPTH = 1_000;

    private final ObjectMapper json;

    MsgpackTrees(ObjectMapper json) {
        this.json = json;
    }

    /** @throws IllegalArgumentException if one of them cannot be written */
    void writeAll(MsgpackWriter packet, List<? extends @Nullable Object> arguments) {
        try {
            for (Object argument : arguments) {
                write(packet, argument instanceof JsonNode node ? node : json.valueToTree(argument), 0);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException("an argument cannot be written as MessagePack: " + e.getMessage(), e);
        } catch (StackOverflowError e) {
            // Jackson limits the depth of what it writes as text, and not of trees.
            throw new IllegalArgumentException("an argument cannot be written as MessagePack: it contains itself", e);
        }
    }

    private void write(MsgpackWriter packet, JsonNode node, int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("it is nested more than " + MAX_DEPTH + " deep");
        }
        switch (node.getNodeType()) {
            case ARRAY -> {
                packet.writeArrayHeader(node.size());
                for (JsonNode element : node) {
                    write(packet, element, depth + 1);
                }
            }
            case OBJECT -> {
                packet.writeMapHeader(node.size());
                for (var property : node.properties()) {
                    packet.write(property.getKey());
                    write(packet, property.getValue(), depth + 1);
                }
            }
            case STRING -> packet.write(node.textValue());
            case NUMBER -> writeNumber(packet, node);
            case BOOLEAN -> packet.write(node.booleanValue());
            case BINARY -> packet.write(node.binaryValue());
            case POJO -> writePojo(packet, ((POJONode) node).getPojo(), depth);
            case NULL, MISSING -> packet.writeNull();
        }
    }

    /** Numbers beyond 64 bits become what JavaScript would read from JSON, the nearest double. */
    private static void writeNumber(MsgpackWriter packet, JsonNode number) {
        switch (number.numberType()) {
            case INT, LONG -> packet.write(number.longValue());
            case BIG_INTEGER -> {
                BigInteger value = number.bigIntegerValue();
                if (value.bitLength() < Long.SIZE) {
                    packet.write(value.longValue());
                } else if (value.bitLength() == Long.SIZE && value.signum() > 0) {
                    packet.writeUnsigned(value.longValue());
                } else {
                    packet.write(value.doubleValue());
                }
            }
            case FLOAT -> packet.write(Double.parseDouble(number.asText())); // 0.1f is 0.1 to clients, as in JSON
            case DOUBLE, BIG_DECIMAL -> packet.write(number.doubleValue());
        }
    }

    /** A tree that a program has built may hold any object. */
    private void writePojo(MsgpackWriter packet, @Nullable Object pojo, int depth) throws IOException {
        JsonNode node = json.valueToTree(pojo);
        if (node.isPojo()) {
            throw new IllegalArgumentException(pojo + " is of no type that MessagePack has");
        }
        write(packet, node, depth);
    }
}
