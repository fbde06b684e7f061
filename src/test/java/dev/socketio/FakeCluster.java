package dev.socketio;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.socketio.adapter.AckListener;
import dev.socketio.adapter.Adapter;
import dev.socketio.adapter.Adapters;
import dev.socketio.adapter.BroadcastOptions;
import dev.socketio.adapter.DelegatingAdapter;
import dev.socketio.adapter.InMemoryAdapter;
import dev.socketio.adapter.LocalSockets;
import dev.socketio.adapter.PendingAnswers;
import dev.socketio.adapter.Session;
import dev.socketio.adapter.SocketDetails;
import dev.socketio.protocol.Json;
import dev.socketio.protocol.OutgoingEvent;
import dev.socketio.protocol.Value;
import dev.socketio.time.Scheduler.Cancellable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Servers of one test that share their rooms, as if a network were between them: what passes is text. */
final class FakeCluster implements Adapters {

    private final ObjectMapper wire = Json.mapper(1_000_000);
    private final List<Node> nodes = new CopyOnWriteArrayList<>();

    /** What has been done with sessions. */
    private final List<String> sessions = new CopyOnWriteArrayList<>();

    private boolean savesSessions;
    private boolean failsToSave;

    /** Has sessions saved while their clients are here. */
    FakeCluster savingSessions() {
        savesSessions = true;
        return this;
    }

    void failToSave(boolean fails) {
        failsToSave = fails;
    }

    /** Returns what has been done with sessions, to be cleared by whoever has seen it. */
    List<String> sessions() {
        return sessions;
    }

    /** Says that a server elsewhere goes on with a session. */
    void take(String pid) {
        nodes.forEach(node -> node.local.onSessionTaken(pid));
    }

    @Override
    public Adapter create(LocalSockets local) {
        Node node = new Node(local);
        nodes.add(node);
        return node;
    }

    /** Returns how many adapters have not been closed. */
    int open() {
        return nodes.size();
    }

    /** Writes a value and reads it again, on behalf of {@code reader}. */
    private Value pass(@Nullable Object value, LocalSockets reader) {
        return reader.value(Value.of(wire, value).as(Object.class));
    }

    private record Details(String id, Set<String> rooms, Value handshake, Value data) implements SocketDetails {}

    /** The adapter of one namespace on one server. */
    private final class Node extends DelegatingAdapter {

        private final LocalSockets local;

        Node(LocalSockets local) {
            super(local);
            this.local = local;
        }

        private List<Node> others() {
            return nodes.stream()
                    .filter(node -> node != this && node.local.namespace().equals(local.namespace()))
                    .toList();
        }

        private Stream<InMemoryAdapter> concerned(BroadcastOptions options) {
            Stream<Node> others = options.flags().local() ? Stream.of() : others().stream();
            return Stream.concat(Stream.of(own()), others.map(Node::own));
        }

        @Override
        public void broadcast(OutgoingEvent event, BroadcastOptions options) {
            concerned(options).forEach(adapter -> adapter.broadcast(event, options));
        }

        @Override
        public PendingAnswers broadcastWithAck(OutgoingEvent event, BroadcastOptions options, AckListener acks) {
            List<InMemoryAdapter> asked = concerned(options).toList();
            AckListener relay = new Relay(acks, asked.size());
            List<Cancellable> waits = new ArrayList<>();
            asked.forEach(adapter -> waits.add(adapter.broadcastWithAck(event, options, relay)));
            return () -> waits.forEach(Cancellable::cancel);
        }

        @Override
        public CompletableFuture<Integer> count(BroadcastOptions options) {
            return CompletableFuture.completedFuture(concerned(options)
                    .mapToInt(adapter -> adapter.count(options).join())
                    .sum());
        }

        @Override
        public CompletableFuture<List<SocketDetails>> fetchSockets(BroadcastOptions options) {
            List<SocketDetails> all =
                    new ArrayList<>(own().fetchSockets(options).join());
            concerned(options)
                    .skip(1)
                    .forEach(adapter -> adapter.fetchSockets(options)
                            .join()
                            .forEach(found -> all.add(new Details(
                                    found.id(),
                                    found.rooms(),
                                    pass(found.handshake().toJson(), local),
                                    pass(found.data().toJson(), local)))));
            return CompletableFuture.completedFuture(all);
        }

        @Override
        public void socketsJoin(BroadcastOptions options, Collection<String> rooms) {
            concerned(options).forEach(adapter -> adapter.socketsJoin(options, rooms));
        }

        @Override
        public void socketsLeave(BroadcastOptions options, Collection<String> rooms) {
            concerned(options).forEach(adapter -> adapter.socketsLeave(options, rooms));
        }

        @Override
        public void disconnectSockets(BroadcastOptions options, boolean close) {
            concerned(options).forEach(adapter -> adapter.disconnectSockets(options, close));
        }

        @Override
        public void serverSideEmit(OutgoingEvent event) {
            others().forEach(node -> node.receive(event, null));
        }

        @Override
        public PendingAnswers serverSideEmitWithAck(OutgoingEvent event, AckListener acks) {
            acks.onExpected(others().size());
            others().forEach(node -> node.receive(event, response -> acks.onResponse(pass(response, local))));
            acks.onAllExpected();
            return () -> {};
        }

        private void receive(OutgoingEvent event, @Nullable Consumer<@Nullable Object> response) {
            List<@Nullable Object> arguments = event.arguments().stream()
                    .<@Nullable Object>map(argument -> pass(argument, local).toJson())
                    .toList();
            local.onServerSideEmit(event.name(), arguments, response);
        }

        @Override
        public CompletableFuture<Integer> serverCount() {
            return CompletableFuture.completedFuture(1 + others().size());
        }

        @Override
        public boolean savesSessions() {
            return savesSessions;
        }

        @Override
        public CompletionStage<Void> saveSession(Session session) {
            note("save", session);
            return failsToSave
                    ? CompletableFuture.failedStage(new IllegalStateException("not now"))
                    : CompletableFuture.completedStage(null);
        }

        @Override
        public void persistSession(Session session) {
            note("persist", session);
            super.persistSession(session);
        }

        @Override
        public void forgetSession(String pid) {
            sessions.add("forget " + pid);
        }

        private void note(String what, Session session) {
            String rooms = new TreeSet<>(session.rooms().keySet()).toString();
            sessions.add(what + " " + session.pid() + " " + rooms + " " + local.writeSessionData(session));
        }

        @Override
        public void close() {
            nodes.remove(this);
        }
    }

    /** Says that all have been counted when each of the servers has. */
    private static final class Relay implements AckListener {

        private final AckListener acks;
        private int open;

        Relay(AckListener acks, int servers) {
            this.acks = requireNonNull(acks);
            this.open = servers;
        }

        @Override
        public void onExpected(int more) {
            acks.onExpected(more);
        }

        @Override
        public void onAllExpected() {
            open--;
            if (open == 0) {
                acks.onAllExpected();
            }
        }

        @Override
        public void onResponse(Value response) {
            acks.onResponse(response);
        }

        @Override
        public void onGone() {
            acks.onGone();
        }
    }
}
