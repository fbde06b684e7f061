package dev.socketio;

import dev.socketio.protocol.Arguments;
import dev.socketio.protocol.OutgoingEvent;
import dev.socketio.protocol.Value;
import dev.socketio.time.Lane;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The events that the servers of a cluster send each other in one namespace. */
final class ServerSideEvents {

    private static final Logger log = LoggerFactory.getLogger(ServerSideEvents.class);

    /** How long the other servers have to answer. */
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** What Socket.IO calls things that happen on a server itself, and are listened to by methods of their own here. */
    private static final Set<String> RESERVED = Set.of("connect", "connection", "new_namespace");

    private final Namespace namespace;
    private final Lane lane;

    ServerSideEvents(Namespace namespace) {
        this.namespace = namespace;
        SocketIoServer server = namespace.server();
        lane = new Lane(server.executor(), server.options().maxQueuedEvents(), Long.MAX_VALUE, Deaf.EAR);
    }

    static void checkName(String event) {
        if (RESERVED.contains(event)) {
            String hint = event.equals("new_namespace") ? "choose another" : "listen with onConnection";
            throw new IllegalArgumentException("event is \"" + event + "\", a reserved name: " + hint);
        }
    }

    void emit(String event, @Nullable Object... arguments) {
        namespace.adapter().serverSideEmit(outgoing(event, arguments));
    }

    CompletableFuture<List<Value>> emitWithAck(String event, @Nullable Object... arguments) {
        BroadcastAcks acks = new BroadcastAcks(namespace.server(), /* adapters= */ 1);
        acks.add(namespace.adapter().serverSideEmitWithAck(outgoing(event, arguments), acks));
        return acks.await(TIMEOUT);
    }

    private OutgoingEvent outgoing(String event, @Nullable Object[] arguments) {
        checkName(event);
        return OutgoingEvent.of(namespace.name(), event, arguments);
    }

    /** @param response null if no answer is wanted */
    void onEvent(String event, List<@Nullable Object> arguments, @Nullable Consumer<@Nullable Object> response) {
        if (lane.isOverrun()) {
            log.warn("event \"{}\" of another server dropped: the listeners of {} are too slow", event, namespace);
            return;
        }
        Arguments values = Arguments.of(namespace.server().json(), arguments);
        Ack ack = new ServerAck(response);
        lane.execute(() -> namespace.listeners().dispatch(event, values, ack, namespace));
    }

    /** The answer to one event of another server. */
    private static final class ServerAck implements Ack {

        private final @Nullable Consumer<@Nullable Object> response;
        private final AtomicBoolean sent = new AtomicBoolean();

        ServerAck(@Nullable Consumer<@Nullable Object> response) {
            this.response = response;
        }

        @Override
        public boolean isRequested() {
            return response != null;
        }

        @Override
        public void send(@Nullable Object... arguments) {
            List<@Nullable Object> values = OutgoingEvent.list(arguments);
            if (response != null && !sent.getAndSet(true)) {
                response.accept(values.isEmpty() ? null : values.get(0));
            }
        }
    }

    /** Other servers cannot be held back. */
    private enum Deaf implements Lane.Gauge {
        EAR;

        @Override
        public void onFull() {}

        @Override
        public void onRelieved() {}
    }
}
