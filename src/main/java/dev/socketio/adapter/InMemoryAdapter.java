package dev.socketio.adapter;

import dev.socketio.protocol.OutgoingEvent;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** The adapter of a server that stands alone. */
public final class InMemoryAdapter implements Adapter {

    private final Rooms rooms;
    private final LocalSockets local;

    /** @param maxRoomsPerSocket how many rooms a socket may be in at once, its own among them */
    public InMemoryAdapter(LocalSockets local, int maxRoomsPerSocket) {
        this.local = local;
        this.rooms = new Rooms(maxRoomsPerSocket);
    }

    @Override
    public void add(String id) {
        rooms.add(id);
    }

    @Override
    public void join(String id, Collection<String> joined) {
        rooms.join(id, joined);
    }

    @Override
    public void leave(String id, String room) {
        rooms.leave(id, room);
    }

    @Override
    public void removeAll(String id) {
        rooms.removeAll(id);
    }

    @Override
    public Set<String> rooms(String id) {
        return rooms.of(id);
    }

    @Override
    public void broadcast(OutgoingEvent event, BroadcastOptions options) {
        Broadcast broadcast = new Broadcast(local.encoder(), event, /* offset= */ null);
        Set<String> selected = options.rooms().isEmpty() ? local.ids() : members(options.rooms());
        local.send(selected, members(options.except()), broadcast, options.flags());
    }

    /** One room, the usual case, costs no copy. */
    private Set<String> members(Set<String> names) {
        if (names.size() == 1) {
            return rooms.members(names.iterator().next());
        }
        Set<String> union = names.isEmpty() ? Set.of() : new LinkedHashSet<>();
        for (String room : names) {
            union.addAll(rooms.members(room));
        }
        return union;
    }
}
