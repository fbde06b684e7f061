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
            roomsBySocket.putIfAbsent(id, Map.of());
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
            roomsBySocket.put(id, with(joined, added, position));
            added.forEach(room -> addMember(room, id));
        }
        events.deliver();
    }

    /** Most sockets are in one room, their own: maps of more than one can be modified, the others are small. */
    private static Map<String, Long> with(Map<String, Long> joined, Set<String> added, long position) {
        if (added.isEmpty()) {
            return joined;
        }
        if (joined.isEmpty() && added.size() == 1) {
            return Map.of(added.iterator().next(), position);
        }
        Map<String, Long> more = joined.size() > 1 ? joined : new HashMap<>(joined);
        added.forEach(room -> more.put(room, position));
        return more;
    }

    private static Map<String, Long> without(Map<String, Long> joined, String room) {
        if (joined.size() == 1) {
            return Map.of();
        }
        joined.remove(room);
        return joined.size() > 1 ? joined : Map.copyOf(joined);
    }

    /** Most rooms have one member, whose own they are; of these sets, too, only the larger can be modified. */
    @GuardedBy("lock")
    private void addMember(String room, String id) {
        Set<String> members = membersByRoom.get(room);
        if (members == null) {
            membersByRoom.put(room, Set.of(id));
            events.line(listener -> listener.onCreateRoom(room));
        } else if (members.size() > 1) {
            members.add(id);
        } else {
            Set<String> more = ConcurrentHashMap.newKeySet(2);
            more.addAll(members);
            more.add(id);
            membersByRoom.put(room, more);
        }
        events.line(listener -> listener.onJoinRoom(room, id));
    }

    void leave(String id, Collection<String> rooms) {
        synchronized (lock) {
            Map<String, Long> joined = roomsBySocket.get(id);
            if (joined == null) {
                return;
            }
            for (String room : rooms) {
                if (joined.containsKey(room)) {
                    joined = without(joined, room);
                    removeMember(room, id);
                }
            }
            roomsBySocket.put(id, joined);
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
        if (members == null || !members.contains(id)) {
            return;
        }
        events.line(listener -> listener.onLeaveRoom(room, id));
        if (members.size() > 1) {
            members.remove(id);
        } else {
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
