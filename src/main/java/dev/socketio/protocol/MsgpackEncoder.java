package dev.socketio.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.POJONode;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes each packet as a MessagePack map: {@code type} from 0 to 4, {@code nsp} even for the main namespace, {@code data}
 * and {@code id} where there are some. Arguments become trees first, since MessagePack wants to know how long a map is
 * before its first entry. Thread-safe; a server has one.
 */
final class MsgpackEncoder implements Parser.Encoder {

    /** Deeper than what a decoder takes, and shallow enough for every stack. */
    private static final int MAX_DEPTH = 1_000;

    private final ObjectMapper json;

    /** @param json turns the arguments of events into trees */
    MsgpackEncoder(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public EncodedPacket event(OutgoingEvent event) {
        boolean wantsAck = event.ackId() >= 0;
        MsgpackWriter packet = head(PacketType.EVENT, event.namespace(), wantsAck ? 4 : 3);
        if (wantsAck) {
            packet.write(MsgpackParser.ID);
            packet.write(event.ackId());
        }
        packet.write(MsgpackParser.DATA);
        packet.writeArrayHeader(event.arguments().size() + 1);
        packet.write(event.name());
        writeAll(packet, event.arguments());
        return encoded(packet);
    }

    @Override
    public EncodedPacket ack(String namespace, String ackId, List<@Nullable Object> arguments) {
        MsgpackWriter packet = head(PacketType.ACK, namespace, 4);
        packet.write(MsgpackParser.ID);
        packet.write(Long.parseLong(ackId));
        packet.write(MsgpackParser.DATA);
        packet.writeArrayHeader(arguments.size());
        writeAll(packet, arguments);
        return encoded(packet);
    }

    @Override
    public EncodedPacket connect(String namespace, @Nullable Object payload) {
        return payload == null
                ? encoded(head(PacketType.CONNECT, namespace, 2))
                : withPayload(PacketType.CONNECT, namespace, payload);
    }

    @Override
    public EncodedPacket connectError(String namespace, Object payload) {
        return withPayload(PacketType.CONNECT_ERROR, namespace, payload);
    }

    @Override
    public EncodedPacket disconnect(String namespace) {
        return encoded(head(PacketType.DISCONNECT, namespace, 2));
    }

    private EncodedPacket withPayload(PacketType type, String namespace, Object payload) {
        MsgpackWriter packet = head(type, namespace, 3);
        packet.write(MsgpackParser.DATA);
        writeAll(packet, List.of(payload));
        return encoded(packet);
    }

    private static MsgpackWriter head(PacketType type, String namespace, int entries) {
        MsgpackWriter packet = new MsgpackWriter();
        packet.writeMapHeader(entries);
        packet.write(MsgpackParser.TYPE);
        packet.write(type.digit() - '0');
        packet.write(MsgpackParser.NAMESPACE);
        packet.write(namespace);
        return packet;
    }

    private static EncodedPacket encoded(MsgpackWriter packet) {
        return new EncodedPacket(null, List.of(packet.toByteArray()));
    }

    private void writeAll(MsgpackWriter packet, List<? extends @Nullable Object> arguments) {
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
