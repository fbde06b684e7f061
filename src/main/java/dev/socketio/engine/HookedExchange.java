package dev.socketio.engine;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A polling request that has passed verification; the application is asked for headers when it is answered. */
final class HookedExchange implements HttpExchange {

    private final HttpExchange exchange;
    private final ResponseHeaders headers;
    private final EngineHooks hooks;

    /** For those who listen to headers; null if nobody does. */
    private final @Nullable EngineRequest request;

    /** Whether this request opened its session. */
    private final boolean initial;

    /** Whoever sets it owns the headers from then on. */
    private final AtomicBoolean answered = new AtomicBoolean();

    HookedExchange(HttpExchange exchange, ResponseHeaders headers, EngineHooks hooks, boolean initial) {
        this.exchange = exchange;
        this.headers = headers;
        this.hooks = hooks;
        this.request = hooks.listensToHeaders() ? exchange.snapshot() : null;
        this.initial = initial;
    }

    @Override
    public void respond(HttpReply reply) {
        if (answered.getAndSet(true)) {
            return;
        }
        if (reply.fresh()) {
            headers.remove("Content-Type").remove("Cache-Control"); // a middleware cannot know better
            if (request != null) {
                hooks.onResponse(headers, request, initial);
            }
        }
        exchange.respond(reply.with(headers));
    }

    @Override
    public String method() {
        return exchange.method();
    }

    @Override
    public Query query() {
        return exchange.query();
    }

    @Override
    public @Nullable String header(String name) {
        return exchange.header(name);
    }

    @Override
    public String remoteAddress() {
        return exchange.remoteAddress();
    }

    @Override
    public boolean isAllowed() {
        return exchange.isAllowed();
    }

    @Override
    public boolean canUpgrade() {
        return exchange.canUpgrade();
    }

    @Override
    public EngineRequest snapshot() {
        return exchange.snapshot();
    }

    @Override
    public void readBody(int limit, BodyReceiver receiver) {
        exchange.readBody(limit, receiver);
    }

    @Override
    public void onGone(Runnable action) {
        exchange.onGone(action);
    }
}
