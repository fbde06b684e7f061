package dev.socketio.adapter;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Who is in what room, looked up from both sides. */
final class Rooms {

    private final int maxRoomsPerSocket;
    private final RoomEvents events = new RoomEvents();

    /*
     * Concurrency. `lock` is held for every change of the two indexes, so they never disagree, and the events of a change
     * get in line under it; listeners hear of them after it has been released. A broadcast reads the members of its rooms
     * without the lock: it sees everybody who was in the room when it began, and perhaps some who came or went meanwhile.
     */
    private final Object lock = new Object();

    @GuardedBy("lock")
    private final Map<String, Map<String, Long>> roomsBySocket = new HashMap<>();

    private final ConcurrentMap<String, Set<String>> membersByRoom = new ConcurrentHashMap<>();

    Rooms(int maxRoomsPerSocket) {
        this.maxRoomsPerSocket = maxRoomsPerSocket;
    }

    void addListener(RoomListener listener) {
        events.add(listener);
    }

    void removeListener(RoomListener listener) {
        events.remove(listener);
    }

    void add(String id) {
        synchronized (lock) {
            roomsBySocket.putIfAbsent(id, new HashMap<>(4));
        }
    }

    /** @param position kept with the rooms that are new to the socket */
    void join(String id, Collection<String> rooms, long position) {
        synchronized (lock) {
            Map<String, Long> joined = roomsBySocket.get(id);
            if (joined == null) {
                return;
            }
            Set<String> added = new LinkedHashSet<>(rooms);
            added.removeAll(joined.keySet());
            if (joined.size() + added.size() > maxRoomsPerSocket) {
                throw new IllegalStateException("socket " + id + " would be in more than " + maxRoomsPerSocket
                        + " rooms: leave some, or raise maxRoomsPerSocket");
            }
            for (String room : added) {
                joined.put(room, position);
                addMember(room, id);
            }
        }
        events.deliver();
    }

    @GuardedBy("lock")
    private void addMember(String room, String id) {
        Set<String> members = membersByRoom.get(room);
        if (members == null) {
            members = ConcurrentHashMap.newKeySet(2);
            membersByRoom.put(room, members);
            events.line(listener -> listener.onCreateRoom(room));
        }
        members.add(id);
        events.line(listener -> listener.onJoinRoom(room, id));
    }

    void leave(String id, Collection<String> rooms) {
        synchronized (lock) {
            Map<String, Long> joined = roomsBySocket.get(id);
            if (joined == null) {
                return;
            }
            for (String room : rooms) {
                if (joined.remove(room) != null) {
                    removeMember(room, id);
                }
            }
        }
        events.deliver();
    }

    void removeAll(String id) {
        synchronized (lock) {
            Map<String, Long> joined = roomsBySocket.remove(id);
            if (joined != null) {
                joined.keySet().forEach(room -> removeMember(room, id));
            }
        }
        events.deliver();
    }

    @GuardedBy("lock")
    private void removeMember(String room, String id) {
        Set<String> members = membersByRoom.get(room);
        if (members == null || !members.remove(id)) {
            return;
        }
        events.line(listener -> listener.onLeaveRoom(room, id));
        if (members.isEmpty()) {
            membersByRoom.remove(room);
            events.line(listener -> listener.onDeleteRoom(room));
        }
    }

    Set<String> of(String id) {
        return joined(id).keySet();
    }

    /** Returns the rooms of a socket with the position at which it joined each, a copy. */
    Map<String, Long> joined(String id) {
        synchronized (lock) {
            return new HashMap<>(roomsBySocket.getOrDefault(id, Map.of()));
        }
    }

    /** Returns the rooms that have members, a view. */
    Set<String> names() {
        return Collections.unmodifiableSet(membersByRoom.keySet());
    }

    /** Returns the members of a room, a view. */
    Set<String> members(String room) {
        return membersByRoom.getOrDefault(room, Set.of());
    }
}
