package dev.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socketio.adapter.redis.EmitterOperator;
import dev.socketio.adapter.redis.RedisEmitter;
import dev.socketio.protocol.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A server in a cluster, which does what the clients of {@code redis-cluster.mjs} tell it, as {@code cluster-node.mjs} does. */
final class ClusterApp implements SocketIoApplication {

    private final RedisEmitter emitter;

    /** @param emitter does what it is told to do in place of the server */
    ClusterApp(RedisEmitter emitter) {
        this.emitter = emitter;
    }

    @Override
    public void configure(SocketIoServer io) {
        for (Namespace namespace : List.of(io.sockets(), io.of("/admin"))) {
            namespace.on("tell", (arguments, ack) -> namespace.local().emit("told", arguments.toArray()));
            namespace.on("who", String.class, (suffix, ack) -> ack.send("java " + suffix));
            namespace.on("echo bytes", byte[].class, (bytes, ack) -> ack.send((Object) bytes));
            namespace.onConnection(socket ->
                    socket.on("do", JsonNode.class, JsonNode.class, (op, args, ack) -> execute(socket, op, args, ack)));
        }
    }

    private void execute(Socket socket, JsonNode op, JsonNode args, Ack ack) {
        if (op.path("emitter").asBoolean()) {
            emit(emitter.of(socket.namespace().name()), op, arguments(args));
            ack.send((Object) null);
            return;
        }
        String what = op.get("do").textValue();
        String[] rooms = texts(op.path("rooms"));
        String event = op.path("event").asText();
        BroadcastOperator selected = select(socket.namespace().all(), op);
        switch (what) {
            case "join" -> socket.join(rooms);
            case "leave" -> List.of(rooms).forEach(socket::leave);
            case "remember" -> socket.data().put("name", op.get("name").textValue());
            case "emit" -> selected.emit(event, arguments(args));
            case "emit from the socket" -> select(socket.broadcast(), op).emit(event, arguments(args));
            case "socketsJoin" -> selected.socketsJoin(rooms);
            case "socketsLeave" -> selected.socketsLeave(rooms);
            case "disconnectSockets" ->
                selected.disconnectSockets(op.get("close").booleanValue());
            case "serverSideEmit" -> socket.namespace().serverSideEmit(event, arguments(args));
            default -> {
                answer(ack, question(socket, selected, op, arguments(args)));
                return;
            }
        }
        ack.send((Object) null);
    }

    private static void emit(EmitterOperator everybody, JsonNode op, @Nullable Object[] arguments) {
        EmitterOperator selected = everybody.to(texts(op.path("to"))).except(texts(op.path("except")));
        String[] rooms = texts(op.path("rooms"));
        String event = op.path("event").asText();
        switch (op.get("do").textValue()) {
            case "emit" -> selected.emit(event, arguments);
            case "socketsJoin" -> selected.socketsJoin(rooms);
            case "socketsLeave" -> selected.socketsLeave(rooms);
            case "disconnectSockets" ->
                selected.disconnectSockets(op.get("close").booleanValue());
            case "serverSideEmit" -> selected.serverSideEmit(event, arguments);
            default -> throw new IllegalArgumentException(op.toString());
        }
    }

    private static CompletionStage<?> question(
            Socket socket, BroadcastOperator selected, JsonNode op, @Nullable Object[] arguments) {
        String event = op.path("event").asText();
        return switch (op.get("do").textValue()) {
            case "ask" ->
                selected.timeout(Duration.ofMillis(op.get("timeout").longValue()))
                        .emitWithAck(event, arguments);
            case "fetch" ->
                selected.fetchSockets()
                        .thenApply(found ->
                                found.stream().map(ClusterApp::describe).toList());
            case "count" -> selected.count();
            case "serverSideEmit and wait" -> socket.namespace().serverSideEmitWithAck(event, arguments);
            case "serverCount" -> socket.namespace().adapter().serverCount();
            default -> throw new IllegalArgumentException(op.toString());
        };
    }

    private static void answer(Ack ack, CompletionStage<?> result) {
        result.whenComplete((value, failure) -> {
            if (failure == null) {
                ack.send(plain(value));
            } else if (failure instanceof MissingAcksException missing) {
                ack.send(Map.of("failed", true, "responses", plain(missing.responses())));
            } else {
                ack.send(Map.of("failed", true, "message", failure.toString()));
            }
        });
    }

    private static Object plain(Object value) {
        if (!(value instanceof List<?> list)) {
            return value;
        }
        List<Object> all = new ArrayList<>();
        list.forEach(one -> all.add(one instanceof Value answer ? answer.toJson() : one));
        return all;
    }

    private static Map<String, @Nullable Object> describe(RemoteSocket socket) {
        Map<String, @Nullable Object> described = new LinkedHashMap<>();
        described.put("id", socket.id());
        described.put("rooms", socket.rooms().stream().sorted().toList());
        described.put("name", socket.data().get("name", String.class).orElse(null));
        described.put("query", socket.handshake().query().get("who"));
        return described;
    }

    private static BroadcastOperator select(BroadcastOperator from, JsonNode op) {
        BroadcastOperator operator = from.to(texts(op.path("to"))).except(texts(op.path("except")));
        return op.path("local").asBoolean() ? operator.local() : operator;
    }

    private static String[] texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts.toArray(String[]::new);
    }

    private static @Nullable Object[] arguments(JsonNode array) {
        List<@Nullable Object> arguments = new ArrayList<>();
        array.forEach(arguments::add);
        return arguments.toArray();
    }
}
