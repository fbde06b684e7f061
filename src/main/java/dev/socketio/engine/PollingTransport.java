package dev.socketio.engine;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.socketio.time.Scheduler;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Carries packets over HTTP: a GET is parked until there is something to answer it with, a POST brings packets.
 *
 * <p>The transport is writable while a GET is parked. Whoever takes the GET out of {@link #poll}, under the lock, is the
 * one to answer it.
 *
 * <pre>
 *   OPEN ──close()──▶ CLOSING ──next GET──────────────────▶ CLOSED
 *    │ └──client's close packet──▶ LEAVING ──next GET, or 100 ms──▲
 *    └──discard(), any breach─────────────────────────────────────▲
 * </pre>
 */
final class PollingTransport implements Transport {

    /**
     * How long a client's close packet waits for a poll: clients send the two at once, and they come by ways of their
     * own. Until then the client has no answer, so a poll that comes later is one that it should not have sent.
     */
    private static final Duration CROSSING = Duration.ofMillis(100);

    private enum State {
        OPEN,
        CLOSING,
        LEAVING,
        CLOSED
    }

    private final Sink sink;
    private final PollingFormat format;
    private final Scheduler scheduler;
    private final int maxBodyBytes;
    private final Compression compression;

    /* Concurrency. `lock` guards every mutable field; exchanges and the sink are called after it has been released. */
    private final Object lock = new Object();

    @GuardedBy("lock")
    private State state = State.OPEN;

    /** The GET that waits for packets. Written under the lock, read without it. */
    private volatile @Nullable HttpExchange poll;

    /** The POST under way, from its arrival to the answer. */
    @GuardedBy("lock")
    private @Nullable Post post;

    @GuardedBy("lock")
    private boolean paused;

    PollingTransport(Sink sink, PollingFormat format, Scheduler scheduler, EngineOptions options) {
        this.sink = sink;
        this.format = format;
        this.scheduler = scheduler;
        this.maxBodyBytes = options.maxHttpBufferSize();
        this.compression = options.httpCompression();
    }

    /** Takes a request of the connection that this transport carries. */
    void onRequest(HttpExchange exchange) {
        switch (exchange.method()) {
            case "GET" -> onPoll(exchange);
            case "POST" -> onPost(exchange);
            default -> exchange.respond(HttpReply.empty(500));
        }
    }

    private void onPoll(HttpExchange exchange) {
        State found;
        boolean overlap;
        synchronized (lock) {
            found = state;
            overlap = poll != null;
            if (found == State.OPEN && !overlap) {
                poll = exchange;
            } else if (found == State.CLOSING) {
                state = State.CLOSED;
            }
        }
        if (found == State.CLOSED) {
            exchange.respond(HttpReply.error(EngineError.UNKNOWN_SID));
        } else if (found == State.CLOSING) {
            answer(exchange, EnginePacket.NOOP, EnginePacket.CLOSE);
            sink.onClosed(this, CloseReason.FORCED_CLOSE, "");
        } else if (found == State.LEAVING) {
            answer(exchange, EnginePacket.NOOP);
            leave();
        } else if (overlap) {
            exchange.respond(HttpReply.empty(400));
            fail("overlap from client");
        } else {
            exchange.onGone(() -> onPollGone(exchange));
            sink.onReady(this);
        }
    }

    private void onPollGone(HttpExchange exchange) {
        synchronized (lock) {
            if (poll != exchange) {
                return;
            }
            poll = null;
        }
        fail("poll connection closed prematurely");
    }

    private void onPost(HttpExchange exchange) {
        Post accepted = new Post(exchange);
        boolean overlap;
        synchronized (lock) {
            overlap = post != null;
            if (!overlap) {
                post = accepted;
            }
        }
        if (overlap) {
            exchange.respond(HttpReply.empty(400));
            fail("data request overlap from client");
        } else if (!format.accepts(exchange)) {
            accepted.respond(HttpReply.empty(400));
            fail("invalid content");
        } else {
            exchange.readBody(maxBodyBytes, accepted);
        }
    }

    /** One POST: its body is taken packet by packet, so that a connection that is held back stops in the midst of it. */
    private final class Post implements HttpExchange.BodyReceiver {

        private final HttpExchange exchange;

        /** What is left of the body; null before it has been read. Its user is the thread that owns `delivering`. */
        @GuardedBy("lock")
        private @Nullable Payload payload;

        /** Whether a thread is handing packets on. */
        @GuardedBy("lock")
        private boolean delivering;

        Post(HttpExchange exchange) {
            this.exchange = exchange;
        }

        @Override
        public void onBody(byte[] body) {
            Payload begun = format.read(exchange, body);
            synchronized (lock) {
                payload = begun;
            }
            deliver();
        }

        @Override
        public void onTooLarge() {
            respond(HttpReply.empty(413));
        }

        @Override
        public void onAborted() {
            respond(HttpReply.empty(400));
            fail("data request connection closed prematurely");
        }

        void deliver() {
            Payload rest;
            synchronized (lock) {
                if (delivering || payload == null) {
                    return;
                }
                delivering = true;
                rest = payload;
            }
            while (true) {
                synchronized (lock) {
                    if (state == State.LEAVING) {
                        return; // the rest means nothing, and leave() answers
                    }
                    if (!rest.hasNext()) {
                        break;
                    }
                    if (paused) {
                        delivering = false;
                        return;
                    }
                }
                onPacket(rest.next());
            }
            respond(HttpReply.ok());
        }

        void respond(HttpReply reply) {
            synchronized (lock) {
                if (post == this) {
                    post = null;
                }
            }
            exchange.respond(reply);
        }
    }

    private void onPacket(@Nullable EnginePacket packet) {
        if (packet == null) {
            sink.onClosed(this, CloseReason.PARSE_ERROR, "not an Engine.IO packet");
        } else if (packet.type() == EnginePacket.Type.CLOSE) {
            onClosePacket();
        } else {
            sink.onPacket(this, packet);
        }
    }

    private void onClosePacket() {
        if (endOrWait(State.LEAVING, EnginePacket.NOOP, CloseReason.TRANSPORT_CLOSE)) {
            scheduler.schedule(CROSSING, this::leave);
        }
    }

    /**
     * Ends an open transport with an answer to the poll that is parked. Without one, it is to wait for a poll.
     *
     * @return whether it waits from now on
     */
    private boolean endOrWait(State waiting, EnginePacket answer, CloseReason reason) {
        HttpExchange parked;
        synchronized (lock) {
            if (state != State.OPEN) {
                return false;
            }
            parked = poll;
            poll = null;
            state = parked == null ? waiting : State.CLOSED;
        }
        if (parked == null) {
            return true;
        }
        answer(parked, answer);
        sink.onClosed(this, reason, "");
        return false;
    }

    private void leave() {
        Post last;
        synchronized (lock) {
            if (state != State.LEAVING) {
                return;
            }
            state = State.CLOSED;
            last = post;
        }
        sink.onClosed(this, CloseReason.TRANSPORT_CLOSE, "");
        if (last != null) {
            last.respond(HttpReply.ok());
        }
    }

    /** Answers a poll that the client sent after it had changed the transport; {@link #discard} follows. */
    void refusePoll() {
        HttpExchange parked = takePoll(null);
        if (parked != null) {
            parked.respond(HttpReply.error(EngineError.BAD_REQUEST));
        }
    }

    private void fail(String detail) {
        sink.onClosed(this, CloseReason.TRANSPORT_ERROR, detail);
    }

    @Override
    public TransportName name() {
        return TransportName.POLLING;
    }

    @Override
    public boolean isWritable() {
        return poll != null;
    }

    @Override
    public boolean send(List<EnginePacket> batch) {
        HttpExchange parked = takePoll(null);
        if (parked != null) {
            answer(parked, batch);
        }
        return parked != null;
    }

    @Override
    public void pause() {
        synchronized (lock) {
            paused = true;
        }
    }

    @Override
    public void resume() {
        synchronized (lock) {
            paused = false;
        }
    }

    @Override
    public void catchUp() {
        Post stalled;
        synchronized (lock) {
            stalled = post;
        }
        if (stalled != null) {
            stalled.deliver();
        }
    }

    @Override
    public void close() {
        endOrWait(State.CLOSING, EnginePacket.CLOSE, CloseReason.FORCED_CLOSE);
    }

    @Override
    public void discard() {
        Post last;
        synchronized (lock) {
            last = state == State.LEAVING ? post : null;
        }
        HttpExchange parked = takePoll(State.CLOSED);
        if (parked != null) {
            answer(parked, EnginePacket.CLOSE);
        }
        if (last != null) {
            last.respond(HttpReply.ok());
        }
        // A POST that was held back is read to its end: an upgrade loses nothing, a closed socket takes nothing.
        resume();
        catchUp();
    }

    @Override
    public void abort() {
        discard();
    }

    private @Nullable HttpExchange takePoll(@Nullable State next) {
        synchronized (lock) {
            HttpExchange parked = poll;
            poll = null;
            if (next != null) {
                state = next;
            }
            return parked;
        }
    }

    private void answer(HttpExchange parked, EnginePacket... packets) {
        answer(parked, List.of(packets));
    }

    private void answer(HttpExchange parked, List<EnginePacket> batch) {
        HttpReply reply = format.answer(parked, batch);
        boolean compressed =
                compression.covers(reply.body().length) && batch.stream().anyMatch(EnginePacket::isCompressible);
        parked.respond(compressed ? reply.toBeCompressed() : reply);
    }
}
