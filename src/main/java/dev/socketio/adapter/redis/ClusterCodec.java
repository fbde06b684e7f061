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
import dev.socketio.adapter.redis.Message.Request;
import dev.socketio.adapter.redis.Message.Response;
import dev.socketio.adapter.redis.Message.ServerAck;
import dev.socketio.adapter.redis.Message.ServerSideEmit;
import dev.socketio.adapter.redis.Message.SessionTaken;
import dev.socketio.adapter.redis.Message.Sockets;
import dev.socketio.protocol.PacketException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes messages in the envelope of Node's {@code ClusterAdapter}, which several adapters have in common:
 * {@code {type, data, uid, nsp}}, as JSON, or as MessagePack where there are bytes.
 */
final class ClusterCodec {

    private static final int EVENT = 2;

    private static final int BROADCAST = 3;
    private static final int SOCKETS_JOIN = 4;
    private static final int SOCKETS_LEAVE = 5;
    private static final int DISCONNECT_SOCKETS = 6;
    private static final int FETCH_SOCKETS = 7;
    private static final int FETCH_SOCKETS_RESPONSE = 8;
    private static final int SERVER_SIDE_EMIT = 9;
    private static final int SERVER_SIDE_EMIT_RESPONSE = 10;
    private static final int BROADCAST_CLIENT_COUNT = 11;
    private static final int BROADCAST_ACK = 12;

    /** Only servers on Java know it; others ignore what they do not know. */
    private static final int SESSION_TAKEN = 1001;

    private final Trees trees;
    private final String namespace;
    private final String self;
    private final boolean alwaysMsgpack;

    /** @param alwaysMsgpack whether even what has no bytes is MessagePack */
    ClusterCodec(Trees trees, String namespace, String self, boolean alwaysMsgpack) {
        this.alwaysMsgpack = alwaysMsgpack;
        this.trees = trees;
        this.namespace = namespace;
        this.self = self;
    }

    byte[] write(Request request) {
        ObjectNode data = trees.object();
        return envelope(type(request, data), data);
    }

    private byte[] envelope(int type, ObjectNode data) {
        ObjectNode message = trees.object().put("type", type);
        message.set("data", data);
        message.put("uid", self).put("nsp", namespace);
        return alwaysMsgpack || Buffers.isIn(data) ? trees.msgpack(message) : trees.json(message);
    }

    /** Puts what a request says into {@code data}, and returns its type. */
    int type(Request request, ObjectNode data) {
        if (request instanceof Broadcast broadcast) {
            data.putObject("packet").put("type", EVENT).set("data", trees.array(broadcast.event()));
            putId(data, broadcast.requestId());
            data.set("opts", options(broadcast.options()));
            return BROADCAST;
        }
        if (request instanceof Change change) {
            data.set("opts", options(change.options()));
            if (change.isJoin()) {
                Names.write(data.putArray("rooms"), change.rooms());
                return SOCKETS_JOIN;
            }
            Names.writeSelecting(data.putArray("rooms"), change.rooms());
            return SOCKETS_LEAVE;
        }
        if (request instanceof Disconnect disconnect) {
            data.set("opts", options(disconnect.options()));
            data.put("close", disconnect.close());
            return DISCONNECT_SOCKETS;
        }
        if (request instanceof Fetch fetch) {
            data.set("opts", options(fetch.options()));
            data.put("requestId", fetch.requestId());
            return FETCH_SOCKETS;
        }
        if (request instanceof ServerSideEmit emit) {
            putId(data, emit.requestId());
            data.set("packet", trees.array(emit.event()));
            return SERVER_SIDE_EMIT;
        }
        if (request instanceof SessionTaken taken) {
            data.put("pid", taken.pid());
            return SESSION_TAKEN;
        }
        throw new IllegalArgumentException("there is no message for " + request);
    }

    private static void putId(ObjectNode data, @Nullable String requestId) {
        if (requestId != null) {
            data.put("requestId", requestId);
        }
    }

    private ObjectNode options(BroadcastOptions options) {
        ObjectNode object = trees.object();
        Names.writeSelecting(object.putArray("rooms"), options.rooms());
        Names.writeSelecting(object.putArray("except"), options.except());
        object.set("flags", trees.flags(options.flags()));
        return object;
    }

    byte[] write(Response response) {
        ObjectNode data = trees.object().put("requestId", response.requestId());
        return envelope(type(response.answer(), data), data);
    }

    private int type(Answer answer, ObjectNode data) {
        if (answer instanceof ClientCount count) {
            data.put("clientCount", count.count());
            return BROADCAST_CLIENT_COUNT;
        }
        if (answer instanceof ClientAck ack) {
            data.set("packet", ack.value());
            return BROADCAST_ACK;
        }
        if (answer instanceof ServerAck ack) {
            data.set("packet", ack.value());
            return SERVER_SIDE_EMIT_RESPONSE;
        }
        if (answer instanceof Sockets sockets) {
            List<ObjectNode> all = sockets.sockets().stream().map(trees::socket).toList();
            data.putArray("sockets").addAll(all);
            return FETCH_SOCKETS_RESPONSE;
        }
        throw new IllegalArgumentException("there is no message for " + answer);
    }

    /**
     * Reads a message.
     *
     * @return null if it is for another namespace, or of a kind that this version does not know
     */
    @Nullable
    Message read(byte[] bytes) {
        JsonNode message = trees.read(bytes);
        if (!message.path("nsp").asText().equals(namespace)) {
            return null;
        }
        String sender = Trees.text(message, "uid");
        int type = message.path("type").asInt(-1);
        JsonNode data = message.path("data");
        Request request = request(type, sender, data);
        if (request != null) {
            return request;
        }
        Answer answer = answer(type, data);
        return answer == null ? null : new Response(sender, Trees.text(data, "requestId"), answer);
    }

    /** Reads a request; null if it is of a kind that this version does not know. */
    static @Nullable Request request(int type, String sender, JsonNode data) {
        String requestId = data.path("requestId").textValue();
        return switch (type) {
            case BROADCAST -> new Broadcast(sender, event(data.path("packet")), options(data), requestId);
            case SOCKETS_JOIN, SOCKETS_LEAVE ->
                new Change(sender, type == SOCKETS_JOIN, options(data), Names.read(data.path("rooms")));
            case DISCONNECT_SOCKETS ->
                new Disconnect(sender, options(data), data.path("close").asBoolean());
            case FETCH_SOCKETS -> new Fetch(sender, Trees.text(data, "requestId"), options(data));
            case SERVER_SIDE_EMIT -> new ServerSideEmit(sender, Trees.event(data.path("packet")), requestId);
            case SESSION_TAKEN -> new SessionTaken(sender, Trees.text(data, "pid"));
            default -> null;
        };
    }

    private static List<JsonNode> event(JsonNode packet) {
        if (packet.path("type").asInt(-1) != EVENT) {
            throw new PacketException("a packet of type " + packet.path("type"));
        }
        return Trees.event(packet.path("data"));
    }

    /** Everybody is meant only if that is said. */
    private static BroadcastOptions options(JsonNode data) {
        if (!data.path("opts").isObject()) {
            throw new PacketException("opts is missing");
        }
        return Trees.options(data.path("opts"));
    }

    private @Nullable Answer answer(int type, JsonNode data) {
        return switch (type) {
            case FETCH_SOCKETS_RESPONSE -> new Sockets(trees.sockets(data.path("sockets")));
            case SERVER_SIDE_EMIT_RESPONSE -> new ServerAck(trees.orNull(data.get("packet")));
            case BROADCAST_CLIENT_COUNT -> new ClientCount(Trees.count(data.path("clientCount")));
            case BROADCAST_ACK -> new ClientAck(trees.orNull(data.get("packet")));
            default -> null;
        };
    }
}
