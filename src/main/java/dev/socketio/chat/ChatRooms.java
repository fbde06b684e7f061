package dev.socketio.chat;

import java.util.HashMap;
import java.util.Map;

/** The rooms that somebody is in, and the lobby, which is always there. */
final class ChatRooms {

    private final Limits limits;
    private final Map<String, Room> byKey = new HashMap<>();
    private final Room lobby;

    ChatRooms(Limits limits) {
        this.limits = limits;
        this.lobby = new Room("Lobby", limits);
        byKey.put(lobby.key(), lobby);
    }

    Room lobby() {
        return lobby;
    }

    /**
     * Enters a room, which is created if there is none of this name.
     *
     * @param name as somebody has typed it
     * @throws Refusal if it is no name, or one room too many
     */
    Room enter(String name) throws Refusal {
        String clean = Names.clean("The name of a room", name);
        Room room = byKey.get(Names.key(clean));
        if (room == null) {
            if (byKey.size() >= limits.rooms()) {
                throw new Refusal("There are " + limits.rooms() + " rooms already. Choose one of them.");
            }
            room = new Room(clean, limits);
            byKey.put(room.key(), room);
        }
        room.enter();
        return room;
    }

    void leave(Room room) {
        room.leave();
        if (room.isEmpty() && room != lobby) {
            byKey.remove(room.key());
        }
    }
}
