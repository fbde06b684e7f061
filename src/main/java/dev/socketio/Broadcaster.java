package dev.socketio;

import dev.socketio.protocol.Value;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Something with sockets to which events can be sent: a namespace, a parent of namespaces, or a server, which stands for
 * its main namespace. Each method does what the one of {@link BroadcastOperator} does, with everybody selected to begin
 * with.
 */
public sealed interface Broadcaster permits Namespace, ParentNamespace, SocketIoServer {

    /** Selects everybody, to be narrowed down. */
    BroadcastOperator all();

    /** Selects those in any of these rooms; see {@link BroadcastOperator#to}. */
    default BroadcastOperator to(String... rooms) {
        return all().to(rooms);
    }

    /** Does the same as {@link #to}. */
    default BroadcastOperator in(String... rooms) {
        return all().to(rooms);
    }

    /** Selects everybody but those in these rooms; see {@link BroadcastOperator#except}. */
    default BroadcastOperator except(String... rooms) {
        return all().except(rooms);
    }

    /** Sends what follows only to clients that can take it at once; see {@link SocketEmitter#asVolatile()}. */
    default BroadcastOperator asVolatile() {
        return all().asVolatile();
    }

    /** Sends the newest value of each key to clients that are busy; see {@link SocketEmitter#asVolatile(String)}. */
    default BroadcastOperator asVolatile(String key) {
        return all().asVolatile(key);
    }

    /** Sets whether what follows may be compressed; see {@link SocketEmitter#compress}. */
    default BroadcastOperator compress(boolean compress) {
        return all().compress(compress);
    }

    /** Leaves out the clients of other servers of the cluster. */
    default BroadcastOperator local() {
        return all().local();
    }

    /** Limits the time that acknowledgements may take; see {@link BroadcastOperator#timeout}. */
    default BroadcastOperator timeout(Duration timeout) {
        return all().timeout(timeout);
    }

    /** Sends an event to everybody; see {@link BroadcastOperator#emit}. */
    default void emit(String event, @Nullable Object... arguments) {
        all().emit(event, arguments);
    }

    /** Sends an event of the name {@code message} to everybody; see {@link BroadcastOperator#emit}. */
    default void send(@Nullable Object... arguments) {
        all().send(arguments);
    }

    /** Sends an event and waits for everybody's answer; see {@link BroadcastOperator#emitWithAck}. */
    default CompletableFuture<List<Value>> emitWithAck(String event, @Nullable Object... arguments) {
        return all().emitWithAck(event, arguments);
    }

    /** Describes all sockets; see {@link BroadcastOperator#fetchSockets}. */
    default CompletableFuture<List<RemoteSocket>> fetchSockets() {
        return all().fetchSockets();
    }

    /** Counts all sockets; see {@link BroadcastOperator#count}. */
    default CompletableFuture<Integer> count() {
        return all().count();
    }

    /** Puts all sockets into rooms; see {@link BroadcastOperator#socketsJoin}. */
    default void socketsJoin(String... rooms) {
        all().socketsJoin(rooms);
    }

    /** Takes all sockets out of rooms. */
    default void socketsLeave(String... rooms) {
        all().socketsLeave(rooms);
    }

    /** Disconnects all sockets; see {@link BroadcastOperator#disconnectSockets()}. */
    default void disconnectSockets() {
        all().disconnectSockets();
    }

    /** Disconnects all sockets; see {@link BroadcastOperator#disconnectSockets(boolean)}. */
    default void disconnectSockets(boolean close) {
        all().disconnectSockets(close);
    }
}
