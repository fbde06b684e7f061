package dev.socketio.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.testing.RawConnection;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that poll against the rules, or vanish. */
@ParameterizedClass
@MethodSource("dev.socketio.servlet.TestEngine#forPolling")
final class PollingFaultIT {

    private final TestEngine engine;

    PollingFaultIT(TestEngine engine) {
        this.engine = engine;
    }

    @Test
    void closesForASecondPollWhileOneIsParked() throws Exception {
        PollingClient client = PollingClient.open(engine);
        CompletableFuture<HttpResponse<String>> first = client.park();

        HttpResponse<String> second = client.get();

        assertThat(second.statusCode()).isEqualTo(400);
        assertThat(second.body()).isEmpty();
        assertThat(first.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        assertThat(first.get().body()).isEqualTo("1");
        assertThat(client.session().end()).isEqualTo("transport error: overlap from client");
    }

    @Test
    void closesForASecondPostWhileOneIsUnderWay() throws Exception {
        PollingClient client = PollingClient.open(engine);
        CompletableFuture<HttpResponse<String>> poll = client.park();
        try (RawConnection first = new RawConnection(engine.port())) {
            String query = beginPost(client, first, "4begun");

            HttpResponse<String> second = client.post("4overlap");

            assertThat(second.statusCode()).as(query).isEqualTo(400);
            assertThat(second.body()).isEmpty();
            assertThat(poll.get(10, TimeUnit.SECONDS).body()).isEqualTo("1");
            assertThat(client.session().end()).isEqualTo("transport error: data request overlap from client");
            first.write("rest");
            assertThat(first.readToEnd()).as("some answer, and no hanging").isNotNegative();
            assertThat(client.session().hasMessages()).isFalse();
        }
    }

    /** Sends the first part of a body that has four bytes more, and returns when the server waits for them. */
    private String beginPost(PollingClient client, RawConnection connection, String part) throws Exception {
        URI uri = client.uri();
        String target = PollingClient.target(uri);
        connection.write(RawConnection.head(
                        "POST", target, "Connection: close", "Content-Length: " + (part.length() + "rest".length()))
                + part);
        engine.awaitServed(uri);
        return uri.getRawQuery();
    }

    @Test
    void closesForANewPollAfterOneThatTheClientHasAbandoned() throws Exception {
        PollingClient client = PollingClient.open(engine);
        try (RawConnection abandoned = new RawConnection(engine.port())) {
            URI uri = client.uri();
            abandoned.request("GET", PollingClient.target(uri));
            engine.awaitServed(uri);
            abandoned.reset();
        }

        HttpResponse<String> next = client.get();

        assertThat(next.statusCode()).isEqualTo(400);
        assertThat(client.session().end()).startsWith("transport error: ");
        PollingClient.open(engine).assertUsable();
    }

    @Test
    void survivesAnAnswerToAPollThatTheClientHasAbandoned() throws Exception {
        PollingClient client = PollingClient.open(engine);
        try (RawConnection abandoned = new RawConnection(engine.port())) {
            URI uri = client.uri();
            abandoned.request("GET", PollingClient.target(uri));
            engine.awaitServed(uri);
            abandoned.reset();
        }

        client.session().socket().send("into the void");
        client.session().socket().send("x".repeat(3_000_000));

        HttpResponse<String> next = client.get();
        assertThat(next.statusCode()).isIn(200, 400);
        PollingClient.open(engine).assertUsable();
    }

    @Test
    void survivesALargeAnswerThatTheClientAbandonsInTheMidst() throws Exception {
        PollingClient client = PollingClient.open(engine);
        client.session().socket().send("x".repeat(7_000_000));
        try (RawConnection abandoned = new RawConnection(engine.port(), 4096)) {
            URI uri = client.uri();
            abandoned.request("GET", PollingClient.target(uri));
            engine.awaitServed(uri);
            abandoned.bytes(1000);
            abandoned.reset();
        }

        client.assertUsable();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void closesWhenAPostEndsBeforeItsBodyDoes(boolean reset) throws Exception {
        PollingClient client = PollingClient.open(engine);
        try (RawConnection connection = new RawConnection(engine.port())) {
            beginPost(client, connection, "4unfinished");
            if (reset) {
                connection.reset();
            }
        }

        assertThat(client.session().end()).isEqualTo("transport error: data request connection closed prematurely");
        assertThat(client.session().hasMessages()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "abc, parse error: not an Engine.IO packet",
        "9,   parse error: not an Engine.IO packet",
        "'',  parse error: not an Engine.IO packet",
        "2,   transport error: invalid heartbeat direction",
    })
    void acceptsThePostAndClosesForAPacketThatIsNone(String body, String end) throws Exception {
        PollingClient client = PollingClient.open(engine);
        CompletableFuture<HttpResponse<String>> poll = client.park();

        HttpResponse<String> response = client.post(body);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("ok");
        assertThat(poll.get(10, TimeUnit.SECONDS).body()).isEqualTo("1");
        assertThat(client.session().end()).isEqualTo(end);
        assertThat(client.get().body()).isEqualTo("{\"code\":1,\"message\":\"Session ID unknown\"}");
    }

    @Test
    void takesThePacketsBeforeTheOneThatIsNone() throws Exception {
        PollingClient client = PollingClient.open(engine);

        assertThat(client.post("4good\u001exx\u001e4lost").body()).isEqualTo("ok");

        assertThat(client.session().nextMessage()).isEqualTo("good");
        assertThat(client.session().end()).startsWith("parse error");
        assertThat(client.session().hasMessages()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "5", "6", "0", "3probe"})
    void ignoresPacketsThatMeanNothingHere(String packet) throws Exception {
        PollingClient client = PollingClient.open(engine);

        assertThat(client.post(packet).body()).isEqualTo("ok");

        client.assertUsable();
    }

    @Test
    void closesWhenTheClientSaysSo() throws Exception {
        PollingClient client = PollingClient.open(engine);
        CompletableFuture<HttpResponse<String>> poll = client.park();

        assertThat(client.post("1\u001e4ignored").body()).isEqualTo("ok");

        assertThat(poll.get(10, TimeUnit.SECONDS).body()).isEqualTo("6");
        assertThat(client.session().end()).isEqualTo("transport close: ");
        assertThat(client.session().hasMessages()).isFalse();
    }

    @Test
    void closesForBytesWithoutAnEncoding() throws Exception {
        PollingClient client = PollingClient.open(engine);

        HttpResponse<String> response = post(client, "application/octet-stream", "4x".getBytes(StandardCharsets.UTF_8));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).isEmpty();
        assertThat(client.session().end()).isEqualTo("transport error: invalid content");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/octet-stream; x=y", "text/plain", "application/json", "x"})
    void takesAnyOtherTypeOfBodyForText(String type) throws Exception {
        PollingClient client = PollingClient.open(engine);

        assertThat(post(client, type, "4x".getBytes(StandardCharsets.UTF_8)).body())
                .isEqualTo("ok");

        assertThat(client.session().nextMessage()).isEqualTo("x");
    }

    @Test
    void replacesWhatIsNotUtf8() throws Exception {
        PollingClient client = PollingClient.open(engine);

        assertThat(post(client, "text/plain", new byte[] {'4', 'a', (byte) 0xff, 'b'})
                        .body())
                .isEqualTo("ok");

        assertThat(client.session().nextMessage()).isEqualTo("a\ufffdb");
    }

    private static HttpResponse<String> post(PollingClient client, String type, byte[] body) throws Exception {
        return PollingClient.send(HttpRequest.newBuilder(client.uri())
                .header("Content-Type", type)
                .POST(BodyPublishers.ofByteArray(body))
                .build());
    }

    @Test
    void losesNoOtherSessionWhenOneBreaksTheRules() throws Exception {
        List<PollingClient> others =
                List.of(PollingClient.open(engine), PollingClient.open(engine), PollingClient.open(engine));
        PollingClient guilty = PollingClient.open(engine);

        assertThat(guilty.post("no packet").body()).isEqualTo("ok");

        assertThat(guilty.session().end()).startsWith("parse error");
        for (PollingClient other : others) {
            other.assertUsable();
        }
    }
}
