package dev.socketio.adapter;

import java.util.Set;

/**
 * Who gets a broadcast.
 *
 * @param rooms those in any of these rooms; all sockets of the namespace if it is empty
 * @param except but nobody who is in one of these rooms
 */
public record BroadcastOptions(Set<String> rooms, Set<String> except) {

    /** Keeps immutable copies. */
    public BroadcastOptions {
        rooms = Set.copyOf(rooms);
        except = Set.copyOf(except);
    }
}
