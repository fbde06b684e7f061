package dev.socketio.adapter;

import dev.socketio.protocol.EncodedPacket;
import java.util.Set;

/** What an adapter may do with the sockets of its namespace that are connected to this server. */
public interface LocalSockets {

    /** Returns the ids of the sockets that are connected, a view that changes with them. */
    Set<String> ids();

    /**
     * Sends a packet to each of these sockets that is connected.
     *
     * @param except the ids to pass over
     */
    void send(Set<String> ids, Set<String> except, EncodedPacket packet);
}
