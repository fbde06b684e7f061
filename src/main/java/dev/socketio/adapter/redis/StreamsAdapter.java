package dev.socketio.adapter.redis;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socketio.adapter.AdapterContext;
import dev.socketio.adapter.BroadcastOptions;
import dev.socketio.adapter.Flags;
import dev.socketio.adapter.InMemoryAdapter;
import dev.socketio.adapter.LocalSockets;
import dev.socketio.adapter.Missed;
import dev.socketio.adapter.Recovered;
import dev.socketio.adapter.Session;
import dev.socketio.adapter.redis.Message.Broadcast;
import dev.socketio.adapter.redis.Message.Change;
import dev.socketio.adapter.redis.Message.Disconnect;
import dev.socketio.adapter.redis.Message.Request;
import dev.socketio.adapter.redis.Message.SessionTaken;
import dev.socketio.protocol.OutgoingEvent;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An adapter whose events and changes travel through a stream, and questions and answers over channels. The clients of this
 * server, too, get what is in the stream when it has been read there.
 */
final class StreamsAdapter extends ClusterAdapter {

    private static final Logger logger = LoggerFactory.getLogger(StreamsAdapter.class);

    private final LocalSockets local;
    private final PubSub redis;
    private final StreamLog log;
    private final StreamCodec codec;
    private final Trees trees;
    private final String self;
    private final StreamLog.Listener listener = this::onEntry;

    /** Null if clients are not recovered. */
    private final @Nullable StreamRecovery recovery;

    private volatile long start = Long.MAX_VALUE;

    /** @param timeout how long other servers may take to answer */
    StreamsAdapter(
            LocalSockets local,
            LettuceStreams streams,
            Wire wire,
            Trees trees,
            AdapterContext context,
            Duration timeout) {
        this(local, streams, streams.log(local.namespace()), wire, trees, context, timeout);
    }

    private StreamsAdapter(
            LocalSockets local,
            LettuceStreams streams,
            StreamLog log,
            Wire wire,
            Trees trees,
            AdapterContext context,
            Duration timeout) {
        super(new InMemoryAdapter(local, log::position), local, streams.pubSub(), wire, trees, context, timeout);
        this.local = local;
        this.redis = streams.pubSub();
        this.log = log;
        this.trees = trees;
        this.self = wire.self();
        this.codec = new StreamCodec(trees, local.namespace(), self);
        Duration time = local.maxDisconnectionDuration();
        this.recovery = time == null
                ? null
                : new StreamRecovery(
                        streams.commands(),
                        log,
                        local,
                        context,
                        new SessionCodec(
                                trees, local.namespace(), self, local::writeSessionData, local::readSessionData),
                        streams.sessionKeyPrefix(),
                        time,
                        new StreamRecovery.Services(() -> start, this::eventAgain, this::tellTaken, this::onMalformed));
    }

    /** Begins to listen. */
    StreamsAdapter open() {
        listen();
        start = log.listen(local.namespace(), listener);
        return this;
    }

    private void tellTaken(String pid) {
        publish(new SessionTaken(self, pid));
    }

    private void onMalformed(String problem) {
        redis.onMalformed(log.key(), problem);
    }

    private void onEntry(Map<String, byte[]> fields, Place place) {
        Request request = codec.read(fields);
        if (request instanceof Broadcast broadcast && broadcast.requestId() == null) {
            deliver(broadcast, place);
        } else if (request != null && !request.sender().equals(self)) {
            peers().onRequest(request);
        }
    }

    private void deliver(Broadcast broadcast, @Nullable Place place) {
        own().deliver(encode(broadcast, place), broadcast.options());
    }

    /** Encodes an event; where clients are recovered and it is to be sent again, with its place. */
    private dev.socketio.adapter.Broadcast encode(Broadcast broadcast, @Nullable Place place) {
        OutgoingEvent event = peers().clientEvent(broadcast.event());
        if (place == null || !isKept(broadcast, place)) {
            return new dev.socketio.adapter.Broadcast(local.encoder(), event, /* offset= */ null);
        }
        var encoded = new dev.socketio.adapter.Broadcast(local.encoder(), event, place.id()).at(place.position());
        log.recent().add(new RecentEvents.Event(place, local.namespace(), broadcast.options(), encoded.packet()));
        return encoded;
    }

    private boolean isKept(Broadcast broadcast, Place place) {
        return recovery != null
                && place.isKnown()
                && broadcast.requestId() == null
                && !broadcast.options().flags().isVolatile();
    }

    /** Makes what can be sent again of an entry; null if it is none. */
    private RecentEvents.@Nullable Event eventAgain(Map<String, byte[]> fields, Place place) {
        boolean isHere = local.namespace().equals(StreamCodec.text(fields, "nsp"));
        Request request = isHere ? codec.read(fields) : null;
        if (!(request instanceof Broadcast broadcast) || !isKept(broadcast, place)) {
            return null;
        }
        OutgoingEvent event = peers().clientEvent(broadcast.event()).with(place.id());
        return new RecentEvents.Event(
                place, local.namespace(), broadcast.options(), local.encoder().event(event));
    }

    private Broadcast message(OutgoingEvent event, BroadcastOptions options) {
        List<JsonNode> tree = trees.event(event.name(), event.arguments());
        return new Broadcast(self, tree, options, /* requestId= */ null);
    }

    @Override
    public void broadcast(OutgoingEvent event, BroadcastOptions options) {
        if (options.flags().local()) {
            own().broadcast(event, options);
            return;
        }
        Broadcast broadcast = message(event, options);
        log.add(codec, broadcast, place -> deliver(broadcast, place));
    }

    @Override
    public boolean emit(String id, OutgoingEvent event, Flags flags) {
        Broadcast broadcast = message(event, BroadcastOptions.ALL.to(id).with(flags));
        boolean isHere = !rooms(id).isEmpty();
        log.add(codec, broadcast, place -> local.send(id, encode(broadcast, place), flags));
        return isHere;
    }

    @Override
    public void socketsJoin(BroadcastOptions options, Collection<String> joined) {
        if (options.flags().local()) {
            own().socketsJoin(options, joined);
            return;
        }
        List<String> rooms = List.copyOf(joined);
        log.add(
                codec,
                new Change(self, /* isJoin= */ true, options, rooms),
                place -> own().socketsJoin(options, rooms));
    }

    @Override
    public void socketsLeave(BroadcastOptions options, Collection<String> left) {
        if (options.flags().local()) {
            own().socketsLeave(options, left);
            return;
        }
        List<String> rooms = List.copyOf(left);
        log.add(
                codec,
                new Change(self, /* isJoin= */ false, options, rooms),
                place -> own().socketsLeave(options, rooms));
    }

    @Override
    public void disconnectSockets(BroadcastOptions options, boolean close) {
        if (options.flags().local()) {
            own().disconnectSockets(options, close);
            return;
        }
        log.add(codec, new Disconnect(self, options, close), place -> own().disconnectSockets(options, close));
    }

    @Override
    public boolean savesSessions() {
        return recovery != null;
    }

    @Override
    public CompletionStage<Void> saveSession(Session session) {
        return recovery == null ? CompletableFuture.completedStage(null) : recovery.save(session);
    }

    @Override
    public void persistSession(Session session) {
        if (recovery != null) {
            CompletionStage<Void> keeping = recovery.keep(session);
            keeping.exceptionally(failure -> {
                logger.warn(
                        "the session of {} cannot be kept, its client will get a new one: {}", session.id(), failure);
                return null;
            });
        }
    }

    @Override
    public void forgetSession(String pid) {
        if (recovery != null) {
            recovery.forget(pid);
        }
    }

    @Override
    public CompletionStage<Optional<Recovered>> restoreSession(String pid, @Nullable String offset) {
        return recovery == null ? CompletableFuture.completedStage(Optional.empty()) : recovery.restore(pid, offset);
    }

    @Override
    public CompletionStage<Missed> missed(Session session, long after) {
        return recovery == null
                ? CompletableFuture.completedStage(new Missed(List.of(), after))
                : recovery.missed(session, after);
    }

    @Override
    public void close() {
        log.unlisten(local.namespace(), listener);
        super.close();
    }
}
