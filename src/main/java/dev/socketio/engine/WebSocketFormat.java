package dev.socketio.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** In what form packets go over one WebSocket; only messages of bytes differ. */
enum WebSocketFormat {

    /** Revision 4: bytes as they are. */
    PLAIN,

    /** Revision 3: bytes begin with their type. */
    TYPED,

    /** Revision 3, for a client that takes text only; it may send either. */
    BASE64;

    /** Gives packets the form in which they travel. */
    List<EnginePacket> encode(List<EnginePacket> batch) {
        if (this == PLAIN) {
            return batch;
        }
        List<EnginePacket> formed = new ArrayList<>(batch.size());
        for (EnginePacket packet : batch) {
            formed.add(packet.isBinary() ? encode(packet) : packet);
        }
        return formed;
    }

    private EnginePacket encode(EnginePacket message) {
        EnginePacket formed = this == TYPED
                ? EnginePacket.message(PacketV3.typed(message))
                : EnginePacket.formed(PacketV3.base64(message));
        return message.isCompressible() ? formed : formed.uncompressed();
    }

    /** Reads a text message; null if it is no packet. */
    @Nullable
    EnginePacket decode(String text) {
        return this == PLAIN ? EnginePacket.parse(text) : PacketV3.parse(text);
    }

    /** Reads a binary message; null if it is no packet. */
    @Nullable
    EnginePacket decode(byte[] bytes) {
        return this == PLAIN ? EnginePacket.message(bytes) : PacketV3.parse(bytes);
    }
}
