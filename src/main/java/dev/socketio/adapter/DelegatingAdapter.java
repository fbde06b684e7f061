package dev.socketio.adapter;

import dev.socketio.protocol.OutgoingEvent;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The half of an adapter for a cluster that concerns the sockets of its own server, which is in memory. What concerns the
 * others is left to do.
 */
public abstract class DelegatingAdapter implements Adapter {

    private final InMemoryAdapter own;

    /** Keeps the rooms of these sockets. */
    protected DelegatingAdapter(LocalSockets local) {
        this(new InMemoryAdapter(local));
    }

    /** @param own keeps the rooms */
    protected DelegatingAdapter(InMemoryAdapter own) {
        this.own = own;
    }

    /** Returns the adapter of the sockets of this server. */
    protected final InMemoryAdapter own() {
        return own;
    }

    @Override
    public final void add(String id) {
        own.add(id);
    }

    @Override
    public final void add(Session session) {
        own.add(session);
    }

    @Override
    public final void join(String id, Collection<String> rooms) {
        own.join(id, rooms);
    }

    @Override
    public final void leave(String id, String room) {
        own.leave(id, room);
    }

    @Override
    public final void removeAll(String id) {
        own.removeAll(id);
    }

    @Override
    public final Set<String> rooms(String id) {
        return own.rooms(id);
    }

    @Override
    public final Set<String> rooms() {
        return own.rooms();
    }

    @Override
    public final Set<String> sockets(Set<String> rooms) {
        return own.sockets(rooms);
    }

    @Override
    public final void addRoomListener(RoomListener listener) {
        own.addRoomListener(listener);
    }

    @Override
    public final void removeRoomListener(RoomListener listener) {
        own.removeRoomListener(listener);
    }

    @Override
    public boolean emit(String id, OutgoingEvent event, Flags flags) {
        return own.emit(id, event, flags);
    }

    @Override
    public long position() {
        return own.position();
    }

    @Override
    public Map<String, Long> joined(String id) {
        return own.joined(id);
    }

    @Override
    public void persistSession(Session session) {
        own.persistSession(session);
    }

    @Override
    public CompletionStage<Optional<Recovered>> restoreSession(String pid, @Nullable String offset) {
        return own.restoreSession(pid, offset);
    }

    @Override
    public CompletionStage<Missed> missed(Session session, long after) {
        return own.missed(session, after);
    }
}
