package dev.socketio;

import dev.socketio.adapter.BroadcastOptions;
import dev.socketio.adapter.Flags;
import dev.socketio.protocol.OutgoingEvent;
import dev.socketio.protocol.Value;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Selects sockets, step by step, and sends them an event or does something to all of them.
 *
 * <p>Instances are immutable: each step returns a new one, so an operator may be kept, shared and used again.
 *
 * <pre>{@code
 * io.to("news").except("muted").emit("headline", headline);
 * }</pre>
 */
public final class BroadcastOperator {

    /** One, or those that a parent has at the time of use. */
    private final Collection<Namespace> namespaces;

    private final BroadcastOptions options;

    /** @param namespaces a view is looked at anew each time */
    BroadcastOperator(Collection<Namespace> namespaces, BroadcastOptions options) {
        this.namespaces = namespaces;
        this.options = options;
    }

    /** Selects those in any of these rooms, in addition to the rooms chosen before; each socket gets an event once. */
    public BroadcastOperator to(String... rooms) {
        return new BroadcastOperator(namespaces, options.to(rooms));
    }

    /** Does the same as {@link #to}. */
    public BroadcastOperator in(String... rooms) {
        return to(rooms);
    }

    /** Leaves out those in any of these rooms; the id of a socket is a room too. */
    public BroadcastOperator except(String... rooms) {
        return new BroadcastOperator(namespaces, options.except(rooms));
    }

    /** Sends what follows only to clients that can take it at once; see {@link SocketEmitter#asVolatile()}. */
    public BroadcastOperator asVolatile() {
        return with(options.flags().asVolatile());
    }

    /** Sends the newest value of each key to a client that is busy; see {@link SocketEmitter#asVolatile(String)}. */
    public BroadcastOperator asVolatile(String key) {
        return with(options.flags().asVolatile(key));
    }

    /** Sets whether what follows may be compressed; see {@link SocketEmitter#compress}. */
    public BroadcastOperator compress(boolean compress) {
        return with(options.flags().withCompress(compress));
    }

    /** Leaves out the clients of other servers of the cluster. */
    public BroadcastOperator local() {
        return with(options.flags().asLocal());
    }

    /**
     * Limits the time that acknowledgements may take.
     *
     * @param timeout more than zero
     */
    public BroadcastOperator timeout(Duration timeout) {
        return with(options.flags().withTimeout(timeout));
    }

    private BroadcastOperator with(Flags flags) {
        return new BroadcastOperator(namespaces, options.with(flags));
    }

    /**
     * Sends an event. It is encoded once, whatever the number of receivers; one that reads too slowly delays no other.
     * Once the server is closed nobody receives it.
     *
     * @param event any name but the reserved ones, see {@link Socket#emit}
     * @param arguments values that Jackson can write; a {@code byte[]} travels as binary
     * @throws IllegalArgumentException if the name is reserved or a value cannot be written; nothing has been sent then
     */
    public void emit(String event, @Nullable Object... arguments) {
        SocketEvents.checkName(event);
        for (Namespace namespace : namespaces) {
            namespace.adapter().broadcast(OutgoingEvent.of(namespace.name(), event, arguments), options);
        }
    }

    /** Sends an event of the name {@code message}; see {@link #emit}. */
    public void send(@Nullable Object... arguments) {
        emit("message", arguments);
    }

    /**
     * Sends an event and waits for the answers of all who receive it.
     *
     * <p>The future ends when the last of them has answered; at once, with an empty list, if nobody receives the event. It
     * fails with {@link MissingAcksException}, which has the answers so far, when the {@linkplain #timeout time} is over,
     * and when all who have not answered are gone: disconnected meanwhile, or owing more answers than
     * {@code maxPendingAcks} allows. It completes on the server's executor and may be waited for in a listener; cancelling
     * it ends the wait. Without a timeout it lasts until each client on this server has answered or gone.
     *
     * <p>A volatile event asks those who can take it at once, and no others.
     *
     * @param event any name but the reserved ones, see {@link Socket#emit}
     * @param arguments values that Jackson can write; a {@code byte[]} travels as binary
     * @return the first argument of each answer, in the order in which they came; JSON {@code null} for an answer without
     * @throws IllegalArgumentException if the name is reserved or a value cannot be written; nothing has been sent then
     */
    public CompletableFuture<List<Value>> emitWithAck(String event, @Nullable Object... arguments) {
        SocketEvents.checkName(event);
        List<Namespace> receivers = List.copyOf(namespaces);
        if (receivers.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        BroadcastAcks acks = new BroadcastAcks(receivers.get(0).server(), receivers.size());
        for (Namespace namespace : receivers) {
            OutgoingEvent outgoing = OutgoingEvent.of(namespace.name(), event, arguments);
            acks.add(namespace.adapter().broadcastWithAck(outgoing, options, acks));
        }
        return acks.await(options.flags().timeout());
    }

    /**
     * Describes the sockets that are selected.
     *
     * @return in no particular order. Among several servers the future fails with {@link MissingServersException}, which
     *     has the sockets of the others, if some of them do not answer in time. It completes on the server's executor
     */
    public CompletableFuture<List<RemoteSocket>> fetchSockets() {
        CompletableFuture<List<RemoteSocket>> all = CompletableFuture.completedFuture(List.of());
        for (Namespace namespace : namespaces) {
            CompletableFuture<List<RemoteSocket>> found = namespace
                    .adapter()
                    .fetchSockets(options)
                    .thenApply(details -> RemoteSocket.all(namespace, details));
            all = all.thenCombine(
                    MissingServersException.translate(namespace, found),
                    (before, more) ->
                            Stream.concat(before.stream(), more.stream()).toList());
        }
        return all;
    }

    /**
     * Counts the sockets that are selected; one that is in several of the rooms counts once. Much cheaper than fetching.
     *
     * @return among several servers the future fails with {@link MissingServersException}, which has the count of the
     *     others, if some of them do not answer in time. It completes on the server's executor
     */
    public CompletableFuture<Integer> count() {
        CompletableFuture<Integer> sum = CompletableFuture.completedFuture(0);
        for (Namespace namespace : namespaces) {
            CompletableFuture<Integer> count = namespace.adapter().count(options);
            sum = sum.thenCombine(MissingServersException.translate(namespace, count), Integer::sum);
        }
        return sum;
    }

    /**
     * Puts the sockets that are selected into rooms. One that would be in more rooms than {@code maxRoomsPerSocket} allows
     * joins none of them, which is logged; the others do.
     */
    public void socketsJoin(String... rooms) {
        List<String> joined = List.of(rooms);
        namespaces.forEach(namespace -> namespace.adapter().socketsJoin(options, joined));
    }

    /** Takes the sockets that are selected out of rooms. */
    public void socketsLeave(String... rooms) {
        List<String> left = List.of(rooms);
        namespaces.forEach(namespace -> namespace.adapter().socketsLeave(options, left));
    }

    /** Disconnects the sockets that are selected from their namespace; see {@link Socket#disconnect()}. */
    public void disconnectSockets() {
        disconnectSockets(/* close= */ false);
    }

    /**
     * Disconnects the sockets that are selected from their namespace.
     *
     * @param close whether their clients are to leave every namespace, and their connections to be closed
     */
    public void disconnectSockets(boolean close) {
        namespaces.forEach(namespace -> namespace.adapter().disconnectSockets(options, close));
    }
}
