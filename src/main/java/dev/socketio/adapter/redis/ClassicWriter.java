package dev.socketio.adapter.redis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socketio.adapter.BroadcastOptions;
import dev.socketio.adapter.redis.Message.Answer;
import dev.socketio.adapter.redis.Message.Broadcast;
import dev.socketio.adapter.redis.Message.Change;
import dev.socketio.adapter.redis.Message.ClientAck;
import dev.socketio.adapter.redis.Message.ClientCount;
import dev.socketio.adapter.redis.Message.Disconnect;
import dev.socketio.adapter.redis.Message.Fetch;
import dev.socketio.adapter.redis.Message.Ids;
import dev.socketio.adapter.redis.Message.Request;
import dev.socketio.adapter.redis.Message.Response;
import dev.socketio.adapter.redis.Message.Rooms;
import dev.socketio.adapter.redis.Message.ServerAck;
import dev.socketio.adapter.redis.Message.ServerSideEmit;
import dev.socketio.adapter.redis.Message.SocketIds;
import dev.socketio.adapter.redis.Message.Sockets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes messages of the classic format: properties in Node's order, and one more in responses, who has answered. */
final class ClassicWriter {

    /** The type of a packet that is an event. */
    static final int EVENT = 2;

    private final Trees trees;
    private final String namespace;
    private final String self;
    private final boolean isEmitter;

    ClassicWriter(Trees trees, String namespace, String self) {
        this.trees = trees;
        this.namespace = namespace;
        this.self = self;
        this.isEmitter = self.equals(Message.EMITTER);
    }

    byte[] write(Request request) {
        if (request instanceof Broadcast broadcast) {
            return trees.msgpack(broadcast.requestId() == null ? broadcast(broadcast) : question(broadcast));
        }
        return trees.json(tree(request));
    }

    private JsonNode broadcast(Broadcast broadcast) {
        return trees.array().add(self).add(packet(broadcast)).add(withFlags(broadcast.options()));
    }

    private JsonNode question(Broadcast broadcast) {
        ObjectNode request = request(ClassicType.BROADCAST, broadcast.requestId());
        request.set("packet", packet(broadcast));
        return request.set("opts", withFlags(broadcast.options()));
    }

    private ObjectNode packet(Broadcast broadcast) {
        ObjectNode packet = trees.object().put("type", EVENT);
        packet.set("data", trees.array(broadcast.event()));
        return packet.put("nsp", namespace);
    }

    private ObjectNode withFlags(BroadcastOptions options) {
        ObjectNode object = trees.object();
        Names.writeSelecting(object.putArray("rooms"), options.rooms());
        if (isEmitter) { // which has another order
            object.set("flags", trees.flags(options.flags()));
        }
        Names.writeSelecting(object.putArray("except"), options.except());
        if (!isEmitter) {
            object.set("flags", trees.flags(options.flags()));
        }
        return object;
    }

    private ObjectNode withoutFlags(BroadcastOptions options) {
        ObjectNode object = trees.object();
        Names.writeSelecting(object.putArray("rooms"), options.rooms());
        Names.writeSelecting(object.putArray("except"), options.except());
        return object;
    }

    private JsonNode tree(Request request) {
        if (request instanceof Change change) {
            return change(change);
        }
        if (request instanceof Disconnect disconnect) {
            return command(ClassicType.DISCONNECT, disconnect.options()).put("close", disconnect.close());
        }
        if (request instanceof Fetch fetch) {
            return request(ClassicType.FETCH, fetch.requestId()).set("opts", withoutFlags(fetch.options()));
        }
        if (request instanceof Ids ids) {
            ObjectNode object = request(ClassicType.SOCKETS, ids.requestId());
            Names.writeSelecting(object.putArray("rooms"), ids.rooms());
            return object;
        }
        if (request instanceof ServerSideEmit emit) {
            return request(ClassicType.SERVER_SIDE_EMIT, emit.requestId()).set("data", trees.array(emit.event()));
        }
        throw new IllegalArgumentException("only other servers send a request such as " + request);
    }

    private JsonNode change(Change change) {
        ObjectNode object = command(change.isJoin() ? ClassicType.JOIN : ClassicType.LEAVE, change.options());
        if (change.isJoin()) {
            Names.write(object.putArray("rooms"), change.rooms());
        } else {
            Names.writeSelecting(object.putArray("rooms"), change.rooms());
        }
        return object;
    }

    private ObjectNode request(int type, @Nullable String requestId) {
        ObjectNode object = trees.object().put("uid", self);
        if (requestId != null) {
            object.put("requestId", requestId);
        }
        return object.put("type", type);
    }

    private ObjectNode command(int type, BroadcastOptions options) {
        ObjectNode object = trees.object();
        if (!isEmitter) {
            object.put("uid", self);
        }
        object.put("type", type).set("opts", withoutFlags(options));
        return object;
    }

    byte[] write(Response response) {
        Answer answer = response.answer();
        if (answer instanceof ClientAck ack) {
            ObjectNode object = response(ClassicType.CLIENT_ACK, response);
            object.set("packet", ack.value());
            return trees.msgpack(object.put("uid", self));
        }
        return trees.json(tree(response, answer).put("uid", self));
    }

    private ObjectNode tree(Response response, Answer answer) {
        if (answer instanceof ServerAck ack) {
            ObjectNode object = response(ClassicType.SERVER_SIDE_EMIT, response);
            object.set("data", ack.value());
            return object;
        }
        if (answer instanceof ClientCount count) {
            return response(ClassicType.CLIENT_COUNT, response).put("clientCount", count.count());
        }
        ObjectNode object = trees.object().put("requestId", response.requestId());
        if (answer instanceof Sockets sockets) {
            List<ObjectNode> all = sockets.sockets().stream().map(trees::socket).toList();
            object.putArray("sockets").addAll(all);
        } else if (answer instanceof SocketIds ids) {
            Names.write(object.putArray("sockets"), ids.ids());
        } else if (answer instanceof Rooms rooms) {
            Names.write(object.putArray("rooms"), rooms.rooms());
        }
        return object;
    }

    private ObjectNode response(int type, Response response) {
        return trees.object().put("type", type).put("requestId", response.requestId());
    }
}
