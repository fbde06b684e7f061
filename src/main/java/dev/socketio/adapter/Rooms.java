package dev.socketio.adapter;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Collection;
import java.util.Collections;
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
    private final RoomEvents events = new RoomEvents();

    /*
     * Concurrency. `lock` is held for every change of the two indexes, so they never disagree, and the events of a change
     * get in line under it; listeners hear of them after it has been released. A broadcast reads the members of its rooms
     * without the lock: it sees everybody who was in the room when it began, and perhaps some who came or went meanwhile.
     */
    private final Object lock = new Object();

    @GuardedBy("lock")
    private final Map<String, Set<String>> roomsBySocket = new HashMap<>();

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
            roomsBySocket.putIfAbsent(id, new HashSet<>(4));
        }
    }

    void join(String id, Collection<String> rooms) {
        synchronized (lock) {
            Set<String> joined = roomsBySocket.get(id);
            if (joined == null) {
                return;
            }
            Set<String> added = new LinkedHashSet<>(rooms);
            added.removeAll(joined);
            if (joined.size() + added.size() > maxRoomsPerSocket) {
                throw new IllegalStateException("socket " + id + " would be in more than " + maxRoomsPerSocket
                        + " rooms: leave some, or raise maxRoomsPerSocket");
            }
            joined.addAll(added);
            added.forEach(room -> addMember(room, id));
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
            Set<String> joined = roomsBySocket.get(id);
            if (joined == null) {
                return;
            }
            for (String room : rooms) {
                if (joined.remove(room)) {
                    removeMember(room, id);
                }
            }
        }
        events.deliver();
    }

    void removeAll(String id) {
        synchronized (lock) {
            Set<String> joined = roomsBySocket.remove(id);
            if (joined != null) {
                joined.forEach(room -> removeMember(room, id));
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
        synchronized (lock) {
            Set<String> joined = roomsBySocket.get(id);
            return joined == null ? Set.of() : new LinkedHashSet<>(joined);
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
