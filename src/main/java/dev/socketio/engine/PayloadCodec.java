package dev.socketio.engine;

import java.util.List;

/** Packets as the text of a polling body, in which each revision of the protocol frames them in a way of its own. */
interface PayloadCodec {

    /** Writes packets; messages of bytes in their Base64 form. */
    String encode(List<EnginePacket> packets);

    /** Starts to read packets. */
    Payload decode(String text);
}
