package dev.socketio.adapter;

import dev.socketio.protocol.Parser;
import java.util.Set;

/** What an adapter may do with the sockets of its namespace that are connected to this server. */
public interface LocalSockets {

    /** Returns the name of the namespace. */
    String namespace();

    /** Returns what encodes events for these sockets. */
    Parser.Encoder encoder();

    /** Returns the ids of the sockets that are connected, a view that changes with them. */
    Set<String> ids();

    /**
     * Sends an event to each of these sockets that is connected.
     *
     * @param except the ids to pass over
     */
    void send(Set<String> ids, Set<String> except, Broadcast broadcast, Flags flags);
}
