package dev.socketio.adapter;

import dev.socketio.protocol.Value;
import java.util.Set;

/** A socket as other servers of the cluster may see it, at the time when they asked. */
public interface SocketDetails {

    /** Returns the id. */
    String id();

    /** Returns the rooms, its id among them. */
    Set<String> rooms();

    /**
     * Returns the handshake: an object with {@code headers}, {@code time}, {@code address}, {@code xdomain},
     * {@code secure}, {@code issued}, {@code url}, {@code query} and {@code auth}.
     */
    Value handshake();

    /** Returns what the application remembers about the socket: an object, without what cannot be written as JSON. */
    Value data();
}
