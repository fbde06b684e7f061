package dev.socketio;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.socketio.engine.EnginePacket;
import dev.socketio.engine.EngineRefusal;
import dev.socketio.engine.EngineRequest;
import dev.socketio.engine.Query;
import dev.socketio.engine.RequestHead;
import dev.socketio.engine.WebSocketChannel;
import dev.socketio.engine.WebSocketTransport;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A client on a WebSocket that needs no container: what it sends reaches the server on the caller's thread, and what the
 * server sends is kept.
 */
public final class FakeClient implements WebSocketChannel {

    static final EngineRequest REQUEST = request(Map.of("EIO", "4", "transport", "websocket"));

    /** That of a client of Socket.IO 1 or 2. */
    private static final EngineRequest REQUEST_V4 =
            request(Map.of("EIO", "3", "transport", "websocket", "token", "of the connection"));

    private final SocketIoServer io;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private final List<EnginePacket> frames = new ArrayList<>();

    @GuardedBy("lock")
    private int taken;

    /** Whether writes are left unfinished. */
    @GuardedBy("lock")
    private boolean stalled;

    @GuardedBy("lock")
    private @Nullable Completion unfinished;

    @GuardedBy("lock")
    private final List<String> channelCalls = new ArrayList<>();

    private volatile Consumer<String> reaction = packet -> {};
    private volatile boolean closed;
    private volatile @Nullable WebSocketTransport transport;

    private FakeClient(SocketIoServer io) {
        this.io = io;
    }

    /** Opens a connection, which has joined no namespace yet. */
    public static FakeClient open(SocketIoServer io) {
        return open(io, REQUEST);
    }

    /** Opens a connection of a client of Socket.IO 1 or 2. */
    static FakeClient openV4(SocketIoServer io) {
        return open(io, REQUEST_V4);
    }

    private static EngineRequest request(Map<String, String> query) {
        return new EngineRequest(
                "/socket.io/?EIO=" + query.get("EIO") + "&transport=websocket",
                query,
                Map.of("host", "localhost"),
                "127.0.0.1",
                false,
                null,
                Set.of(),
                null);
    }

    static FakeClient open(SocketIoServer io, EngineRequest request) {
        FakeClient client = new FakeClient(io);
        client.transport = open(io, request, client);
        return client;
    }

    /** Opens a connection over a channel of the caller's own. */
    static WebSocketTransport open(SocketIoServer io, EngineRequest request, WebSocketChannel channel) {
        try {
            return io.engine().acceptWebSocket(new Head(request)).open(channel);
        } catch (EngineRefusal e) {
            throw new AssertionError(e);
        }
    }

    /** Joins the main namespace and returns the server's side of it. */
    Socket connect() {
        return connect("/");
    }

    Socket connect(String namespace) {
        send(namespace.equals("/") ? "0" : "0" + namespace + ",");
        String answer = String.join("", received());
        String id = answer.replaceAll(".*\\{\"sid\":\"([^\"]+)\".*", "$1");
        return io.namespaces().all().stream()
                .filter(each -> each.name().equals(namespace))
                .flatMap(each -> each.socket(id).stream())
                .findAny()
                .orElseThrow(() -> new AssertionError("not connected: " + answer));
    }

    /** Sends a Socket.IO packet. */
    public void send(String packet) {
        sendRaw("4" + packet);
    }

    void send(byte[] attachment) {
        requireNonNull(transport).onBinary(ByteBuffer.wrap(attachment), /* last= */ true);
    }

    /** Sends an Engine.IO packet. */
    void sendRaw(String packet) {
        requireNonNull(transport).onText(packet, /* last= */ true);
    }

    /** The connection breaks. */
    public void hangUp() {
        requireNonNull(transport).onClosed();
    }

    void fail(Throwable failure) {
        requireNonNull(transport).onError(failure);
    }

    /** Returns the Socket.IO packets that have come since the last call, bytes in the form {@code <01ff>}. */
    public List<String> received() {
        List<String> packets = new ArrayList<>();
        for (EnginePacket frame : frames()) {
            if (frame.type() == EnginePacket.Type.MESSAGE) {
                packets.add(describe(frame));
            }
        }
        return packets;
    }

    /** Returns all frames that have come since the last call. */
    List<EnginePacket> frames() {
        synchronized (lock) {
            List<EnginePacket> fresh = List.copyOf(frames.subList(taken, frames.size()));
            taken = frames.size();
            return fresh;
        }
    }

    /** Has {@code reaction} run on each Socket.IO packet as it comes, on the server's thread. */
    void onReceive(Consumer<String> reaction) {
        this.reaction = reaction;
    }

    /** Takes no more from the network: writes stay unfinished. */
    void stall() {
        synchronized (lock) {
            stalled = true;
        }
    }

    void unstall() {
        Completion completion;
        synchronized (lock) {
            stalled = false;
            completion = unfinished;
            unfinished = null;
        }
        if (completion != null) {
            completion.done(null);
        }
    }

    public boolean isClosed() {
        return closed;
    }

    /** Returns what the channel was told beside packets: pause, resume, close, abort. */
    List<String> channelCalls() {
        synchronized (lock) {
            return List.copyOf(channelCalls);
        }
    }

    private static String describe(EnginePacket frame) {
        return frame.isBinary() ? "<" + HexFormat.of().formatHex(frame.bytes()) + ">" : frame.data();
    }

    @Override
    public void send(List<EnginePacket> batch, Completion completion) {
        boolean done;
        synchronized (lock) {
            frames.addAll(batch);
            done = !stalled;
            unfinished = done ? null : completion;
        }
        for (EnginePacket frame : batch) {
            if (frame.type() == EnginePacket.Type.MESSAGE) {
                reaction.accept(describe(frame));
            }
        }
        if (done) {
            completion.done(null);
        }
    }

    @Override
    public void pause() {
        note("pause");
    }

    @Override
    public void resume() {
        note("resume");
    }

    @Override
    public void close(int code, String reason) {
        note("close " + code);
        end();
    }

    @Override
    public void abort() {
        note("abort");
        end();
    }

    private void note(String call) {
        synchronized (lock) {
            channelCalls.add(call);
        }
    }

    /** A container reports the end whoever began it. */
    private void end() {
        closed = true;
        WebSocketTransport opened = transport;
        if (opened != null) {
            opened.onClosed();
        }
    }

    private record Head(EngineRequest request) implements RequestHead {

        @Override
        public String method() {
            return "GET";
        }

        @Override
        public Query query() {
            return Query.parse("transport=websocket&EIO=" + request.query().get("EIO"));
        }

        @Override
        public @Nullable String header(String name) {
            return request.headers().get(name);
        }

        @Override
        public String remoteAddress() {
            return request.remoteAddress();
        }

        @Override
        public boolean isAllowed() {
            return true;
        }

        @Override
        public boolean canUpgrade() {
            return true;
        }

        @Override
        public EngineRequest snapshot() {
            return request;
        }
    }
}
