package dev.socketio.protocol;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes each packet as a MessagePack map: {@code type} from 0 to 4, {@code nsp} even for the main namespace, {@code data}
 * and {@code id} where there are some. Arguments become trees first, since MessagePack wants to know how long a map is
 * before its first entry. Thread-safe; a server has one.
 */
final class MsgpackEncoder implements Parser.Encoder {

    private final MsgpackTrees trees;

    /** @param json turns the arguments of events into trees */
    MsgpackEncoder(ObjectMapper json) {
        this.trees = new MsgpackTrees(json);
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
        trees.writeAll(packet, event.arguments());
        return encoded(packet);
    }

    @Override
    public EncodedPacket ack(String namespace, String ackId, List<@Nullable Object> arguments) {
        MsgpackWriter packet = head(PacketType.ACK, namespace, 4);
        packet.write(MsgpackParser.ID);
        packet.write(Long.parseLong(ackId));
        packet.write(MsgpackParser.DATA);
        packet.writeArrayHeader(arguments.size());
        trees.writeAll(packet, arguments);
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
        trees.writeAll(packet, List.of(payload));
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
}
