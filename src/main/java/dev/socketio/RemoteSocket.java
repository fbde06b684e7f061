package dev.socketio;

import dev.socketio.adapter.BroadcastOptions;
import dev.socketio.adapter.Flags;
import dev.socketio.adapter.SocketDetails;
import dev.socketio.protocol.Value;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A socket on any server of the cluster, as {@link BroadcastOperator#fetchSockets} found it. What it tells is as it was
 * then; what it is told to do reaches the socket wherever it is, and does nothing once it is disconnected.
 *
 * <p>Immutable. To get hold of a socket of this server itself, see {@link Namespace#socket}.
 */
public final class RemoteSocket {

    private final Namespace namespace;
    private final SocketDetails details;
    private final BroadcastOperator operator;

    RemoteSocket(Namespace namespace, SocketDetails details) {
        this(namespace, details, Flags.NONE);
    }

    private RemoteSocket(Namespace namespace, SocketDetails details, Flags flags) {
        this.namespace = namespace;
        this.details = details;
        this.operator = new BroadcastOperator(
                List.of(namespace), BroadcastOptions.ALL.to(details.id()).with(flags));
    }

    static List<RemoteSocket> all(Namespace namespace, List<SocketDetails> details) {
        return details.stream().map(one -> new RemoteSocket(namespace, one)).toList();
    }

    /** Returns the id. */
    public String id() {
        return details.id();
    }

    /** Returns the rooms it was in, its own id among them. */
    public Set<String> rooms() {
        return Collections.unmodifiableSet(details.rooms());
    }

    /**
     * Returns how the client came here. Of a socket on another server, only what Socket.IO knows: no
     * {@link Handshake#principal()}, no roles and no HTTP session.
     */
    public Handshake handshake() {
        return details instanceof LocalDetails local
                ? local.original()
                : HandshakeJson.read(details.handshake(), namespace.server().json());
    }

    /**
     * Returns what the application remembered about it, an object with the attributes of {@link Socket#data()}. Those that
     * Jackson cannot write are missing.
     */
    public Value data() {
        return details.data();
    }

    /**
     * Limits the time that {@link #emitWithAck} may take.
     *
     * @param timeout more than zero
     */
    public RemoteSocket timeout(Duration timeout) {
        return new RemoteSocket(namespace, details, Flags.NONE.withTimeout(timeout));
    }

    /** Sends an event to the client; see {@link BroadcastOperator#emit}. */
    public void emit(String event, @Nullable Object... arguments) {
        operator.emit(event, arguments);
    }

    /**
     * Sends an event and waits for the client's answer.
     *
     * @return the first argument of the answer. The future fails with {@link java.util.concurrent.TimeoutException} when
     *     the time is over, and with {@link DisconnectedException} if the client is or gets disconnected. It completes on
     *     the server's executor; cancelling it ends the wait
     * @throws IllegalArgumentException if the name is reserved or a value cannot be written; nothing has been sent then
     */
    public CompletableFuture<Value> emitWithAck(String event, @Nullable Object... arguments) {
        CompletableFuture<List<Value>> all = operator.emitWithAck(event, arguments);
        CompletableFuture<Value> one = new CompletableFuture<>();
        CompletionStage<List<Value>> answering = all;
        answering.whenComplete((responses, failure) -> {
            if (failure != null) {
                one.completeExceptionally(failure instanceof MissingAcksException ? failure.getCause() : failure);
            } else if (responses.isEmpty()) {
                one.completeExceptionally(new DisconnectedException());
            } else {
                one.complete(responses.get(0));
            }
        });
        CompletionStage<Value> ending = one;
        ending.whenComplete((response, failure) -> all.cancel(/* mayInterruptIfRunning= */ false));
        return one;
    }

    /** Puts it into rooms; see {@link BroadcastOperator#socketsJoin}. */
    public void join(String... rooms) {
        operator.socketsJoin(rooms);
    }

    /** Takes it out of rooms. */
    public void leave(String... rooms) {
        operator.socketsLeave(rooms);
    }

    /** Disconnects it from its namespace; see {@link Socket#disconnect()}. */
    public void disconnect() {
        disconnect(/* close= */ false);
    }

    /**
     * Disconnects it from its namespace.
     *
     * @param close whether to leave every namespace of this client and to close its connection
     */
    public void disconnect(boolean close) {
        operator.disconnectSockets(close);
    }

    /** Returns namespace and id, as log lines should show a socket. */
    @Override
    public String toString() {
        return namespace.name() + "#" + id();
    }
}
