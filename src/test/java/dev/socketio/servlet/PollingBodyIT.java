package dev.socketio.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.engine.Compression;
import dev.socketio.engine.EngineOptions;
import dev.socketio.engine.EnginePacket;
import dev.socketio.testing.RawConnection;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies of all sizes and speeds, in both directions. */
@ParameterizedClass
@MethodSource("dev.socketio.servlet.TestEngine#forPolling")
final class PollingBodyIT {

    private static final int LIMIT = 1_000_000;

    private final TestEngine engine;

    PollingBodyIT(TestEngine engine) {
        this.engine = engine;
    }

    @Test
    void takesABodyOfExactlyTheLimit() throws Exception {
        PollingClient client = PollingClient.open(engine);
        String message = "€".repeat((LIMIT - 1) / 3);
        assertThat(message.getBytes(StandardCharsets.UTF_8)).hasSize(LIMIT - 1);

        assertThat(client.post("4" + message).body()).isEqualTo("ok");

        assertThat(client.session().nextMessage()).isEqualTo(message);
    }

    @Test
    void refusesALongerBodyByItsAnnouncementAndKeepsTheSession() throws Exception {
        PollingClient client = PollingClient.open(engine);
        try (RawConnection connection = new RawConnection(engine.port())) {
            connection.request("POST", client.target(), "Content-Length: " + (LIMIT + 1));
            RawConnection.Response response = connection.read();

            assertThat(response.status()).isEqualTo(413);
            assertThat(response.body()).isEmpty();
        }
        client.assertUsable();
    }

    @Test
    void refusesALongerBodyThatComesWhole() throws Exception {
        PollingClient client = PollingClient.open(engine);

        try {
            HttpResponse<String> response = client.post("€".repeat(LIMIT / 3 + 1));
            assertThat(response.statusCode()).isEqualTo(413);
            assertThat(response.body()).isEmpty();
        } catch (IOException answeredBeforeItWasSent) {
            // a container may close the connection, which then breaks under the client's hands
        }

        client.assertUsable();
    }

    @Test
    void takesAChunkedBodyOfExactlyTheLimit() throws Exception {
        PollingClient client = PollingClient.open(engine);
        try (RawConnection connection = new RawConnection(engine.port())) {
            connection.request("POST", client.target(), "Transfer-Encoding: chunked");
            connection.write(chunk("4" + "x".repeat(LIMIT / 2 - 1)) + chunk("x".repeat(LIMIT / 2)) + "0\r\n\r\n");
            assertThat(connection.read().text()).isEqualTo("ok");
        }
        assertThat((String) client.session().nextMessage()).hasSize(LIMIT - 1);
    }

    @Test
    void refusesALongerChunkedBodyAndKeepsTheSession() throws Exception {
        PollingClient client = PollingClient.open(engine);
        try (RawConnection connection = new RawConnection(engine.port())) {
            connection.request("POST", client.target(), "Transfer-Encoding: chunked");
            connection.write(chunk("4" + "x".repeat(LIMIT - 1)) + chunk("x"));
            RawConnection.Response response = connection.read();

            assertThat(response.status()).isEqualTo(413);
            assertThat(response.body()).isEmpty();
        }
        client.assertUsable();
    }

    @Test
    void takesABodyInChunksOfOneByte() throws Exception {
        PollingClient client = PollingClient.open(engine);
        try (RawConnection connection = new RawConnection(engine.port())) {
            connection.request("POST", client.target(), "Transfer-Encoding: chunked");
            for (byte each : "4€uro".getBytes(StandardCharsets.UTF_8)) {
                connection.write("1\r\n");
                connection.write(new byte[] {each, '\r', '\n'});
            }
            connection.write("0\r\n\r\n");
            assertThat(connection.read().text()).isEqualTo("ok");
        }
        assertThat(client.session().nextMessage()).isEqualTo("€uro");
    }

    private static String chunk(String data) {
        return Integer.toHexString(data.length()) + "\r\n" + data + "\r\n";
    }

    @Test
    void takesABodyThatComesInThreePiecesWhileOthersGoOn() throws Exception {
        PollingClient slow = PollingClient.open(engine);
        PollingClient other = PollingClient.open(engine);
        URI uri = slow.uri();
        try (RawConnection connection = new RawConnection(engine.port())) {
            connection.request("POST", PollingClient.target(uri), "Content-Length: 9");
            engine.awaitServed(uri);
            other.assertUsable();
            connection.write("4on");
            other.assertUsable();
            connection.write("e\u001e4");
            other.assertUsable();
            assertThat(slow.session().hasMessages()).isFalse();
            connection.write("two");
            assertThat(connection.read().text()).isEqualTo("ok");
        }
        assertThat(slow.session().nextMessage()).isEqualTo("one");
        assertThat(slow.session().nextMessage()).isEqualTo("two");
    }

    @Test
    void holdsNothingUpForClientsThatReadSlowly() throws Exception {
        String large = "x".repeat(7_000_000);
        RawConnection[] slow = new RawConnection[8];
        for (int i = 0; i < slow.length; i++) {
            PollingClient client = PollingClient.open(engine);
            URI uri = client.uri();
            slow[i] = new RawConnection(engine.port(), 4096);
            boolean parked = i % 2 == 0;
            if (!parked) {
                client.session().socket().send(large);
            }
            slow[i].request("GET", PollingClient.target(uri));
            engine.awaitServed(uri); // service() has returned, although the client has read nothing
            if (parked) {
                client.session().socket().send(large); // and so does this
            }
        }

        PollingClient other = PollingClient.open(engine);
        for (int i = 0; i < 20; i++) {
            other.assertUsable();
        }

        for (RawConnection each : slow) {
            assertThat(each.read().text()).isEqualTo("4" + large);
            each.close();
        }
    }

    @Test
    void answersPollsOfOneConnectionWithLargeBodiesInTurn() throws Exception {
        PollingClient client = PollingClient.open(engine);
        for (int size : List.of(10, 32 * 1024 - 1, 32 * 1024, 32 * 1024 + 1, 3_000_000, 5)) {
            CompletableFuture<HttpResponse<String>> poll = client.park();
            String message = "é".repeat(size);
            client.session().socket().send(message);
            assertThat(poll.get().body()).isEqualTo("4" + message);
        }
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = '|',
            value = {
                "-                       | -",
                "''                      | -",
                "identity                | -",
                "br                      | -",
                "gzip                    | gzip",
                "x-gzip                  | gzip",
                "GZIP                    | gzip",
                "deflate                 | deflate",
                "gzip, deflate, br, zstd | gzip",
                "deflate, gzip           | deflate",
                "gzip;q=0.5, deflate     | deflate",
                "gzip;q=0                | -",
                "*                       | gzip",
            })
    void compressesAsTheClientLikesIt(@Nullable String accepted, @Nullable String coding) throws Exception {
        PollingClient client = PollingClient.open(engine);
        String message = "text that repeats, ".repeat(10_000);
        client.session().socket().send(message);

        HttpResponse<byte[]> response = poll(client, accepted);

        assertThat(response.headers().firstValue("content-encoding").orElse(null))
                .isEqualTo(coding);
        assertThat(response.headers().allValues("vary")).contains("Accept-Encoding");
        assertThat(decode(response.body(), coding)).isEqualTo("4" + message);
        assertThat(response.headers().firstValue("cache-control")).contains("no-store");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate"})
    void compressesWhatIsLargeEvenThen(String coding) throws Exception {
        PollingClient client = PollingClient.open(engine);
        byte[] noise = new byte[2_000_000];
        new Random(1).nextBytes(noise);
        client.session().socket().send(noise);

        String body = decode(poll(client, coding).body(), coding);

        assertThat(Base64.getDecoder().decode(body.substring(1))).isEqualTo(noise);
    }

    @Test
    void compressesFromTheThresholdOn() throws Exception {
        PollingClient client = PollingClient.open(engine);
        client.session().socket().send("x".repeat(1022));
        HttpResponse<byte[]> below = poll(client, "gzip");
        assertThat(below.headers().firstValue("content-encoding")).isEmpty();
        assertThat(below.headers().firstValue("vary")).isEmpty();
        assertThat(below.body()).hasSize(1023);

        client.session().socket().send("x".repeat(1023));
        HttpResponse<byte[]> at = poll(client, "gzip");
        assertThat(at.headers().firstValue("content-encoding")).contains("gzip");
        assertThat(decode(at.body(), "gzip")).hasSize(1024);
    }

    @Test
    void leavesWhatAsksForItUncompressed() throws Exception {
        PollingClient client = PollingClient.open(engine);
        EnginePacket large = EnginePacket.message("x".repeat(5_000));
        client.session().socket().send(List.of(large.uncompressed(), large.uncompressed()));
        HttpResponse<byte[]> plain = poll(client, "gzip");
        assertThat(plain.headers().firstValue("content-encoding")).isEmpty();
        assertThat(plain.body()).hasSize(2 * 5_001 + 1);

        client.session().socket().send(List.of(large.uncompressed(), EnginePacket.message("y")));
        assertThat(poll(client, "gzip").headers().firstValue("content-encoding"))
                .contains("gzip");
    }

    @Test
    void compressesAsTheOptionSays() throws Exception {
        try (TestEngine off = engine.another(EngineOptions.builder()
                        .httpCompression(Compression.none())
                        .build());
                TestEngine all = engine.another(EngineOptions.builder()
                        .httpCompression(Compression.threshold(0))
                        .build())) {
            PollingClient client = PollingClient.open(off);
            client.session().socket().send("x".repeat(5_000));
            HttpResponse<byte[]> plain = poll(client, "gzip");
            assertThat(plain.headers().firstValue("content-encoding")).isEmpty();
            assertThat(plain.headers().firstValue("vary")).isEmpty();

            client = PollingClient.open(all);
            client.session().socket().send("x");
            HttpResponse<byte[]> coded = poll(client, "deflate");
            assertThat(coded.headers().firstValue("content-encoding")).contains("deflate");
            assertThat(decode(coded.body(), "deflate")).isEqualTo("4x");
        }
    }

    private static HttpResponse<byte[]> poll(PollingClient client, @Nullable String accepted) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(client.uri()).timeout(TestEngine.PATIENCE);
        if (accepted != null) {
            request.header("Accept-Encoding", accepted);
        }
        return TestEngine.HTTP.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static String decode(byte[] body, @Nullable String coding) throws Exception {
        InputStream in = new ByteArrayInputStream(body);
        if (coding != null) {
            in = coding.equals("gzip") ? new GZIPInputStream(in) : new InflaterInputStream(in);
        }
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
}
