package dev.socketio.adapter;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a socket whose connection has ended, so that its client can go on with it.
 *
 * <p>Positions are places among the events of an adapter, see {@link Adapter#position()}; an adapter without any has 0.
 *
 * @param id of the socket, which others may know
 * @param pid by which its client proves that it is the same; a secret
 * @param rooms the rooms that it was in, each with the position at which it joined
 * @param data what the application remembers about it
 * @param since the position at which the client got into the namespace
 * @param until the position at which its connection ended
 * @param sent the offset of the newest event that was sent to the client; null if none had one
 * @param expiry when its client may no longer be here; null for never
 */
public record Session(
        String id,
        String pid,
        Map<String, Long> rooms,
        Object data,
        long since,
        long until,
        @Nullable String sent,
        @Nullable Instant expiry) {

    /** Keeps an immutable copy of the rooms. */
    public Session {
        rooms = Map.copyOf(rooms);
    }

    /** Returns whether a broadcast was for the socket, at a position after that at which it joined the room. */
    public boolean selects(BroadcastOptions options, long position) {
        for (String room : options.except()) {
            if (rooms.containsKey(room)) {
                return false;
            }
        }
        for (String room : options.rooms()) {
            Long joinedAt = rooms.get(room);
            if (joinedAt != null && joinedAt < position) {
                return true;
            }
        }
        return options.rooms().isEmpty();
    }
}
