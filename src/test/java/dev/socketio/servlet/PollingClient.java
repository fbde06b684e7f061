package dev.socketio.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client that polls, one step at a time. */
final class PollingClient {

    static final String HANDSHAKE = "EIO=4&transport=polling";

    private static final Pattern SID = Pattern.compile("\"sid\":\"([^\"]+)\"");
    private static final AtomicInteger requests = new AtomicInteger();

    /** Where the session is. */
    private final TestEngine engine;

    /** Where requests go. */
    private final TestEngine entry;

    private final String sid;

    private PollingClient(TestEngine engine, TestEngine entry, String sid) {
        this.engine = engine;
        this.entry = entry;
        this.sid = sid;
    }

    static PollingClient open(TestEngine engine) throws Exception {
        return new PollingClient(
                engine, engine, sidOf(send(get(engine.uri(HANDSHAKE))).body()));
    }

    /** Returns the same client when its requests go to another server than that of its session. */
    PollingClient through(TestEngine other) {
        return new PollingClient(engine, other, sid);
    }

    static String sidOf(String handshake) {
        Matcher matcher = SID.matcher(handshake);
        assertThat(matcher.find()).as(handshake).isTrue();
        return matcher.group(1);
    }

    static HttpRequest get(URI uri) {
        return HttpRequest.newBuilder(uri).timeout(TestEngine.PATIENCE).build();
    }

    static HttpResponse<String> send(HttpRequest request) throws Exception {
        return TestEngine.HTTP.send(request, BodyHandlers.ofString());
    }

    String sid() {
        return sid;
    }

    /** Returns the address of a request, another one each time. */
    URI uri() {
        return entry.uri(HANDSHAKE + "&sid=" + sid + "&t=" + requests.incrementAndGet());
    }

    /** Returns what the request line of a raw request names. */
    String target() {
        return target(uri());
    }

    static String target(URI uri) {
        return uri.getRawPath() + "?" + uri.getRawQuery();
    }

    RecordedSession session() {
        return engine.session(sid);
    }

    HttpResponse<String> get() throws Exception {
        return send(get(uri()));
    }

    HttpResponse<String> post(String body) throws Exception {
        return send(HttpRequest.newBuilder(uri())
                .timeout(TestEngine.PATIENCE)
                .header("Content-Type", "text/plain;charset=UTF-8")
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    /** Starts a GET and returns when the server has parked it. */
    CompletableFuture<HttpResponse<String>> park() throws Exception {
        HttpRequest request = get(uri());
        CompletableFuture<HttpResponse<String>> response = TestEngine.HTTP.sendAsync(request, BodyHandlers.ofString());
        engine.awaitServed(request.uri());
        return response;
    }

    /** Exchanges a message each way, which only a connection in good order can. */
    void assertUsable() throws Exception {
        assertThat(post("4are you there?").body()).isEqualTo("ok");
        assertThat(session().nextMessage()).isEqualTo("are you there?");
        session().socket().send("yes");
        assertThat(get().body()).isEqualTo("4yes");
    }
}
