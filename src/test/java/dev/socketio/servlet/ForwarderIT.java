package dev.socketio.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.LogCapture;
import dev.socketio.engine.ConnectionError;
import dev.socketio.engine.EngineOptions;
import dev.socketio.engine.Peers;
import dev.socketio.testing.RawConnection;
import dev.socketio.time.FakeScheduler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A node whose peer, {@code b}, does what the test says. */
final class ForwarderIT {

    private static final String UNAVAILABLE = "503 {\"code\":7,\"message\":\"Node unavailable\"}";

    private final FakeScheduler time = new FakeScheduler();
    private final BlockingQueue<ConnectionError> errors = new LinkedBlockingQueue<>();
    private final ServerSocket peer = open();

    private @Nullable TestEngine node;

    private static ServerSocket open() {
        try {
            return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void bePatient() throws IOException {
        peer.setSoTimeout((int) TestEngine.PATIENCE.toMillis());
    }

    @AfterEach
    void close() throws IOException {
        peer.close();
        if (node != null) {
            node.close();
        }
    }

    private EngineOptions.Builder options() {
        return EngineOptions.builder()
                .nodeId("a")
                .peers(Peers.of(Map.of("b", URI.create("http://127.0.0.1:" + peer.getLocalPort()))));
    }

    private TestEngine start(Platform platform, EngineOptions.Builder options) {
        TestEngine started = TestEngine.start(platform, options.build(), time);
        started.engine().onConnectionError(errors::add);
        node = started;
        return started;
    }

    private static CompletableFuture<String> poll(TestEngine engine, int number) {
        URI uri = engine.uri(PollingClient.HANDSHAKE + "&sid=x.b&t=" + number);
        return TestEngine.HTTP
                .sendAsync(PollingClient.get(uri), BodyHandlers.ofString())
                .thenApply(response -> response.statusCode() + " " + response.body());
    }

    private static String get(CompletableFuture<String> response) throws Exception {
        return response.get(TestEngine.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private Map<String, Object> nextError() throws InterruptedException {
        ConnectionError error = errors.poll(TestEngine.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(error).isNotNull();
        return error.context();
    }

    /** Reads a request without a body. */
    private static String head(Socket connection) throws IOException {
        connection.setSoTimeout((int) TestEngine.PATIENCE.toMillis());
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = connection.getInputStream().read();
            assertThat(next).as("the end came after %s", head).isNotNegative();
            head.append((char) next);
        }
        return head.toString();
    }

    private static void answer(Socket connection, String response) throws IOException {
        connection.getOutputStream().write(response.getBytes(StandardCharsets.US_ASCII));
        connection.getOutputStream().flush();
    }

    @ParameterizedTest
    @EnumSource(names = {"JETTY", "TOMCAT"})
    void waitsLongerThanAPollMayTakeAndNotForEver(Platform platform) throws Exception {
        TestEngine engine = start(platform, options());
        CompletableFuture<String> response = poll(engine, 1);
        try (Socket connection = peer.accept()) {
            String request = head(connection);
            assertThat(request).startsWith("GET /engine.io/?EIO=4&transport=polling&sid=x.b&t=1 HTTP/1.1\r\n");

            time.advance(Duration.ofSeconds(45));
            assertThat(response).isNotDone();

            time.advance(Duration.ofSeconds(10));

            assertThat(get(response)).isEqualTo(UNAVAILABLE);
            assertThat(nextError())
                    .containsEntry("name", "FORWARDING_FAILED")
                    .hasEntrySatisfying("error", error -> assertThat(error).isInstanceOf(TimeoutException.class));
            assertThat(connection.getInputStream().read()).isNegative();
            assertThat(time.pending()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
                "nonsense\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nxxxxxxxxx",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nxxxxxxxxx\r\n0\r\n\r\n",
            })
    void tellsOfResponsesThatAreNone(String response) throws Exception {
        TestEngine engine = start(Platform.JETTY, options().maxOutboxBytes(1)); // of which 8 bytes may become
        CompletableFuture<String> poll = poll(engine, 1);
        try (Socket connection = peer.accept()) {
            peer.close(); // the JDK asks again where nothing has come back
            head(connection);
            answer(connection, response);
        }

        assertThat(get(poll)).isEqualTo(UNAVAILABLE);
        assertThat(nextError())
                .containsEntry("name", "FORWARDING_FAILED")
                .hasEntrySatisfying("error", error -> assertThat(error).isInstanceOf(IOException.class));
        assertThat(time.pending()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"JETTY", "TOMCAT"})
    void hasALimitOfRequestsUnderWay(Platform platform) throws Exception {
        TestEngine engine = start(platform, options().maxForwardedRequests(1));
        CompletableFuture<String> first = poll(engine, 1);
        try (Socket connection = peer.accept()) {
            assertThat(get(poll(engine, 2))).isEqualTo(UNAVAILABLE);
            assertThat(nextError()).containsEntry("name", "MAX_FORWARDED_REQUESTS");

            answer(connection, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n4x");
            assertThat(get(first)).isEqualTo("200 4x");
        }
        CompletableFuture<String> third = poll(engine, 3);
        try (Socket connection = peer.accept()) {
            answer(connection, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n4y");
            assertThat(get(third)).isEqualTo("200 4y");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JETTY", "TOMCAT"})
    void doesNotSendAPostWhoseClientHasGone(Platform platform) throws Exception {
        TestEngine engine = start(platform, options());
        URI uri = engine.uri(PollingClient.HANDSHAKE + "&sid=x.b");
        try (RawConnection client = new RawConnection(engine.port())) {
            client.write(RawConnection.head("POST", PollingClient.target(uri), "Content-Length: 10") + "4half");
            engine.awaitServed(uri);
            client.reset();
        }
        CompletableFuture<String> next = poll(engine, 1);
        try (Socket connection = peer.accept()) {
            byte[] begin = connection.getInputStream().readNBytes(4);
            assertThat(new String(begin, StandardCharsets.US_ASCII)).isEqualTo("GET ");
            answer(connection, "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n6");
        }
        assertThat(get(next)).isEqualTo("200 6");
    }

    @ParameterizedTest
    @EnumSource(names = {"JETTY", "TOMCAT"})
    void leavesRedirectsToTheClient(Platform platform) throws Exception {
        TestEngine engine = start(platform, options());
        CompletableFuture<String> response = poll(engine, 1);
        try (Socket connection = peer.accept()) {
            answer(connection, "HTTP/1.1 307 Moved\r\nLocation: http://localhost:1/\r\nContent-Length: 0\r\n\r\n");
        }
        assertThat(get(response)).isEqualTo("307 ");
    }

    @ParameterizedTest
    @EnumSource(names = {"JETTY", "TOMCAT"})
    void endsWhatIsUnderWayWithTheWebApplication(Platform platform) throws Exception {
        TestEngine engine = start(platform, options());
        CompletableFuture<String> response = poll(engine, 1);
        try (Socket connection = peer.accept()) {
            head(connection);

            engine.close();

            assertThat(get(response)).isEqualTo(UNAVAILABLE);
            assertThat(connection.getInputStream().read()).isNegative();
        }
        assertThat(time.pending()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"JETTY", "TOMCAT"})
    void refusesWhereWhoKnowsThePeersFails(Platform platform) throws Exception {
        Function<String, Optional<URI>> broken = id -> {
            throw new IllegalStateException("on purpose");
        };
        TestEngine engine = start(platform, options().peers(Peers.lookup(broken)));
        try (LogCapture log = new LogCapture(Forwarder.class)) {
            HttpResponse<String> response =
                    PollingClient.send(PollingClient.get(engine.uri(PollingClient.HANDSHAKE + "&sid=x.b")));

            assertThat(response.statusCode() + " " + response.body()).isEqualTo(UNAVAILABLE);
            assertThat(log.records()).hasSize(1);
        }
    }
}
