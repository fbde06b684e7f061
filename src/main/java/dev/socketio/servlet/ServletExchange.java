package dev.socketio.servlet;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.socketio.engine.EngineRequest;
import dev.socketio.engine.HttpExchange;
import dev.socketio.engine.HttpReply;
import dev.socketio.engine.Query;
import dev.socketio.engine.RequestHead;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One polling request in a servlet container.
 *
 * <pre>
 *   IN_SERVICE ──service() returns──▶ PARKED ──respond()──▶ ANSWERED
 *       └──respond()──▶ DECIDED ──service() returns────────────▲
 * </pre>
 *
 * A request that is answered while the container is still in {@code service()} never becomes asynchronous, unless its
 * body is so large that the client's reading decides how long the writing takes.
 */
final class ServletExchange implements HttpExchange {

    private static final Logger log = LoggerFactory.getLogger(ServletExchange.class);

    private enum State {
        IN_SERVICE,
        DECIDED,
        PARKED,
        ANSWERED
    }

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final RequestHead head;

    /** Completes what a {@code WriteListener} has written. */
    private final Consumer<AsyncContext> completion;

    /* Concurrency. `lock` guards the fields; whoever changes the state to ANSWERED is the one to touch the response. */
    private final Object lock = new Object();

    @GuardedBy("lock")
    private State state = State.IN_SERVICE;

    @GuardedBy("lock")
    private @Nullable HttpReply decided;

    @GuardedBy("lock")
    private @Nullable AsyncContext async;

    @GuardedBy("lock")
    private Runnable goneAction = () -> {};

    ServletExchange(
            HttpServletRequest request,
            HttpServletResponse response,
            RequestHead head,
            Consumer<AsyncContext> completion) {
        this.request = request;
        this.response = response;
        this.head = head;
        this.completion = completion;
    }

    @Override
    public String method() {
        return head.method();
    }

    @Override
    public Query query() {
        return head.query();
    }

    @Override
    public @Nullable String header(String name) {
        return head.header(name);
    }

    @Override
    public String remoteAddress() {
        return head.remoteAddress();
    }

    @Override
    public boolean isAllowed() {
        return head.isAllowed();
    }

    @Override
    public boolean canUpgrade() {
        return head.canUpgrade();
    }

    @Override
    public EngineRequest snapshot() {
        return head.snapshot();
    }

    /** Answers the request or leaves it to be answered later. The last thing that {@code service()} does. */
    void leaveService() throws IOException {
        HttpReply reply;
        AsyncContext started;
        synchronized (lock) {
            reply = decided;
            started = async;
        }
        if (reply == null) {
            started = started == null ? startAsync() : started;
            synchronized (lock) {
                if (state == State.IN_SERVICE) {
                    state = State.PARKED;
                    return;
                }
                reply = decided;
            }
        }
        synchronized (lock) {
            if (state != State.DECIDED) {
                return;
            }
            state = State.ANSWERED;
        }
        if (reply != null && started != null) {
            answer(reply, started);
        } else if (reply != null) {
            answerInService(reply);
        }
    }

    private void answerInService(HttpReply reply) throws IOException {
        Body body = new Body(reply);
        if (body.fits()) {
            body.writeHead();
            response.getOutputStream().write(body.bytes);
        } else {
            answer(reply, startAsync());
        }
    }

    private AsyncContext startAsync() {
        synchronized (lock) {
            if (async != null) {
                return async;
            }
        }
        AsyncContext started = request.startAsync(request, response);
        started.setTimeout(0);
        started.addListener(new ExchangeErrors(this::onError));
        synchronized (lock) {
            async = started;
        }
        return started;
    }

    @Override
    public void respond(HttpReply reply) {
        AsyncContext parked;
        synchronized (lock) {
            if (state == State.IN_SERVICE) {
                state = State.DECIDED;
                decided = reply;
                return;
            }
            if (state != State.PARKED) {
                return;
            }
            state = State.ANSWERED;
            parked = async;
        }
        if (parked != null) {
            answer(reply, parked);
        }
    }

    /**
     * Writes without ever waiting for the client: what fits the container's buffer stays there until {@code complete},
     * which sends it asynchronously; what does not is written as the client reads.
     */
    private void answer(HttpReply reply, AsyncContext context) {
        boolean left = false;
        try {
            Body body = new Body(reply);
            if (body.fits()) {
                body.writeHead();
                response.getOutputStream().write(body.bytes);
            } else {
                left = body.writeTo(context);
            }
        } catch (IOException | IllegalStateException e) {
            log.debug("response not written, the client is gone: {}", e.toString());
        } finally {
            if (!left) {
                complete(context);
            }
        }
    }

    @Override
    public void onGone(Runnable action) {
        synchronized (lock) {
            goneAction = action;
        }
    }

    private void onError() {
        AsyncContext failed;
        Runnable action;
        synchronized (lock) {
            failed = state == State.PARKED ? async : null;
            state = State.ANSWERED;
            action = goneAction;
        }
        action.run();
        if (failed != null) {
            complete(failed);
        }
    }

    private static void complete(AsyncContext context) {
        complete(context, AsyncContext::complete);
    }

    private static void complete(AsyncContext context, Consumer<AsyncContext> how) {
        try {
            how.accept(context);
        } catch (IllegalStateException completed) {
            log.trace("completed by the container", completed);
        }
    }

    @Override
    public void readBody(int limit, BodyReceiver receiver) {
        if (request.getContentLengthLong() > limit) {
            receiver.onTooLarge();
            return;
        }
        byte[] arrived;
        try {
            ServletInputStream in = request.getInputStream();
            arrived = arrived(in);
            if (arrived == null) {
                startAsync();
                in.setReadListener(new BodyReader(in, limit, receiver));
            }
        } catch (IOException | IllegalStateException e) {
            log.debug("body not read: {}", e.toString());
            receiver.onAborted();
            return;
        }
        if (arrived != null) {
            receiver.onBody(arrived);
        }
    }

    /** Returns the body if all of it has come with the head, as most do: it takes no other thread then. */
    private byte @Nullable [] arrived(ServletInputStream in) throws IOException {
        long length = request.getContentLengthLong();
        return length >= 0 && in.available() >= length ? in.readNBytes((int) length) : null;
    }

    /** Collects a body as it comes. The container calls it on one thread at a time. */
    private static final class BodyReader implements ReadListener {

        private static final int CHUNK = 8192;

        private final ServletInputStream in;
        private final int limit;
        private final BodyReceiver receiver;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private boolean done;

        BodyReader(ServletInputStream in, int limit, BodyReceiver receiver) {
            this.in = in;
            this.limit = limit;
            this.receiver = receiver;
        }

        @Override
        public void onDataAvailable() throws IOException {
            byte[] chunk = new byte[CHUNK];
            // not until isFinished(), which on Payara means that all has arrived, read or not
            while (!done && in.isReady()) {
                int read = in.read(chunk);
                if (read < 0) {
                    return;
                }
                body.write(chunk, 0, read);
                if (body.size() > limit) {
                    done = true;
                    receiver.onTooLarge();
                }
            }
        }

        @Override
        public void onAllDataRead() {
            if (!done) {
                done = true;
                receiver.onBody(body.toByteArray());
            }
        }

        @Override
        public void onError(Throwable failure) {
            if (!done) {
                done = true;
                receiver.onAborted();
            }
        }
    }

    /** What goes out: the reply, compressed if that is worth it and the client takes it. */
    private final class Body {

        private final HttpReply reply;
        private final byte[] bytes;
        private final @Nullable ContentCoding coding;

        Body(HttpReply reply) {
            this.reply = reply;
            this.coding = reply.compressible() ? ContentCoding.choose(head.header("Accept-Encoding")) : null;
            this.bytes = coding == null ? reply.body() : coding.encode(reply.body());
        }

        /** Containers write through what fills their buffer; Jetty does so from a quarter of it. */
        boolean fits() {
            return bytes.length <= response.getBufferSize() / 4;
        }

        void writeHead() {
            response.setStatus(reply.status());
            if (reply.contentType() != null) {
                response.setHeader("Content-Type", reply.contentType());
            }
            if (reply.fresh()) {
                response.setHeader("Cache-Control", "no-store");
                String agent = head.header("User-Agent");
                if (agent != null && (agent.contains(";MSIE") || agent.contains("Trident/"))) {
                    response.setHeader("X-XSS-Protection", "0"); // it would take a payload for an attack
                }
            }
            if (reply.compressible()) {
                response.addHeader("Vary", "Accept-Encoding");
            }
            if (coding != null) {
                response.setHeader("Content-Encoding", coding.token());
            }
            reply.headers().writeTo(response::setHeader, response::addHeader);
        }

        /** Returns true: from now on, the listener is the one to complete the request. */
        boolean writeTo(AsyncContext context) throws IOException {
            writeHead();
            response.setContentLength(bytes.length);
            ServletOutputStream out = response.getOutputStream();
            out.setWriteListener(new BodyWriter(out, bytes, context));
            return true;
        }
    }

    /** Writes a large body as fast as the client reads it. */
    private final class BodyWriter implements WriteListener {

        private static final int CHUNK = 32 * 1024;

        private final ServletOutputStream out;
        private final byte[] bytes;
        private final AsyncContext context;
        private int position;

        BodyWriter(ServletOutputStream out, byte[] bytes, AsyncContext context) {
            this.out = out;
            this.bytes = bytes;
            this.context = context;
        }

        @Override
        public void onWritePossible() throws IOException {
            while (out.isReady()) {
                if (position == bytes.length) {
                    complete(context, completion);
                    return;
                }
                int length = Math.min(CHUNK, bytes.length - position);
                out.write(bytes, position, length);
                position += length;
            }
        }

        @Override
        public void onError(Throwable failure) {
            log.debug("response not written, the client is gone: {}", failure.toString());
            complete(context);
        }
    }
}
