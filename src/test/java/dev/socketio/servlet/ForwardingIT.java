package dev.socketio.servlet;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.Cors;
import dev.socketio.engine.ConnectionError;
import dev.socketio.engine.EngineOptions;
import dev.socketio.engine.Peers;
import dev.socketio.testing.RawConnection;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Polling requests that reach a node {@code a}, while their session is on a node {@code b}. */
@ParameterizedClass
@MethodSource("clusters")
final class ForwardingIT {

    private static final String PAGE = "https://app.example";

    private final Cluster cluster;
    private final TestEngine a;
    private final TestEngine b;

    ForwardingIT(Cluster cluster) {
        this.cluster = cluster;
        this.a = cluster.a;
        this.b = cluster.b;
    }

    /** Two nodes, which know each other. */
    private static final class Cluster implements AutoCloseable {

        private final Map<String, URI> addresses = new ConcurrentHashMap<>();
        private final List<ConnectionError> errors = new CopyOnWriteArrayList<>();
        private final List<Map<String, String>> headersOfB = new CopyOnWriteArrayList<>();
        private final TestEngine a;
        private final TestEngine b;

        Cluster(Platform platformOfA, Platform platformOfB) {
            a = start(platformOfA, "a");
            b = start(platformOfB, "b");
            a.engine().onConnectionError(errors::add);
            b.engine().use((head, response) -> headersOfB.add(head.snapshot().headers()));
        }

        private TestEngine start(Platform platform, String id) {
            EngineOptions options = EngineOptions.builder()
                    .nodeId(id)
                    .peers(Peers.lookup(node -> Optional.ofNullable(addresses.get(node))))
                    .allowEIO3(true)
                    .build();
            TestEngine node =
                    TestEngine.start(platform, options, Cors.origins(PAGE).withCredentials(true));
            addresses.put(id, URI.create("http://localhost:" + node.port()));
            return node;
        }

        Map<String, String> lastHeadersOfB() {
            return headersOfB.get(headersOfB.size() - 1);
        }

        @Override
        public void close() {
            a.close();
            b.close();
        }

        @Override
        public String toString() {
            return a + " forwards to " + b;
        }
    }

    static Stream<Cluster> clusters() {
        return Stream.of(true, false)
                .map(first -> first
                        ? new Cluster(Platform.JETTY, Platform.TOMCAT)
                        : new Cluster(Platform.TOMCAT, Platform.JETTY));
    }

    @Test
    void goOnAsIfTheyHadReachedTheRightOne() throws Exception {
        PollingClient client = PollingClient.open(b).through(a);
        assertThat(client.sid()).endsWith(".b");

        client.assertUsable();
        client.assertUsable();
    }

    @Test
    void parkUntilThereIsSomethingToSay() throws Exception {
        PollingClient client = PollingClient.open(b).through(a);
        HttpRequest poll = PollingClient.get(client.uri());
        CompletableFuture<HttpResponse<String>> response = TestEngine.HTTP.sendAsync(poll, BodyHandlers.ofString());
        a.awaitServed(poll.uri());
        b.awaitServed(poll.uri());

        client.session().socket().send("at last");

        assertThat(response.get(10, TimeUnit.SECONDS).body()).isEqualTo("4at last");
    }

    @Test
    void mayBeAsLargeAsTheyMayBeAnywhere() throws Exception {
        PollingClient client = PollingClient.open(b).through(a);
        String large = "é".repeat(499_999);

        assertThat(client.post("4" + large).body()).isEqualTo("ok");
        assertThat(client.session().nextMessage()).isEqualTo(large);
        client.session().socket().send(large.repeat(4));
        assertThat(client.get().body()).isEqualTo("4" + large.repeat(4));
    }

    @Test
    void areRefusedBeyondThatAndTheSessionGoesOn() throws Exception {
        PollingClient client = PollingClient.open(b).through(a);

        assertThat(client.post("x".repeat(1_000_001)).statusCode()).isEqualTo(413);

        client.assertUsable();
    }

    @Test
    void bringTheAnswersHeadersOfTheOtherNode() throws Exception {
        b.engine().onHeaders((headers, request) -> {
            if (request.query().containsKey("cookies")) {
                headers.add("Set-Cookie", "one=1").add("Set-Cookie", "two=2").set("X-From", "b");
            }
        });
        PollingClient client = PollingClient.open(b).through(a);
        client.session().socket().send("x".repeat(100_000));

        HttpResponse<byte[]> response = TestEngine.HTTP.send(
                HttpRequest.newBuilder(URI.create(client.uri() + "&cookies=1"))
                        .header("Accept-Encoding", "gzip")
                        .header("Origin", PAGE)
                        .build(),
                BodyHandlers.ofByteArray());

        Map<String, List<String>> headers = response.headers().map();
        assertThat(headers)
                .containsEntry("content-encoding", List.of("gzip"))
                .containsEntry("cache-control", List.of("no-store"))
                .containsEntry("access-control-allow-origin", List.of(PAGE))
                .containsEntry("access-control-allow-credentials", List.of("true"))
                .containsEntry("set-cookie", List.of("one=1", "two=2"))
                .containsEntry("x-from", List.of("b"));
        assertThat(String.join(",", headers.get("vary"))).contains("Origin", "Accept-Encoding");
        assertThat(headers.get("content-type")).singleElement().asString().startsWith("text/plain");
        assertThat(headers).doesNotContainEntry("connection", List.of("close"));
        try (GZIPInputStream unzipped = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
            assertThat(new String(unzipped.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("4" + "x".repeat(100_000));
        }
    }

    @Test
    void tellTheOtherNodeWhoAsks() throws Exception {
        PollingClient client = PollingClient.open(b).through(a);

        TestEngine.HTTP.send(
                HttpRequest.newBuilder(URI.create(client.uri() + "&odd=%22%7B%C3%A9%20%26%3D"))
                        .header("X-Forwarded-For", "203.0.113.7")
                        .header("Cookie", "a=1; b=2")
                        .header("X-Token", "secret")
                        .POST(BodyPublishers.ofString("4hello"))
                        .build(),
                BodyHandlers.ofString());

        assertThat(client.session().nextMessage()).isEqualTo("hello");
        Map<String, String> headers = cluster.lastHeadersOfB();
        assertThat(headers)
                .containsEntry("cookie", "a=1; b=2")
                .containsEntry("x-token", "secret")
                .containsEntry("x-forwarded-proto", "http")
                .containsEntry("x-forwarded-host", "localhost:" + a.port())
                .containsEntry("socketio-forwarded-by", "a");
        assertThat(headers.get("x-forwarded-for")).matches("203\\.0\\.113\\.7, (127\\.0\\.0\\.1|.*:1\\]?)");
    }

    @Test
    void takeJsonpAlong() throws Exception {
        String sid = PollingClient.sidOf(PollingClient.send(PollingClient.get(b.uri("EIO=3&transport=polling&j=0")))
                .body()
                .replace("\\\"", "\""));
        URI uri = a.uri("EIO=3&transport=polling&j=1&sid=" + sid);
        String form = "d=" + URLEncoder.encode("6:4hello", StandardCharsets.UTF_8);

        HttpResponse<String> posted = PollingClient.send(HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build());
        b.session(sid).socket().send("there");
        HttpResponse<String> polled = PollingClient.send(PollingClient.get(uri));

        assertThat(posted.body()).isEqualTo("ok");
        assertThat(b.session(sid).nextMessage()).isEqualTo("hello");
        assertThat(polled.body()).isEqualTo("___eio[1](\"6:4there\");");
        assertThat(polled.headers().firstValue("content-type").orElse("")).startsWith("text/plain");
    }

    @Test
    void takeTheBinaryPayloadsOfOldClientsAlong() throws Exception {
        String sid = PollingClient.sidOf(PollingClient.send(PollingClient.get(b.uri("EIO=3&transport=polling")))
                .body());
        URI uri = a.uri("EIO=3&transport=polling&sid=" + sid);
        byte[] message = {(byte) 0x80, 0, (byte) 0xff};

        HttpResponse<String> posted = PollingClient.send(HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofByteArray(new byte[] {1, 4, (byte) 0xff, 4, (byte) 0x80, 0, (byte) 0xff}))
                .build());
        b.session(sid).socket().send(message);
        HttpResponse<byte[]> polled = TestEngine.HTTP.send(PollingClient.get(uri), BodyHandlers.ofByteArray());

        assertThat(posted.body()).isEqualTo("ok");
        assertThat(b.session(sid).nextMessage()).isEqualTo(message);
        assertThat(polled.body()).containsExactly(1, 4, 0xff, 4, 0x80, 0, 0xff);
        assertThat(polled.headers().firstValue("content-type")).contains("application/octet-stream");
    }

    @Test
    void areNotForwardedAgain() throws Exception {
        PollingClient client = PollingClient.open(b).through(a);

        HttpResponse<String> response = PollingClient.send(HttpRequest.newBuilder(client.uri())
                .header("Socketio-Forwarded-By", "c")
                .build());

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).isEqualTo("{\"code\":1,\"message\":\"Session ID unknown\",\"nodeId\":\"b\"}");
        client.assertUsable();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x.c", "x.localhost", "x.b.c", "x", "http%3A%2F%2Flocalhost%2F.b"})
    void goNowhereIfTheyNameNoNodeThatIsKnown(String sid) throws Exception {
        int before = cluster.headersOfB.size();

        HttpResponse<String> response =
                PollingClient.send(PollingClient.get(a.uri(PollingClient.HANDSHAKE + "&sid=" + sid)));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).startsWith("{\"code\":1,\"message\":\"Session ID unknown\"");
        assertThat(cluster.headersOfB).hasSize(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gone.b", "%3Cscript%3E.b"})
    void areRefusedAsTheOtherNodeRefusesThem(String sid) throws Exception {
        HttpResponse<String> response =
                PollingClient.send(PollingClient.get(a.uri(PollingClient.HANDSHAKE + "&sid=" + sid)));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).isEqualTo("{\"code\":1,\"message\":\"Session ID unknown\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "PATCH"})
    void areGetAndPostAlone(String method) throws Exception {
        PollingClient client = PollingClient.open(b).through(a);

        HttpResponse<String> response = PollingClient.send(HttpRequest.newBuilder(client.uri())
                .method(method, BodyPublishers.noBody())
                .build());

        assertThat(response.body()).contains("\"nodeId\":\"b\"");
    }

    @Test
    void areToldWhereAnUpgradeHasToGo() throws Exception {
        PollingClient client = PollingClient.open(b).through(a);
        try (RawConnection connection = new RawConnection(a.port())) {
            connection.request(
                    "GET",
                    PollingClient.target(a.uri("EIO=4&transport=websocket&sid=" + client.sid())),
                    "Connection: Upgrade",
                    "Upgrade: websocket",
                    "Sec-WebSocket-Version: 13",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");

            RawConnection.Response response = connection.read();

            assertThat(response.status()).isEqualTo(400);
            assertThat(response.text()).isEqualTo("Session ID unknown here, it belongs to node b");
        }
        client.assertUsable();
    }

    @Test
    void failAtOnceWhereTheOtherNodeIsDown() throws Exception {
        cluster.addresses.put("down", URI.create("http://localhost:" + unusedPort()));

        HttpResponse<String> response =
                PollingClient.send(PollingClient.get(a.uri(PollingClient.HANDSHAKE + "&sid=x.down")));

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).isEqualTo("{\"code\":7,\"message\":\"Node unavailable\"}");
        assertThat(lastError("down"))
                .containsEntry("name", "FORWARDING_FAILED")
                .hasEntrySatisfying("error", error -> assertThat(error).isInstanceOf(IOException.class));
    }

    private static int unusedPort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private Map<String, Object> lastError(String node) {
        @Nullable ConnectionError last = null;
        for (ConnectionError error : cluster.errors) {
            last = node.equals(error.context().get("nodeId")) ? error : last;
        }
        return requireNonNull(last, "no error was told").context();
    }
}
