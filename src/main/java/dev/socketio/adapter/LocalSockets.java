package dev.socketio.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socketio.protocol.OutgoingEvent;
import dev.socketio.protocol.Parser;
import dev.socketio.protocol.Value;
import dev.socketio.time.Scheduler.Cancellable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What an adapter may do with the sockets of its namespace that are connected to this server, and with the namespace.
 *
 * <p>Thread rules: every method may be called from any thread and returns at once; an adapter holds no lock meanwhile.
 */
public interface LocalSockets {

    /** Returns the name of the namespace. */
    String namespace();

    /** Returns how many rooms a socket may be in at once, its own among them. */
    int maxRoomsPerSocket();

    /** Returns what the server keeps in memory to recover clients; null if it recovers none. */
    @Nullable
    RecoveryStore recoveryStore();

    /** Returns how long clients may be away and are recovered; null if none are. */
    @Nullable
    Duration maxDisconnectionDuration();

    /** Returns what encodes events for these sockets. */
    Parser.Encoder encoder();

    /** Returns the ids of the sockets that are connected, a view that changes with them. */
    Set<String> ids();

    /** Describes a socket; empty if it is not connected. */
    Optional<SocketDetails> details(String id);

    /**
     * Sends an event to each of these sockets that is connected.
     *
     * @param except the ids to pass over
     */
    void send(Set<String> ids, Set<String> except, Broadcast broadcast, Flags flags);

    /**
     * Sends an event to one of these sockets, which may be one that is still about to connect.
     *
     * @return false if it is not here, or if nothing is sent because it is busy and the event volatile
     */
    boolean send(String id, Broadcast broadcast, Flags flags);

    /**
     * Sends an event to each of these sockets that is connected, and has them answer it.
     *
     * @param except the ids to pass over
     * @param event without the id of an acknowledgement; they all get the same
     * @param acks is told at once how many are to answer, and of their answers as they come
     * @return forgets the answers that have not come
     * @throws IllegalArgumentException if an argument cannot be written; nothing has been sent then
     */
    Cancellable sendWithAck(Set<String> ids, Set<String> except, OutgoingEvent event, Flags flags, AckListener acks);

    /**
     * Disconnects a socket; does nothing if it is not connected.
     *
     * @param close whether to close its connection, too
     */
    void disconnect(String id, boolean close);

    /**
     * Brings an event of another server to the namespace.
     *
     * @param arguments values that Jackson can write
     * @param response takes the first argument of the answer, once at most; null if no answer is wanted
     */
    void onServerSideEmit(
            String event, List<@Nullable Object> arguments, @Nullable Consumer<@Nullable Object> response);

    /** Another server goes on with a session whose socket is here: its client is there now, and the socket ends. */
    void onSessionTaken(String pid);

    /** Returns the data of a session as other servers can read it: an object, without what cannot be written as JSON. */
    Value writeSessionData(Session session);

    /** Makes the data of a session of what {@link #writeSessionData} has written, here or on another server. */
    Object readSessionData(JsonNode object);

    /** Makes a value, such as an answer that another server has passed on, of what Jackson can write. */
    Value value(@Nullable Object plain);
}
