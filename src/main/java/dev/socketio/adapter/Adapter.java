package dev.socketio.adapter;

import dev.socketio.protocol.OutgoingEvent;
import java.util.Collection;
import java.util.Set;

/**
 * Knows who is in what room of one namespace, and brings events to them.
 *
 * <p>Thread rules: every method may be called from any thread; none of them runs code of the application.
 */
public interface Adapter {

    /** Makes a socket known; until then, and after {@link #removeAll}, it cannot be in a room. */
    void add(String id);

    /**
     * Puts a socket into rooms; does nothing for one that is not known.
     *
     * @throws IllegalStateException if it would be in too many rooms; it is in none of the new ones then
     */
    void join(String id, Collection<String> rooms);

    /** Takes a socket out of a room. */
    void leave(String id, String room);

    /** Takes a socket out of all rooms and forgets it. */
    void removeAll(String id);

    /** Returns the rooms of a socket, a copy; empty if it is not known. */
    Set<String> rooms(String id);

    /**
     * Sends an event to the sockets that the options select, each of them once.
     *
     * @throws IllegalArgumentException if an argument cannot be written; nothing has been sent then
     */
    void broadcast(OutgoingEvent event, BroadcastOptions options);
}
