package dev.socketio.engine;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A WebSocket whose container and client are the test. A batch is written at once unless {@link #hold} was called. */
final class FakeChannel implements WebSocketChannel {

    /** What the engine has asked for, in order: a batch as its packets in brackets, the rest by name. */
    final List<String> calls = Collections.synchronizedList(new ArrayList<>());

    /** The batch that came last. */
    List<EnginePacket> lastBatch = List.of();

    private boolean holding;
    private boolean broken;

    /** The batch that is being written. */
    private @Nullable Completion underWay;

    private @Nullable WebSocketTransport transport;

    /** Has each batch wait for {@link #complete} or {@link #fail}. */
    FakeChannel hold() {
        holding = true;
        return this;
    }

    /** Has the container throw whatever is to be written. */
    FakeChannel breakDown() {
        broken = true;
        return this;
    }

    void complete() {
        take().done(null);
    }

    void fail(Throwable failure) {
        take().done(failure);
    }

    private Completion take() {
        Completion completion = requireNonNull(underWay, "no batch is under way");
        underWay = null;
        return completion;
    }

    /** Forgets the calls so far, for a test that is about what comes after them. */
    FakeChannel forget() {
        calls.clear();
        return this;
    }

    void opened(WebSocketTransport transport) {
        this.transport = transport;
    }

    /** Returns what the container reports to. */
    WebSocketTransport transport() {
        return requireNonNull(transport, "not open yet");
    }

    void receive(String message) {
        transport().onText(message, /* last= */ true);
    }

    void receive(byte[] message) {
        transport().onBinary(ByteBuffer.wrap(message), /* last= */ true);
    }

    @Override
    public void send(List<EnginePacket> batch, Completion completion) {
        if (underWay != null) {
            throw new AssertionError("a second batch, " + batch);
        }
        if (broken) {
            throw new IllegalStateException("expected by the test");
        }
        calls.add(batch.toString());
        lastBatch = List.copyOf(batch);
        if (holding) {
            underWay = completion;
        } else {
            completion.done(null);
        }
    }

    @Override
    public void pause() {
        calls.add("pause");
    }

    @Override
    public void resume() {
        calls.add("resume");
    }

    @Override
    public void close(int code, String reason) {
        calls.add(("close " + code + " " + reason).strip());
    }

    @Override
    public void abort() {
        calls.add("abort");
    }
}
