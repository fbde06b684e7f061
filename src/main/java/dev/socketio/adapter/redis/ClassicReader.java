package dev.socketio.adapter.redis;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socketio.adapter.BroadcastOptions;
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
import dev.socketio.adapter.redis.Message.SocketIds;
import dev.socketio.adapter.redis.Message.Sockets;
import dev.socketio.adapter.redis.Message.WithOne;
import dev.socketio.protocol.PacketException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads messages of the classic format, from Java, from Node, and from emitters. */
final class ClassicReader {

    /** The type of a packet that old emitters give to an event with bytes. */
    private static final int BINARY_EVENT = 5;

    private final Trees trees;
    private final String namespace;

    ClassicReader(Trees trees, String namespace) {
        this.trees = trees;
        this.namespace = namespace;
    }

    /** Reads a broadcast; null if it is for another namespace, whose name begins with this one's. */
    @Nullable
    Message broadcast(byte[] bytes) {
        JsonNode message = trees.read(bytes);
        if (!message.isArray()) {
            throw new PacketException("not a broadcast");
        }
        JsonNode packet = message.path(1);
        if (!packet.path("nsp").asText("/").equals(namespace)) {
            return null;
        }
        return new Broadcast(message.path(0).asText(), event(packet), Trees.options(message.path(2)), null);
    }

    private static List<JsonNode> event(JsonNode packet) {
        int type = packet.path("type").asInt(-1);
        if (type != ClassicWriter.EVENT && type != BINARY_EVENT) {
            throw new PacketException("a packet of type " + packet.path("type"));
        }
        return Trees.event(packet.path("data"));
    }

    /** Reads a request; null if it is of a kind that this version does not know. */
    @Nullable
    Message request(byte[] bytes) {
        JsonNode request = trees.read(bytes);
        String sender = request.path("uid").asText("");
        BroadcastOptions options = Trees.options(request.path("opts"));
        return switch (type(request)) {
            case ClassicType.SOCKETS ->
                new Ids(sender, Trees.text(request, "requestId"), Names.read(request.path("rooms")));
            case ClassicType.ALL_ROOMS -> new AllRooms(sender, Trees.text(request, "requestId"));
            case ClassicType.JOIN -> change(request, sender, /* isJoin= */ true);
            case ClassicType.LEAVE -> change(request, sender, /* isJoin= */ false);
            case ClassicType.DISCONNECT -> disconnect(request, sender);
            case ClassicType.FETCH -> new Fetch(sender, Trees.text(request, "requestId"), options);
            case ClassicType.SERVER_SIDE_EMIT ->
                new ServerSideEmit(
                        sender,
                        Trees.event(Buffers.fromJson(request.path("data"))),
                        request.path("requestId").textValue());
            case ClassicType.BROADCAST ->
                new Broadcast(sender, event(request.path("packet")), options, Trees.text(request, "requestId"));
            default -> null;
        };
    }

    private static int type(JsonNode message) {
        return message.path("type").asInt(-1);
    }

    private static Request change(JsonNode request, String sender, boolean isJoin) {
        if (!isForOne(request)) {
            return new Change(sender, isJoin, Trees.options(request.path("opts")), Names.read(request.path("rooms")));
        }
        List<String> room = List.of(request.path("room").asText());
        return forOne(request, new Change(sender, isJoin, one(request), room));
    }

    private static Request disconnect(JsonNode request, String sender) {
        boolean close = request.path("close").asBoolean();
        return isForOne(request)
                ? forOne(request, new Disconnect(sender, one(request), close))
                : new Disconnect(sender, Trees.options(request.path("opts")), close);
    }

    private static boolean isForOne(JsonNode request) {
        if (request.path("opts").isObject()) {
            return false;
        }
        if (!request.path("sid").isTextual()) { // rather than everybody
            throw new PacketException("opts is missing");
        }
        return true;
    }

    private static BroadcastOptions one(JsonNode request) {
        return BroadcastOptions.ALL.to(Trees.text(request, "sid"));
    }

    private static Request forOne(JsonNode request, Request inner) {
        return new WithOne(Trees.text(request, "requestId"), Trees.text(request, "sid"), inner);
    }

    /** Reads a response; null if it is of a kind that this version does not know. */
    @Nullable
    Message response(byte[] bytes) {
        JsonNode response = trees.read(bytes);
        Answer answer = answer(response);
        return answer == null
                ? null
                : new Response(response.path("uid").textValue(), Trees.text(response, "requestId"), answer);
    }

    private @Nullable Answer answer(JsonNode response) {
        if (!response.has("type")) {
            JsonNode sockets = response.path("sockets");
            if (sockets.isArray()) {
                return sockets.path(0).isObject()
                        ? new Sockets(trees.sockets(sockets))
                        : new SocketIds(Names.read(sockets));
            }
            return response.path("rooms").isArray() ? new Rooms(Names.read(response.path("rooms"))) : new Done();
        }
        return switch (type(response)) {
            case ClassicType.CLIENT_COUNT -> new ClientCount(Trees.count(response.path("clientCount")));
            case ClassicType.CLIENT_ACK -> new ClientAck(trees.orNull(response.get("packet")));
            case ClassicType.SERVER_SIDE_EMIT -> new ServerAck(trees.orNull(Buffers.fromJson(response.path("data"))));
            default -> null;
        };
    }
}
