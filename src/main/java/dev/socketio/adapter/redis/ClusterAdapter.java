package dev.socketio.adapter.redis;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socketio.adapter.AckListener;
import dev.socketio.adapter.AdapterContext;
import dev.socketio.adapter.BroadcastOptions;
import dev.socketio.adapter.DelegatingAdapter;
import dev.socketio.adapter.InMemoryAdapter;
import dev.socketio.adapter.LocalSockets;
import dev.socketio.adapter.PendingAnswers;
import dev.socketio.adapter.SocketDetails;
import dev.socketio.adapter.redis.Message.Broadcast;
import dev.socketio.adapter.redis.Message.Fetch;
import dev.socketio.adapter.redis.Message.Request;
import dev.socketio.adapter.redis.Message.Response;
import dev.socketio.adapter.redis.Message.ServerSideEmit;
import dev.socketio.protocol.OutgoingEvent;
import dev.socketio.protocol.PacketException;
import dev.socketio.time.Scheduler.Cancellable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What the adapters of one namespace have in common whose servers talk to each other over channels of Redis, in one of
 * Node's formats: they ask, answer and count each other. How events and changes travel that want no answer is left to do.
 */
abstract class ClusterAdapter extends DelegatingAdapter {

    private final LocalSockets local;
    private final PubSub redis;
    private final Wire wire;
    private final Trees trees;
    private final AdapterContext context;
    private final Duration timeout;
    private final Questions questions;
    private final PeerRequests peers;
    private final PubSub.Listener listener = this::onMessage;
    private final RoomSubscriptions rooms;

    /** @param timeout how long other servers may take to answer */
    ClusterAdapter(
            InMemoryAdapter own,
            LocalSockets local,
            PubSub redis,
            Wire wire,
            Trees trees,
            AdapterContext context,
            Duration timeout) {
        super(own);
        this.local = local;
        this.redis = redis;
        this.wire = wire;
        this.trees = trees;
        this.context = context;
        this.timeout = timeout;
        this.questions = new Questions(redis, wire, context);
        this.rooms = new RoomSubscriptions(redis, wire, listener);
        this.peers = new PeerRequests(redis, wire, trees, context, local, own(), timeout);
    }

    /** Begins to listen. */
    final void listen() {
        redis.subscribe(wire.channels(), listener);
        String pattern = wire.pattern();
        if (pattern != null) {
            redis.subscribePattern(pattern, listener);
        }
        addRoomListener(rooms);
    }

    private void onMessage(String channel, byte[] bytes) {
        String room = wire.room(channel);
        if (room != null && !rooms().contains(room)) {
            return; // without reading it
        }
        try {
            Message message = wire.read(channel, bytes);
            if (message instanceof Response response) {
                questions.onResponse(response);
            } else if (message instanceof Request request && !request.sender().equals(wire.self())) {
                peers.onRequest(request);
            }
        } catch (PacketException | IllegalArgumentException | ArithmeticException e) {
            redis.onMalformed(channel, String.valueOf(e.getMessage()));
        }
    }

    /** Returns what does the work that others ask for. */
    final PeerRequests peers() {
        return peers;
    }

    /** Sends a message to the other servers. */
    final void publish(Request request) {
        redis.publish(wire.write(request));
    }

    @Override
    public PendingAnswers broadcastWithAck(OutgoingEvent event, BroadcastOptions options, AckListener acks) {
        if (options.flags().local()) {
            return own().broadcastWithAck(event, options, acks);
        }
        List<JsonNode> tree = trees.event(event.name(), event.arguments());
        ClientAnswers answers = new ClientAnswers(acks, local, questions);
        Wire.Frame frame = wire.write(new Broadcast(wire.self(), tree, options, answers.requestId()));
        Cancellable here = own().broadcastWithAck(event, options, answers.ofThisServer());
        boolean isTimed = options.flags().timeout() != null; // by whoever waits
        answers.start(frame, here, isTimed ? null : context.scheduler().schedule(timeout, answers::giveUp));
        return answers;
    }

    @Override
    public CompletableFuture<Integer> count(BroadcastOptions options) {
        CompletableFuture<Integer> here = own().count(options);
        if (options.flags().local()) {
            return here;
        }
        Gathering gathering = new Gathering(questions, context, List.of(), here.join());
        Request cheap = wire.countRequest(gathering.requestId(), options);
        Request request = cheap == null ? new Fetch(wire.self(), gathering.requestId(), options) : cheap;
        return gathering.start(wire.write(request), timeout).thenApply(Gathering::count);
    }

    @Override
    public CompletableFuture<List<SocketDetails>> fetchSockets(BroadcastOptions options) {
        CompletableFuture<List<SocketDetails>> here = own().fetchSockets(options);
        if (options.flags().local()) {
            return here;
        }
        List<SocketDetails> sockets = here.join(); // which are there already
        Gathering gathering = new Gathering(questions, context, sockets, sockets.size());
        Request request = new Fetch(wire.self(), gathering.requestId(), options);
        return gathering.start(wire.write(request), timeout).thenApply(Gathering::sockets);
    }

    @Override
    public void serverSideEmit(OutgoingEvent event) {
        publish(new ServerSideEmit(wire.self(), trees.event(event.name(), event.arguments()), /* requestId= */ null));
    }

    @Override
    public PendingAnswers serverSideEmitWithAck(OutgoingEvent event, AckListener acks) {
        List<JsonNode> tree = trees.event(event.name(), event.arguments());
        ServerAnswers answers = new ServerAnswers(acks, local, questions);
        answers.start(wire.write(new ServerSideEmit(wire.self(), tree, answers.requestId())));
        return answers;
    }

    @Override
    public CompletableFuture<Integer> serverCount() {
        CompletableFuture<Integer> count = new CompletableFuture<>();
        Cancellable timer = context.scheduler().schedule(timeout, () -> fail(count, "Redis does not answer"));
        CompletionStage<Integer> asking = redis.subscribers(wire.requestChannel());
        asking.whenComplete((servers, failure) -> {
            timer.cancel();
            if (failure == null) {
                context.executor().execute(() -> count.complete(Math.max(1, servers)));
            } else {
                fail(count, "Redis cannot be reached");
            }
        });
        return count;
    }

    private void fail(CompletableFuture<Integer> count, String problem) {
        context.executor().execute(() -> count.completeExceptionally(new IllegalStateException(problem)));
    }

    @Override
    public void close() {
        removeRoomListener(rooms);
        redis.unsubscribe(wire.channels(), listener);
        String pattern = wire.pattern();
        if (pattern != null) {
            redis.unsubscribe(List.of(pattern), listener);
        }
        rooms.close();
    }
}
