package dev.socketio.adapter;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Who gets a broadcast, and how.
 *
 * @param rooms those in any of these rooms; all sockets of the namespace if it is empty
 * @param except but nobody who is in one of these rooms
 */
public record BroadcastOptions(Set<String> rooms, Set<String> except, Flags flags) {

    /** Everybody in the namespace. */
    public static final BroadcastOptions ALL = new BroadcastOptions(Set.of(), Set.of(), Flags.NONE);

    /** Keeps immutable copies. */
    public BroadcastOptions {
        rooms = Set.copyOf(rooms);
        except = Set.copyOf(except);
    }

    /** Returns the same options with more rooms. */
    public BroadcastOptions to(String... more) {
        return new BroadcastOptions(union(rooms, more), except, flags);
    }

    /** Returns the same options with more exceptions. */
    public BroadcastOptions except(String... more) {
        return new BroadcastOptions(rooms, union(except, more), flags);
    }

    /** Returns the same options with other flags. */
    public BroadcastOptions with(Flags newFlags) {
        return new BroadcastOptions(rooms, except, newFlags);
    }

    private static Set<String> union(Set<String> names, String... more) {
        Set<String> all = new LinkedHashSet<>(names);
        all.addAll(List.of(more));
        return all;
    }
}
