package dev.socketio.adapter;

import dev.socketio.protocol.OutgoingEvent;
import dev.socketio.time.Scheduler.Cancellable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The adapter of a server that stands alone. */
public final class InMemoryAdapter implements Adapter {

    private static final Logger log = LoggerFactory.getLogger(InMemoryAdapter.class);

    private final Rooms rooms;
    private final LocalSockets local;

    /** Null if clients are not recovered. */
    private final @Nullable RecoveryStore store;

    private final LongSupplier position;

    /** Creates the adapter of one namespace. */
    public InMemoryAdapter(LocalSockets local) {
        this.local = local;
        this.rooms = new Rooms(local.maxRoomsPerSocket());
        this.store = local.recoveryStore();
        this.position = store == null ? () -> 0 : store::position;
    }

    /**
     * Creates the adapter of one namespace whose events are kept elsewhere; {@link #deliver} brings those that have a place
     * there.
     *
     * @param position see {@link Adapter#position}
     */
    public InMemoryAdapter(LocalSockets local, LongSupplier position) {
        this.local = local;
        this.rooms = new Rooms(local.maxRoomsPerSocket());
        this.store = null;
        this.position = position;
    }

    @Override
    public void add(String id) {
        rooms.add(id);
    }

    @Override
    public void add(Session session) {
        rooms.add(session.id());
        session.rooms().forEach((room, position) -> rooms.join(session.id(), List.of(room), position));
    }

    @Override
    public void join(String id, Collection<String> joined) {
        rooms.join(id, joined, position());
    }

    @Override
    public void leave(String id, String room) {
        rooms.leave(id, List.of(room));
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
    public Set<String> rooms() {
        return rooms.names();
    }

    @Override
    public Set<String> sockets(Set<String> names) {
        Set<String> ids = new LinkedHashSet<>();
        forEach(BroadcastOptions.ALL.to(names.toArray(String[]::new)), ids::add);
        return ids;
    }

    @Override
    public void addRoomListener(RoomListener listener) {
        rooms.addListener(listener);
    }

    @Override
    public void removeRoomListener(RoomListener listener) {
        rooms.removeListener(listener);
    }

    @Override
    public void broadcast(OutgoingEvent event, BroadcastOptions options) {
        deliver(encode(event, options), options);
    }

    /** Sends an event that has been encoded to the sockets that the options select. */
    public void deliver(Broadcast broadcast, BroadcastOptions options) {
        local.send(selected(options), members(options.except()), broadcast, options.flags());
    }

    @Override
    public boolean emit(String id, OutgoingEvent event, Flags flags) {
        return local.send(id, encode(event, BroadcastOptions.ALL.to(id).with(flags)), flags);
    }

    @Override
    public PendingAnswers broadcastWithAck(OutgoingEvent event, BroadcastOptions options, AckListener acks) {
        Cancellable wait =
                local.sendWithAck(selected(options), members(options.except()), event, options.flags(), acks);
        acks.onAllExpected();
        return wait::cancel;
    }

    @Override
    public CompletableFuture<Integer> count(BroadcastOptions options) {
        if (options.rooms().isEmpty() && options.except().isEmpty()) {
            return CompletableFuture.completedFuture(local.ids().size());
        }
        int[] count = {0};
        forEach(options, id -> count[0]++);
        return CompletableFuture.completedFuture(count[0]);
    }

    @Override
    public CompletableFuture<List<SocketDetails>> fetchSockets(BroadcastOptions options) {
        List<SocketDetails> sockets = new ArrayList<>();
        forEach(options, id -> local.details(id).ifPresent(sockets::add));
        return CompletableFuture.completedFuture(sockets);
    }

    @Override
    public void socketsJoin(BroadcastOptions options, Collection<String> joined) {
        forEach(options, id -> {
            try {
                rooms.join(id, joined, position());
            } catch (IllegalStateException tooMany) {
                log.warn("in {}: {}", local.namespace(), tooMany.getMessage()); // the others are not to suffer
            }
        });
    }

    @Override
    public void socketsLeave(BroadcastOptions options, Collection<String> left) {
        forEach(options, id -> rooms.leave(id, left));
    }

    @Override
    public void disconnectSockets(BroadcastOptions options, boolean close) {
        forEach(options, id -> local.disconnect(id, close));
    }

    @Override
    public void serverSideEmit(OutgoingEvent event) {}

    @Override
    public PendingAnswers serverSideEmitWithAck(OutgoingEvent event, AckListener acks) {
        acks.onAllExpected();
        return () -> {};
    }

    @Override
    public CompletableFuture<Integer> serverCount() {
        return CompletableFuture.completedFuture(1);
    }

    @Override
    public long position() {
        return position.getAsLong();
    }

    @Override
    public Map<String, Long> joined(String id) {
        return rooms.joined(id);
    }

    @Override
    public void persistSession(Session session) {
        if (store != null) {
            store.persist(local.namespace(), session);
        }
    }

    @Override
    public CompletionStage<Optional<Recovered>> restoreSession(String pid, @Nullable String offset) {
        return CompletableFuture.completedStage(
                store == null ? Optional.empty() : store.take(local.namespace(), pid, offset));
    }

    @Override
    public CompletionStage<Missed> missed(Session session, long after) {
        try {
            return CompletableFuture.completedStage(
                    store == null ? new Missed(List.of(), after) : store.missed(local.namespace(), session, after));
        } catch (IllegalStateException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    @Override
    public void close() {}

    private void forEach(BroadcastOptions options, Consumer<String> action) {
        Set<String> except = members(options.except());
        Set<String> connected = local.ids();
        for (String id : selected(options)) {
            if (!except.contains(id) && connected.contains(id)) {
                action.accept(id);
            }
        }
    }

    private Set<String> selected(BroadcastOptions options) {
        return options.rooms().isEmpty() ? local.ids() : members(options.rooms());
    }

    /** An event that is volatile or wants an answer is not kept: it would come too late. */
    private Broadcast encode(OutgoingEvent event, BroadcastOptions options) {
        boolean kept = event.ackId() == OutgoingEvent.NO_ACK && !options.flags().isVolatile();
        return store != null && kept
                ? store.append(local.encoder(), event, options)
                : new Broadcast(local.encoder(), event, /* offset= */ null);
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
