package dev.socketio.adapter;

import dev.socketio.protocol.OutgoingEvent;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Knows who is in what room of one namespace, and brings events to them: the seam to a cluster. There is one adapter for
 * each namespace of each server; {@link InMemoryAdapter} serves a server that stands alone. One for a cluster keeps such
 * an adapter for the sockets of its own server, and tells the adapters of the same namespace on the other servers what
 * they have to do with theirs.
 *
 * <p>What takes {@link BroadcastOptions} concerns the sockets that they select among those that are connected, on every
 * server of the cluster unless {@link Flags#local()} is set; a socket that middlewares still look at is not connected.
 * Everything else concerns the sockets of this server.
 *
 * <p>Thread rules: every method may be called from any thread, and returns without waiting for the network; none of them
 * runs code of the application, {@link RoomListener}s excepted. Futures may complete on the thread that calls, or where
 * the {@linkplain AdapterContext#executor() executor} runs them.
 */
public interface Adapter {

    /** Makes the adapters of servers. It may be given to several, and has nothing to do with any until it is asked. */
    @FunctionalInterface
    interface Factory {

        /**
         * Begins to serve a server, which closes what it gets when it closes itself.
         *
         * @return makes the adapter of each of its namespaces: {@code context -> InMemoryAdapter::new}
         */
        Adapters open(AdapterContext context);
    }

    /** Makes a socket known; until then, and after {@link #removeAll}, it cannot be in a room. */
    void add(String id);

    /** Makes a socket known that comes back, in the rooms of its session and as if it had never left them. */
    void add(Session session);

    /**
     * Puts a socket into rooms; does nothing for one that is not known.
     *
     * @throws IllegalStateException if it would be in too many rooms; it is in none of the new ones then
     */
    void join(String id, Collection<String> rooms);

    /** Takes a socket out of a room. */
    void leave(String id, String room);

    /** Takes a socket out of all rooms and forgets it. */
    void removeAll(String id);

    /** Returns the rooms of a socket, a copy; empty if it is not known. */
    Set<String> rooms(String id);

    /** Returns the rooms that somebody is in, a view; the id of each socket is a room of its own. */
    Set<String> rooms();

    /**
     * Returns the ids of the connected sockets that are in any of these rooms.
     *
     * @param rooms all sockets if it is empty
     * @return a copy
     */
    Set<String> sockets(Set<String> rooms);

    /** Listens to changes of rooms. */
    void addRoomListener(RoomListener listener);

    /** Listens no more. */
    void removeRoomListener(RoomListener listener);

    /**
     * Sends an event to the sockets that the options select, each of them once.
     *
     * @throws IllegalArgumentException if an argument cannot be written; nothing has been sent then
     */
    void broadcast(OutgoingEvent event, BroadcastOptions options);

    /**
     * Sends an event as {@link #broadcast} does, and has the clients answer it.
     *
     * @param event without the id of an acknowledgement, which is each server's own
     * @param acks is told what becomes of it, perhaps before this returns
     * @return the wait for answers that have not come
     * @throws IllegalArgumentException if an argument cannot be written; nothing has been sent then
     */
    PendingAnswers broadcastWithAck(OutgoingEvent event, BroadcastOptions options, AckListener acks);

    /**
     * Counts the sockets that the options select, a union of rooms counting each socket once.
     *
     * @return fails with {@link SilentServersException} if other servers do not answer in time
     */
    CompletableFuture<Integer> count(BroadcastOptions options);

    /**
     * Describes the sockets that the options select.
     *
     * @return fails with {@link SilentServersException} if other servers do not answer in time
     */
    CompletableFuture<List<SocketDetails>> fetchSockets(BroadcastOptions options);

    /** Puts the sockets that the options select into rooms; one that would be in too many joins none of them. */
    void socketsJoin(BroadcastOptions options, Collection<String> rooms);

    /** Takes the sockets that the options select out of rooms. */
    void socketsLeave(BroadcastOptions options, Collection<String> rooms);

    /**
     * Disconnects the sockets that the options select.
     *
     * @param close whether to close their connections, too
     */
    void disconnectSockets(BroadcastOptions options, boolean close);

    /**
     * Sends an event to this namespace on the other servers of the cluster.
     *
     * @throws IllegalArgumentException if an argument cannot be written; nothing has been sent then
     */
    void serverSideEmit(OutgoingEvent event);

    /**
     * Sends an event as {@link #serverSideEmit} does, and has each of the other servers answer it once.
     *
     * @param acks is told what becomes of it, with servers in place of clients
     * @return the wait for answers that have not come
     * @throws IllegalArgumentException if an argument cannot be written; nothing has been sent then
     */
    PendingAnswers serverSideEmitWithAck(OutgoingEvent event, AckListener acks);

    /** Counts the servers of the cluster, this one among them. */
    CompletableFuture<Integer> serverCount();

    /**
     * Sends an event to one socket, which may still be about to connect. Where clients are recovered, it is kept for one
     * whose connection has ended.
     *
     * @return false if nothing is sent to a client of this server
     * @throws IllegalArgumentException if an argument cannot be written; nothing has been sent then
     */
    boolean emit(String id, OutgoingEvent event, Flags flags);

    /**
     * Returns the place of the newest event among all that this adapter has brought to its sockets. It grows with each
     * event that can be sent again; 0 where clients are not recovered.
     */
    long position();

    /** Returns the rooms of a socket with the {@link #position()} at which it joined each, a copy. */
    Map<String, Long> joined(String id);

    /** Keeps the session of a socket whose connection has ended, if clients are recovered. */
    void persistSession(Session session);

    /**
     * Finds the session of a client that comes back, and takes it: nobody finds it a second time.
     *
     * @param pid which the client says it has
     * @param offset of the last event that it has got; null if it has got none
     * @return empty if there is no such session, or if it cannot be told what the client has missed
     */
    CompletionStage<Optional<Recovered>> restoreSession(String pid, @Nullable String offset);

    /**
     * Returns whether sessions are to be {@linkplain #saveSession saved} while their clients are here, so that they outlive
     * a server that dies.
     */
    default boolean savesSessions() {
        return false;
    }

    /**
     * Saves the session of a client that is here, in place of what was saved of it before; called soon after each change,
     * and whenever a quarter of the {@linkplain LocalSockets#maxDisconnectionDuration() time} that clients may be away has
     * passed.
     *
     * @return completes when it has been saved; fails if it cannot be saved now
     */
    default CompletionStage<Void> saveSession(Session session) {
        return CompletableFuture.completedStage(null);
    }

    /** Forgets a session that was saved, whose client does not come back. */
    default void forgetSession(String pid) {}

    /**
     * Returns the events that a session was to get after a position.
     *
     * @return fails if some of them are not kept any more
     */
    CompletionStage<Missed> missed(Session session, long after);

    /**
     * Lets go of what the adapter holds, such as subscriptions. Calls that come later concern this server alone, and have
     * no effect once its sockets are gone. When a namespace has been removed, its successor of the same name may have begun
     * already.
     */
    void close();
}
