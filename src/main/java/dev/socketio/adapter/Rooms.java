package dev.socketio.adapter;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Who is in what room, looked up from both sides. */
final class Rooms {

    private final int maxRoomsPerSocket;

    /*
     * Concurrency. `lock` is held for every change of the two indexes, so they never disagree. A broadcast reads the
     * members of its rooms without the lock: it sees everybody who was in the room when it began, and perhaps some who
     * came or went meanwhile.
     */
    private final Object lock = new Object();

    @GuardedBy("lock")
    private final Map<String, Set<String>> roomsBySocket = new HashMap<>();

    private final ConcurrentMap<String, Set<String>> membersByRoom = new ConcurrentHashMap<>();

    Rooms(int maxRoomsPerSocket) {
        this.maxRoomsPerSocket = maxRoomsPerSocket;
    }

    void add(String id) {
        synchronized (lock) {
            roomsBySocket.putIfAbsent(id, new HashSet<>(4));
        }
    }

    void join(String id, Collection<String> rooms) {
        synchronized (lock) {
            Set<String> joined = roomsBySocket.get(id);
            if (joined == null) {
                return;
            }
            Set<String> added = new HashSet<>(rooms);
            added.removeAll(joined);
            if (joined.size() + added.size() > maxRoomsPerSocket) {
                throw new IllegalStateException("socket " + id + " would be in more than " + maxRoomsPerSocket
                        + " rooms: leave some, or raise maxRoomsPerSocket");
            }
            for (String room : added) {
                joined.add(room);
                membersByRoom
                        .computeIfAbsent(room, name -> ConcurrentHashMap.newKeySet(2))
                        .add(id);
            }
        }
    }

    void leave(String id, String room) {
        synchronized (lock) {
            Set<String> joined = roomsBySocket.get(id);
            if (joined != null && joined.remove(room)) {
                removeMember(room, id);
            }
        }
    }

    void removeAll(String id) {
        synchronized (lock) {
            Set<String> joined = roomsBySocket.remove(id);
            if (joined != null) {
                joined.forEach(room -> removeMember(room, id));
            }
        }
    }

    @GuardedBy("lock")
    private void removeMember(String room, String id) {
        Set<String> members = membersByRoom.get(room);
        if (members != null && members.remove(id) && members.isEmpty()) {
            membersByRoom.remove(room);
        }
    }

    Set<String> of(String id) {
        synchronized (lock) {
            Set<String> joined = roomsBySocket.get(id);
            return joined == null ? Set.of() : new LinkedHashSet<>(joined);
        }
    }

    /** Returns the members of a room, a view. */
    Set<String> members(String room) {
        return membersByRoom.getOrDefault(room, Set.of());
    }
}
