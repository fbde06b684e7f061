package dev.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socketio.protocol.Arguments;
import dev.socketio.protocol.Parser;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** What {@code end-to-end.mjs} talks to: one event for everything that the API can do. */
public final class EndToEndApp implements SocketIoApplication {

    private final ConcurrentMap<String, CompletableFuture<String>> ends = new ConcurrentHashMap<>();

    private final Parser parser;

    /** Starts with the parser that every client has built in. */
    public EndToEndApp() {
        this(Parser.standard());
    }

    EndToEndApp(Parser parser) {
        this.parser = parser;
    }

    @Override
    public void options(SocketIoServer.Builder options) {
        options.parser(parser).pingInterval(Duration.ofMillis(300)).pingTimeout(Duration.ofSeconds(5));
    }

    @Override
    public void configure(SocketIoServer io) {
        io.use(socket -> {
            if (socket.handshake().auth().get("reject", Boolean.class).isPresent()) {
                throw new ConnectErrorException("not today", Map.of("code", 42));
            }
        });
        io.onConnection(socket -> {
            messages(socket);
            rooms(io, socket);
            endings(socket);
        });
        Namespace slow = io.of("/slow");
        slow.useAsync(socket -> new CompletableFuture<>().completeOnTimeout(null, 50, TimeUnit.MILLISECONDS));
        slow.onConnection(this::messages);
        Namespace custom = io.of("custom");
        custom.onConnection(this::messages);
        custom.onConnection(socket ->
                socket.emit("welcome", socket.id(), socket.handshake().auth().toJson()));
        dynamic(io);
        tokens(io.of("/token"));
    }

    private void dynamic(SocketIoServer io) {
        ParentNamespace rooms = io.of(Pattern.compile("^/room-\\d+$"));
        rooms.onConnection(this::messages);
        rooms.onConnection(socket -> socket.on("say to all rooms", String.class, text -> rooms.emit("said", text)));
        io.of((name, auth) -> name.startsWith("/guarded-")
                        && auth.get("allow", Boolean.class).orElse(false))
                .onConnection(this::messages);
    }

    private static void tokens(Namespace namespace) {
        namespace.use(socket -> {
            int millis = socket.handshake().auth().get("millis", Integer.class).orElse(0);
            if (millis == 0) {
                throw new ConnectErrorException("no token");
            }
            socket.expiresAt(Instant.now().plusMillis(millis));
        });
        namespace.onConnection(socket -> socket.on("renew", JsonNode.class, (auth, ack) -> {
            CompletionStage<Void> renewed = socket.reauthenticate(auth);
            renewed.whenComplete((done, refusal) -> ack.send(refusal == null ? "renewed" : refusal.getMessage()));
        }));
    }

    private void messages(Socket socket) {
        socket.on("echo", (arguments, ack) -> {
            if (ack.isRequested()) {
                ack.send(arguments.toArray());
            } else {
                socket.emit("echo-back", arguments.toArray());
            }
        });
        socket.on("ask", String.class, JsonNode.class, (event, argument, ack) -> {
            Arguments answer = socket.emitWithAck(event, argument).join(); // a listener may wait for an answer
            ack.send(answer.toArray());
        });
        socket.on("ask in time", Integer.class, (millis, ack) -> {
            CompletionStage<Arguments> late =
                    socket.timeout(Duration.ofMillis(millis)).emitWithAck("never answered");
            late.whenComplete((answer, failure) -> ack.send(failure.getMessage()));
        });
        socket.on("stream", Integer.class, count -> {
            for (int i = 0; i < count; i++) {
                socket.emit("item", i);
            }
        });
        socket.on("make", Integer.class, (size, ack) -> {
            byte[] bytes = new byte[size];
            Arrays.fill(bytes, (byte) 7);
            ack.send("x".repeat(size), bytes);
        });
        socket.on("fail", () -> {
            throw new IllegalStateException("on purpose");
        });
        socket.on(
                "whoami",
                (arguments, ack) ->
                        ack.send(socket.id(), socket.conn().transport().toString()));
        socket.on(
                "five",
                String.class,
                Integer.class,
                Boolean.class,
                byte[].class,
                Point.class,
                (text, number, flag, bytes, point, ack) ->
                        ack.send(point.y() + number, flag, bytes.length, text, point));
    }

    record Point(int x, int y) {}

    private void rooms(SocketIoServer io, Socket socket) {
        socket.on("join", String.class, (room, ack) -> {
            socket.join(room);
            ack.send(socket.rooms().size());
        });
        socket.on("leave", String.class, (room, ack) -> {
            socket.leave(room);
            ack.send(socket.rooms().size());
        });
        socket.on(
                "say to",
                String.class,
                String.class,
                (room, text) -> socket.to(room).emit("said", text));
        socket.on("say to others", String.class, text -> socket.broadcast().emit("said", text));
        socket.on("say to all", String.class, text -> io.emit("said", text));
        socket.on(
                "say except",
                String.class,
                String.class,
                (room, text) -> io.except(room).emit("said", text));
        socket.on("say binary", byte[].class, bytes -> io.emit("said", bytes));
        socket.on(
                "tell",
                String.class,
                String.class,
                (id, text) -> io.sockets().socket(id).ifPresent(found -> found.emit("said", text)));
    }

    private void endings(Socket socket) {
        socket.onDisconnecting(
                reason -> socket.data().put("rooms", socket.rooms().size()));
        socket.onDisconnect(reason -> end(socket.id())
                .complete(reason + ", "
                        + socket.data().get("rooms", Integer.class).orElse(0) + " rooms"));
        socket.on("kick", Boolean.class, close -> socket.disconnect(close));
        socket.on("drop", () -> socket.conn().close());
        socket.on("end of", String.class, (id, ack) -> {
            CompletionStage<String> end = end(id);
            end.thenAccept(ack::send);
        });
    }

    private CompletableFuture<String> end(String id) {
        return ends.computeIfAbsent(id, missing -> new CompletableFuture<>());
    }
}
