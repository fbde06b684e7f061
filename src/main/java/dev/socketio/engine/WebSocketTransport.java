package dev.socketio.engine;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.socketio.time.Scheduler;
import dev.socketio.time.Scheduler.Cancellable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Carries packets over one WebSocket of the container, which reports here what it receives.
 *
 * <pre>
 *   OPEN ──close()──▶ CLOSING ──batch written──▶ CLOSED
 *     └──discard(), abort(), onClosed(), onError()──▲
 * </pre>
 */
public final class WebSocketTransport implements Transport {

    /** How long a client may take over the closing handshake before the connection is cut. */
    private static final Duration CLOSE_GRACE = Duration.ofSeconds(5);

    private static final int MESSAGE_TOO_BIG = 1009;

    private enum State {
        OPEN,
        CLOSING,
        CLOSED
    }

    private final WebSocketChannel channel;
    private final WebSocketFormat format;
    private final Scheduler scheduler;
    private final int maxMessageBytes;
    private final WebSocketChannel.Completion written = this::onWritten;

    /*
     * Concurrency. `lock` guards the state; the channel and the sink are called after it has been released. Messages
     * arrive on one thread at a time, by the container's contract, so the unfinished message needs no lock.
     */
    private final Object lock = new Object();

    @GuardedBy("lock")
    private State state = State.OPEN;

    /** Whether no batch is with the channel. Written under the lock, read without it. */
    private volatile boolean idle = true;

    /** Cuts a connection whose closing handshake takes too long. */
    @GuardedBy("lock")
    private @Nullable Cancellable graceTimer;

    /** Whether the channel has been told to close. */
    @GuardedBy("lock")
    private boolean closeSent;

    /** Whether the container has reported the end. */
    @GuardedBy("lock")
    private boolean gone;

    /** Who takes what arrives: at first perhaps an upgrade, then the connection. */
    private volatile Sink sink;

    private final UnfinishedMessage unfinished;

    /** Whether a message was too big; what comes after its beginning means nothing. */
    private boolean deaf;

    WebSocketTransport(
            WebSocketChannel channel, Sink sink, WebSocketFormat format, Scheduler scheduler, int maxMessageBytes) {
        this.channel = channel;
        this.format = format;
        this.sink = sink;
        this.scheduler = scheduler;
        this.maxMessageBytes = maxMessageBytes;
        this.unfinished = new UnfinishedMessage(maxMessageBytes);
    }

    /** Tells another sink from now on, beginning with what it needs to know already: each change reaches one of them. */
    void handTo(Sink next) {
        boolean closed;
        boolean ready;
        synchronized (lock) {
            sink = next;
            closed = state == State.CLOSED;
            ready = idle;
        }
        if (closed) {
            next.onClosed(this, CloseReason.TRANSPORT_CLOSE, "");
        } else if (ready) {
            next.onReady(this);
        }
    }

    /** Takes a text message, or a part of one, from the container. */
    public void onText(String part, boolean last) {
        boolean whole = last && !unfinished.isBegun();
        if (deaf) {
            return;
        }
        if (whole ? !Utf8.fits(part, maxMessageBytes) : !unfinished.add(part)) {
            onTooBig();
        } else if (last) {
            onPacket(format.decode(whole ? part : unfinished.takeText()));
        }
    }

    /** Takes a binary message, or a part of one, from the container; the buffer is not kept. */
    public void onBinary(ByteBuffer part, boolean last) {
        boolean whole = last && !unfinished.isBegun();
        if (deaf) {
            return;
        }
        if (whole ? part.remaining() > maxMessageBytes : !unfinished.add(part)) {
            onTooBig();
        } else if (last) {
            onPacket(format.decode(whole ? UnfinishedMessage.copy(part) : unfinished.takeBytes()));
        }
    }

    /** The container reports that the connection has ended, however it did. */
    public void onClosed() {
        synchronized (lock) {
            gone = true;
            if (graceTimer != null) {
                graceTimer.cancel();
                graceTimer = null;
            }
        }
        end(CloseReason.TRANSPORT_CLOSE, "");
    }

    /** The container reports that the connection failed: a broken frame, a message over its limit, a reset. */
    public void onError(Throwable failure) {
        end(reason(failure), failure.toString());
        discard();
    }

    /** A connection that broke shows as a failure before the container reports its end, or after, or not at all. */
    private static CloseReason reason(Throwable failure) {
        return failure instanceof IOException ? CloseReason.TRANSPORT_CLOSE : CloseReason.TRANSPORT_ERROR;
    }

    private void onPacket(@Nullable EnginePacket packet) {
        if (packet == null) {
            sink.onClosed(this, CloseReason.PARSE_ERROR, "not an Engine.IO packet");
        } else {
            sink.onPacket(this, packet);
        }
    }

    private void onTooBig() {
        deaf = true;
        if (changeTo(State.CLOSED)) {
            closeChannel(MESSAGE_TOO_BIG, "message too big");
            sink.onClosed(this, CloseReason.TRANSPORT_ERROR, "message of more than " + maxMessageBytes + " bytes");
        }
    }

    private void end(CloseReason reason, String detail) {
        if (changeTo(State.CLOSED)) {
            sink.onClosed(this, reason, detail);
        }
    }

    /** Returns whether this call made the change; nothing leads out of CLOSED. */
    private boolean changeTo(State next) {
        synchronized (lock) {
            if (state == State.CLOSED || state == next) {
                return false;
            }
            state = next;
            return true;
        }
    }

    @Override
    public TransportName name() {
        return TransportName.WEBSOCKET;
    }

    @Override
    public boolean isWritable() {
        return idle;
    }

    @Override
    public boolean send(List<EnginePacket> batch) {
        synchronized (lock) {
            if (state != State.OPEN) {
                return false;
            }
            idle = false;
        }
        channel.send(format.encode(batch), written);
        return true;
    }

    private void onWritten(@Nullable Throwable failure) {
        if (failure != null) {
            end(reason(failure), "write failed: " + failure);
            abort();
            return;
        }
        boolean closing;
        Sink told;
        synchronized (lock) {
            idle = true;
            closing = state == State.CLOSING;
            told = sink;
        }
        if (closing) {
            finishClosing();
        } else {
            told.onReady(this);
        }
    }

    @Override
    public void pause() {
        channel.pause();
    }

    @Override
    public void resume() {
        channel.resume();
    }

    @Override
    public void catchUp() {
        // the container brings what it has read
    }

    @Override
    public void close() {
        boolean written;
        synchronized (lock) {
            if (state != State.OPEN) {
                return;
            }
            state = State.CLOSING;
            written = idle;
        }
        if (written) {
            finishClosing();
        }
    }

    private void finishClosing() {
        if (changeTo(State.CLOSED)) {
            closeChannel(WebSocketChannel.NO_CODE, "");
            sink.onClosed(this, CloseReason.FORCED_CLOSE, "");
        }
    }

    @Override
    public void discard() {
        changeTo(State.CLOSED);
        closeChannel(WebSocketChannel.NO_CODE, "");
    }

    @Override
    public void abort() {
        changeTo(State.CLOSED);
        channel.abort();
    }

    private void closeChannel(int code, String reason) {
        synchronized (lock) {
            if (gone || closeSent) {
                return;
            }
            closeSent = true;
            startGrace();
        }
        channel.close(code, reason);
    }

    /** A client that does not read can hold up the closing handshake for as long as it likes. */
    @GuardedBy("lock")
    private void startGrace() {
        if (graceTimer == null && !gone) {
            graceTimer = scheduler.schedule(CLOSE_GRACE, channel::abort);
        }
    }
}
