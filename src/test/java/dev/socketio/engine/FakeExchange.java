package dev.socketio.engine;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A request whose container and client are the test. Its body arrives at once unless that was asked to be slow. */
final class FakeExchange implements HttpExchange {

    private final String method;
    private final String queryString;
    private final byte[] body;
    private final Map<String, String> headers = new HashMap<>();

    private String address = "192.0.2.1";
    private boolean allowed = true;
    private boolean canUpgrade = true;
    private boolean slow;

    private final CompletableFuture<HttpReply> reply = new CompletableFuture<>();

    private int limit;
    private @Nullable BodyReceiver receiver;
    private @Nullable Runnable onGone;

    private FakeExchange(String method, String queryString, byte[] body) {
        this.method = method;
        this.queryString = queryString;
        this.body = body;
    }

    static FakeExchange of(String method, String queryString) {
        return new FakeExchange(method, queryString, new byte[0]);
    }

    static FakeExchange get(String queryString) {
        return of("GET", queryString);
    }

    static FakeExchange post(String queryString, String body) {
        return post(queryString, body.getBytes(StandardCharsets.UTF_8));
    }

    static FakeExchange post(String queryString, byte[] body) {
        return new FakeExchange("POST", queryString, body);
    }

    FakeExchange withHeader(String name, String value) {
        headers.put(name.toLowerCase(Locale.ROOT), value);
        return this;
    }

    FakeExchange from(String remoteAddress) {
        address = remoteAddress;
        return this;
    }

    /** Makes it a request that may not open a session, by its origin for one. */
    FakeExchange forbidden() {
        allowed = false;
        return this;
    }

    /** Makes it a request to a container without WebSockets. */
    FakeExchange withoutWebSockets() {
        canUpgrade = false;
        return this;
    }

    /** Has the body arrive when {@link #deliverBody} or {@link #abortBody} says so. */
    FakeExchange withSlowBody() {
        slow = true;
        return this;
    }

    void deliverBody() {
        BodyReceiver taker = requireNonNull(receiver, "nobody reads the body");
        if (body.length > limit) {
            taker.onTooLarge();
        } else {
            taker.onBody(body);
        }
    }

    void abortBody() {
        requireNonNull(receiver, "nobody reads the body").onAborted();
    }

    /** The client goes away before it has its reply. */
    void gone() {
        requireNonNull(onGone, "nobody minds whether the client is there").run();
    }

    boolean isAnswered() {
        return reply.isDone();
    }

    /** Waits for a reply that another thread will give. */
    FakeExchange await() {
        reply.orTimeout(60, TimeUnit.SECONDS).join();
        return this;
    }

    HttpReply reply() {
        return requireNonNull(reply.getNow(null), "there is no reply yet");
    }

    int status() {
        return reply().status();
    }

    /** Returns the body of the reply. */
    String text() {
        return new String(reply().body(), StandardCharsets.UTF_8);
    }

    /** Returns status and body of the reply, or that there is none: all of it in one look. */
    @Override
    public String toString() {
        return isAnswered() ? (status() + " " + text()).strip() : "unanswered";
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public Query query() {
        return Query.parse(queryString);
    }

    @Override
    public @Nullable String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public String remoteAddress() {
        return address;
    }

    @Override
    public boolean isAllowed() {
        return allowed;
    }

    @Override
    public boolean canUpgrade() {
        return canUpgrade;
    }

    @Override
    public EngineRequest snapshot() {
        String url = "/socket.io/?" + queryString;
        return new EngineRequest(url, query().asMap(), headers, address, false, null, Set.of(), null);
    }

    @Override
    public void readBody(int limit, BodyReceiver receiver) {
        this.limit = limit;
        this.receiver = receiver;
        if (!slow) {
            deliverBody();
        }
    }

    @Override
    public void onGone(Runnable action) {
        onGone = action;
    }

    @Override
    public void respond(HttpReply reply) {
        this.reply.complete(reply);
    }
}
