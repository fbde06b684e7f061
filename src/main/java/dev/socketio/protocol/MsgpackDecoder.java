package dev.socketio.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;

/** Reads packets that are MessagePack maps, as {@link MsgpackEncoder} writes them. */
final class MsgpackDecoder implements Parser.Decoder {

    private final ObjectMapper json;

    /** As deep as JSON may be; the map around the payload does not count. */
    private final int maxDepth;

    MsgpackDecoder(ObjectMapper json) {
        this.json = json;
        this.maxDepth = json.getFactory().streamReadConstraints().getMaxNestingDepth() + 1;
    }

    /** Every packet is one message. */
    @Override
    public boolean isWaiting() {
        return false;
    }

    @Override
    public Packet add(String text) {
        throw new PacketException("got plaintext data, which no packet of this parser is");
    }

    @Override
    public Packet add(byte[] bytes) {
        JsonNode packet = MsgpackReader.read(bytes, json.getNodeFactory(), maxDepth, MsgpackReader.CLIENT_DATE);
        PacketType type = type(packet.path(MsgpackParser.TYPE));
        String namespace = packet.path(MsgpackParser.NAMESPACE).textValue();
        if (namespace == null || !namespace.startsWith("/")) {
            throw new PacketException("invalid namespace");
        }
        JsonNode data = packet.get(MsgpackParser.DATA);
        String ackId = ackId(packet.get(MsgpackParser.ID));
        return switch (type) {
            case CONNECT -> Packets.connect(json, namespace, data);
            case DISCONNECT -> Packets.disconnect(namespace, data);
            case CONNECT_ERROR -> connectError(namespace, data);
            case EVENT -> Packets.event(json, namespace, required(data), ackId);
            case ACK ->
                new Packet.Ack(
                        namespace, ackId == null ? -1 : Long.parseLong(ackId), Packets.arguments(json, required(data)));
            case BINARY_EVENT, BINARY_ACK -> throw new PacketException("invalid packet type");
        };
    }

    private static PacketType type(JsonNode type) {
        if (!isInteger(type) || type.longValue() < 0 || type.longValue() > PacketType.CONNECT_ERROR.digit() - '0') {
            throw new PacketException("invalid packet type");
        }
        return PacketType.of((char) ('0' + type.intValue()));
    }

    private static @Nullable String ackId(@Nullable JsonNode id) {
        if (id == null) {
            return null;
        }
        if (!isInteger(id)) {
            throw new PacketException("invalid packet id");
        }
        return Long.toString(id.longValue());
    }

    /** JavaScript does not tell 2 from 2.0, and neither do its encoders. */
    private static boolean isInteger(JsonNode number) {
        return number.isNumber() && number.canConvertToExactIntegral() && number.canConvertToLong();
    }

    private static Packet connectError(String namespace, @Nullable JsonNode data) {
        if (data == null || !(data.isTextual() || data.isObject())) {
            throw new PacketException("invalid payload");
        }
        return new Packet.ConnectError(namespace);
    }

    private static JsonNode required(@Nullable JsonNode data) {
        if (data == null) {
            throw new PacketException("invalid payload");
        }
        return data;
    }
}
