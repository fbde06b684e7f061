package dev.socketio.apps;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socketio.Ack;
import dev.socketio.Socket;
import dev.socketio.SocketEmitter;
import dev.socketio.protocol.Arguments;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Events that come, or cause others to come, in numbers. */
final class StreamEvents {

    /** No test asks for more; a client that does shall not cost the server its memory. */
    private static final int MAX_BYTES = 16 << 20;

    private final AcceptanceSocket owner;
    private final Socket socket;

    /** Used by listeners only, which run one at a time. */
    private List<JsonNode> taken = new ArrayList<>();

    StreamEvents(AcceptanceSocket owner) {
        this.owner = owner;
        this.socket = owner.socket();
    }

    void install() {
        owner.on("put", (arguments, ack) -> taken.add(arguments.get(0, JsonNode.class)));
        owner.on("taken", (arguments, ack) -> {
            ack.send(taken);
            taken = new ArrayList<>();
        });
        owner.on("stream", this::stream);
        owner.on("volatile-stream", (arguments, ack) -> volatileStream(arguments));
        owner.on("flood", this::flood);
        owner.on("make-binary", this::makeBinary);
    }

    private void stream(Arguments arguments, Ack ack) {
        String event = arguments.get(0, String.class);
        int count = arguments.get(1, int.class);
        long delay = arguments.get(2, long.class);
        String padding = "x".repeat(size(arguments.get(3, int.class)));
        if (delay > 0) {
            next(new SlowStream(event, count, padding, Duration.ofMillis(delay), ack), 0);
            return;
        }
        for (int i = 0; i < count; i++) {
            socket.emit(event, i, padding);
        }
        ack.send(count);
    }

    private record SlowStream(String event, int count, String padding, Duration delay, Ack ack) {}

    private void next(SlowStream stream, int number) {
        owner.endpoint().timer().schedule(stream.delay(), () -> {
            if (number >= stream.count()) {
                stream.ack().send(stream.count());
            } else if (socket.emit(stream.event(), number, stream.padding())) {
                next(stream, number + 1);
            }
        });
    }

    private void volatileStream(Arguments arguments) {
        String event = arguments.get(0, String.class);
        int count = arguments.get(1, int.class);
        String padding = "x".repeat(size(arguments.get(2, int.class)));
        SocketEmitter emitter = socket.asVolatile();
        for (int i = 0; i < count; i++) {
            emitter.emit(event, i, padding);
        }
        socket.emit(event, "end", "");
    }

    private void flood(Arguments arguments, Ack ack) {
        String event = arguments.get(0, String.class);
        int count = arguments.get(1, int.class);
        String padding = "x".repeat(size(arguments.get(2, int.class)));
        for (int i = 0; i < count; i++) {
            socket.namespace().emit(event, i, padding);
        }
        ack.send(count);
    }

    private void makeBinary(Arguments arguments, Ack ack) {
        int length = size(arguments.get(0, int.class));
        int seed = arguments.get(1, int.class);
        Object parts = List.of(pattern(3, seed + 1), "text", new byte[0]);
        socket.emit("binary", JsonObject.of("whole", pattern(length, seed), "parts", parts));
        ack.send(pattern(length, seed + 2), JsonObject.of("nested", List.of(pattern(5, seed + 3))));
    }

    private static byte[] pattern(int length, int seed) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 31 + seed);
        }
        return bytes;
    }

    private static int size(int bytes) {
        if (bytes > MAX_BYTES) {
            throw new IllegalArgumentException("size is " + bytes + ": ask for " + MAX_BYTES + " at most");
        }
        return bytes;
    }
}
