package dev.socketio.adapter.redis;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socketio.adapter.AckListener;
import dev.socketio.adapter.AdapterContext;
import dev.socketio.adapter.InMemoryAdapter;
import dev.socketio.adapter.LocalSockets;
import dev.socketio.adapter.redis.Message.AllRooms;
import dev.socketio.adapter.redis.Message.Answer;
import dev.socketio.adapter.redis.Message.Broadcast;
import dev.socketio.adapter.redis.Message.Change;
import dev.socketio.adapter.redis.Message.ClientAck;
import dev.socketio.adapter.redis.Message.ClientCount;
import dev.socketio.adapter.redis.Message.Disconnect;
import dev.socketio.adapter.redis.Message.Done;
import dev.socketio.adapter.redis.Message.Fetch;
import dev.socketio.adapter.redis.Message.Ids;
import dev.socketio.adapter.redis.Message.Request;
import dev.socketio.adapter.redis.Message.Response;
import dev.socketio.adapter.redis.Message.Rooms;
import dev.socketio.adapter.redis.Message.ServerAck;
import dev.socketio.adapter.redis.Message.ServerSideEmit;
import dev.socketio.adapter.redis.Message.SessionTaken;
import dev.socketio.adapter.redis.Message.SocketIds;
import dev.socketio.adapter.redis.Message.Sockets;
import dev.socketio.adapter.redis.Message.WithOne;
import dev.socketio.protocol.EventNames;
import dev.socketio.protocol.OutgoingEvent;
import dev.socketio.protocol.PacketException;
import dev.socketio.protocol.Value;
import dev.socketio.time.Scheduler.Cancellable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Does with the sockets of this server what other servers of the cluster, and emitters, ask for. */
final class PeerRequests {

    private final PubSub redis;
    private final Wire wire;
    private final Trees trees;
    private final AdapterContext context;
    private final LocalSockets local;
    private final InMemoryAdapter own;
    private final Duration timeout;

    /** @param timeout how long clients may take to answer where the request does not say */
    PeerRequests(
            PubSub redis,
            Wire wire,
            Trees trees,
            AdapterContext context,
            LocalSockets local,
            InMemoryAdapter own,
            Duration timeout) {
        this.redis = redis;
        this.wire = wire;
        this.trees = trees;
        this.context = context;
        this.local = local;
        this.own = own;
        this.timeout = timeout;
    }

    void onRequest(Request request) {
        if (request instanceof Broadcast broadcast) {
            onBroadcast(broadcast);
        } else if (request instanceof ServerSideEmit emit) {
            onServerSideEmit(emit);
        } else if (request instanceof Fetch fetch) {
            // Much work where there are many sockets, and nothing that has to keep its place among messages.
            context.executor()
                    .execute(() -> reply(
                            fetch,
                            fetch.requestId(),
                            new Sockets(own.fetchSockets(fetch.options()).join())));
        } else if (request instanceof Ids ids) {
            Set<String> found = own.sockets(Set.copyOf(ids.rooms()));
            reply(ids, ids.requestId(), new SocketIds(List.copyOf(found)));
        } else if (request instanceof AllRooms all) {
            reply(all, all.requestId(), new Rooms(List.copyOf(own.rooms())));
        } else if (request instanceof WithOne one) {
            onRequestForOne(one);
        } else if (request instanceof SessionTaken taken) {
            local.onSessionTaken(taken.pid());
        } else {
            change(request);
        }
    }

    private void change(Request request) {
        if (request instanceof Change change) {
            if (change.isJoin()) {
                own.socketsJoin(change.options(), change.rooms());
            } else {
                own.socketsLeave(change.options(), change.rooms());
            }
        } else if (request instanceof Disconnect disconnect) {
            own.disconnectSockets(disconnect.options(), disconnect.close());
        }
    }

    private void onRequestForOne(WithOne one) {
        if (local.ids().contains(one.sid())) {
            change(one.request());
            reply(one, one.requestId(), new Done());
        }
    }

    private void onBroadcast(Broadcast broadcast) {
        OutgoingEvent event = clientEvent(broadcast.event());
        String requestId = broadcast.requestId();
        if (requestId == null) {
            own.broadcast(event, broadcast.options());
            return;
        }
        Cancellable wait = own.broadcastWithAck(event, broadcast.options(), new Relay(broadcast, requestId));
        Duration given = broadcast.options().flags().timeout();
        context.scheduler().schedule(given == null ? timeout : given, wait::cancel);
    }

    /** Makes an event of what has come for clients. */
    OutgoingEvent clientEvent(List<JsonNode> tree) {
        OutgoingEvent event = event(tree);
        if (EventNames.isReserved(event.name())) {
            throw new PacketException("an event of a reserved name");
        }
        return event;
    }

    private OutgoingEvent event(List<JsonNode> event) {
        List<@Nullable Object> arguments = new ArrayList<>(event.subList(1, event.size()));
        return new OutgoingEvent(local.namespace(), event.get(0).textValue(), arguments, OutgoingEvent.NO_ACK);
    }

    private void onServerSideEmit(ServerSideEmit emit) {
        OutgoingEvent event = event(emit.event());
        String requestId = emit.requestId();
        Consumer<@Nullable Object> response =
                requestId == null ? null : value -> reply(emit, requestId, new ServerAck(trees.tree(value)));
        local.onServerSideEmit(event.name(), event.arguments(), response);
    }

    private void reply(Request request, String requestId, Answer answer) {
        redis.publish(wire.write(new Response(wire.self(), requestId, answer), request.sender()));
    }

    /** Passes on what the clients of this server answer. */
    private final class Relay implements AckListener {

        private final Broadcast broadcast;
        private final String requestId;

        Relay(Broadcast broadcast, String requestId) {
            this.broadcast = broadcast;
            this.requestId = requestId;
        }

        @Override
        public void onExpected(int more) {
            reply(broadcast, requestId, new ClientCount(more));
        }

        @Override
        public void onAllExpected() {}

        @Override
        public void onResponse(Value response) {
            reply(broadcast, requestId, new ClientAck(response.toJson()));
        }

        /** There is no message for it; whoever asked waits until the time is over. */
        @Override
        public void onGone() {}
    }
}
