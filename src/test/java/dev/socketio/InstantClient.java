package dev.socketio;

import dev.socketio.engine.EnginePacket;
import dev.socketio.engine.WebSocketChannel;
import dev.socketio.engine.WebSocketTransport;
import java.util.List;

/**
 * A client that takes what it is sent at once and keeps nothing of it, for measurements: it costs next to nothing beside
 * the server. For one thread.
 */
final class InstantClient implements WebSocketChannel {

    /** What several clients have received. */
    static final class Received {

        private long messages;
        private long bytes;

        /** Returns how many messages, pings and the like included. */
        long messages() {
            return messages;
        }

        /** Returns how many bytes. */
        long bytes() {
            return bytes;
        }
    }

    private final Received received;
    private final WebSocketTransport transport;

    private InstantClient(SocketIoServer io, Received received) {
        this.received = received;
        this.transport = FakeClient.open(io, FakeClient.REQUEST, this);
    }

    /** Opens a connection and joins the main namespace. */
    static InstantClient connect(SocketIoServer io, Received received) {
        InstantClient client = new InstantClient(io, received);
        client.send("40");
        return client;
    }

    /** Sends an Engine.IO packet. */
    void send(String packet) {
        transport.onText(packet, /* last= */ true);
    }

    @Override
    public void send(List<EnginePacket> batch, Completion completion) {
        for (int i = 0; i < batch.size(); i++) {
            received.messages++;
            received.bytes += batch.get(i).size();
        }
        completion.done(null);
    }

    @Override
    public void pause() {}

    @Override
    public void resume() {}

    @Override
    public void close(int code, String reason) {}

    @Override
    public void abort() {}
}
