package dev.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socketio.adapter.AckListener;
import dev.socketio.adapter.Broadcast;
import dev.socketio.adapter.Flags;
import dev.socketio.adapter.LocalSockets;
import dev.socketio.adapter.RecoveryStore;
import dev.socketio.adapter.Session;
import dev.socketio.adapter.SocketDetails;
import dev.socketio.engine.Departures;
import dev.socketio.engine.EnginePacket;
import dev.socketio.protocol.OutgoingEvent;
import dev.socketio.protocol.Parser;
import dev.socketio.protocol.Value;
import dev.socketio.time.Scheduler.Cancellable;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The sockets of one namespace that are connected to this server, and what the adapter may do with them. */
final class ConnectedSockets implements LocalSockets {

    /**
     * From so many receivers on, a broadcast is queued for all of them and written afterwards, on other threads: of
     * several broadcasts in a row, or by several senders, each client gets what there is in one write.
     */
    private static final int MANY = 32;

    /** For how many receivers one thread writes. */
    private static final int TURN = 256;

    private final Namespace namespace;
    private final SocketIoServer server;

    private final ConcurrentMap<String, Socket> byId = new ConcurrentHashMap<>();

    /** Those that are about to connect: middlewares still look at them. */
    private final ConcurrentMap<String, Socket> entering = new ConcurrentHashMap<>();

    /** Counts for single sockets and for broadcasts alike, so that the many who get a broadcast can share an id. */
    private final AtomicLong ackIds = new AtomicLong();

    ConnectedSockets(Namespace namespace) {
        this.namespace = namespace;
        this.server = namespace.server();
    }

    void enter(Socket socket) {
        entering.put(socket.id(), socket);
    }

    void add(Socket socket) {
        byId.put(socket.id(), socket);
        entering.remove(socket.id(), socket);
    }

    void remove(Socket socket) {
        byId.remove(socket.id(), socket);
        entering.remove(socket.id(), socket);
    }

    @Nullable
    Socket get(String id) {
        return byId.get(id);
    }

    /** Returns all of them, a view. */
    Collection<Socket> all() {
        return Collections.unmodifiableCollection(byId.values());
    }

    long nextAckId() {
        return ackIds.getAndIncrement();
    }

    @Override
    public String namespace() {
        return namespace.name();
    }

    @Override
    public int maxRoomsPerSocket() {
        return server.options().maxRoomsPerSocket();
    }

    @Override
    public @Nullable RecoveryStore recoveryStore() {
        return server.recoveryStore();
    }

    @Override
    public @Nullable Duration maxDisconnectionDuration() {
        return server.options()
                .connectionStateRecovery()
                .map(ConnectionStateRecovery::maxDisconnectionDuration)
                .orElse(null);
    }

    @Override
    public Parser.Encoder encoder() {
        return server.encoder();
    }

    @Override
    public Set<String> ids() {
        return Collections.unmodifiableSet(byId.keySet());
    }

    @Override
    public Optional<SocketDetails> details(String id) {
        return Optional.ofNullable(byId.get(id)).map(LocalDetails::new);
    }

    @Override
    public void send(Set<String> ids, Set<String> except, Broadcast broadcast, Flags flags) {
        Frames frames = new Frames(broadcast, flags);
        Departures departures = ids.size() < MANY ? null : new Departures(TURN);
        try {
            for (String id : ids) {
                Socket socket = except.contains(id) ? null : byId.get(id);
                if (socket != null) {
                    frames.sendTo(socket, departures);
                }
                if (departures != null && departures.size() == TURN) {
                    server.threads().executeApart(departures::leave);
                    departures = new Departures(TURN);
                }
            }
        } finally {
            if (departures != null) {
                server.threads().executeApart(departures::leave);
            }
        }
    }

    @Override
    public boolean send(String id, Broadcast broadcast, Flags flags) {
        Socket connected = byId.get(id);
        Socket socket = connected == null ? entering.get(id) : connected;
        return socket != null && new Frames(broadcast, flags).sendTo(socket, null);
    }

    /** What a broadcast is sent as, made once for all who get it. Used by one thread. */
    private static final class Frames {

        private final Broadcast broadcast;
        private final Flags flags;
        private final List<EnginePacket> frames;

        /** For those who cannot be recovered; null until there is one. */
        private @Nullable List<EnginePacket> withoutOffset;

        Frames(Broadcast broadcast, Flags flags) {
            this.broadcast = broadcast;
            this.flags = flags;
            this.frames = Client.frames(broadcast.packet(), flags);
        }

        boolean sendTo(Socket socket, @Nullable Departures departures) {
            if (broadcast.offset() == null || socket.recovery() != null) {
                return socket.deliver(broadcast, frames, flags, departures);
            }
            if (withoutOffset == null) {
                withoutOffset = Client.frames(broadcast.withoutOffset(), flags);
            }
            return socket.sendEvent(broadcast.event(), withoutOffset, flags, departures);
        }
    }

    @Override
    public Cancellable sendWithAck(
            Set<String> ids, Set<String> except, OutgoingEvent event, Flags flags, AckListener acks) {
        long ackId = nextAckId();
        List<EnginePacket> frames = Client.frames(encoder().event(event.withAckId(ackId)), flags);
        int asked = 0;
        for (String id : ids) {
            Socket socket = except.contains(id) ? null : byId.get(id);
            if (socket != null && socket.sendWithAck(event, ackId, frames, flags, acks)) {
                asked++;
            }
        }
        acks.onExpected(asked);
        return () -> byId.values().forEach(socket -> socket.forgetAck(ackId));
    }

    @Override
    public void disconnect(String id, boolean close) {
        Socket socket = byId.get(id);
        if (socket != null) {
            socket.disconnect(close);
        }
    }

    @Override
    public void onServerSideEmit(
            String event, List<@Nullable Object> arguments, @Nullable Consumer<@Nullable Object> response) {
        namespace.serverSide().onEvent(event, arguments, response);
    }

    @Override
    public void onSessionTaken(String pid) {
        server.recovery().onTaken(namespace, pid);
    }

    @Override
    public Value writeSessionData(Session session) {
        return ((SocketData) session.data()).toValue(server.json());
    }

    @Override
    public Object readSessionData(JsonNode object) {
        return new SocketData(server.json(), object);
    }

    @Override
    public Value value(@Nullable Object plain) {
        return Value.of(server.json(), plain);
    }
}
