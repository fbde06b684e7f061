package dev.socketio.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.engine.EngineOptions;
import dev.socketio.testing.RawConnection;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Long polling as clients do it that follow the protocol. */
@ParameterizedClass
@MethodSource("dev.socketio.servlet.TestEngine#forPolling")
final class PollingIT {

    private final TestEngine engine;

    PollingIT(TestEngine engine) {
        this.engine = engine;
    }

    @Test
    void opensWithAHandshakeOfFiveKeysInOrder() throws Exception {
        HttpResponse<String> response = PollingClient.send(PollingClient.get(engine.uri(PollingClient.HANDSHAKE)));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .matches("0\\{\"sid\":\"[\\w-]{20}\",\"upgrades\":\\[\"websocket\"],\"pingInterval\":25000,"
                        + "\"pingTimeout\":20000,\"maxPayload\":1000000}");
        assertThat(engine.session(PollingClient.sidOf(response.body())).socket().isOpen())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/anything", "/any/thing"})
    void opensAtItsPathAndEverythingBelow(String suffix) throws Exception {
        URI uri = engine.uri("").resolve(TestEngine.PATH + suffix + "?" + PollingClient.HANDSHAKE);

        assertThat(PollingClient.send(PollingClient.get(uri)).body()).startsWith("0{");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EIO=4&transport=polling&sid=",
                "t=abc&EIO=4&transport=polling&b64=1",
                "EIO=3&EIO=4&transport=websocket&transport=polling",
                "EIO=%34&trans%70ort=poll%69ng",
                "EIO=4&transport=polling&%E2%82",
            })
    void opensForEveryQueryThatMeansTheSame(String query) throws Exception {
        try (RawConnection connection = new RawConnection(engine.port())) {
            connection.request("GET", TestEngine.PATH + "/?" + query);
            assertThat(connection.read().text()).startsWith("0{");
        }
    }

    @Test
    void answersDataWithTheHeadersOfTheProtocol() throws Exception {
        PollingClient client = PollingClient.open(engine);
        client.session().socket().send("€");

        HttpResponse<String> data = client.get();

        assertThat(data.body()).isEqualTo("4€");
        assertThat(contentType(data)).isEqualTo("text/plain;charset=utf-8");
        assertThat(data.headers().firstValue("cache-control")).contains("no-store");
        assertThat(data.headers().firstValue("content-length")).contains("4");
        assertThat(data.headers().firstValue("content-encoding")).isEmpty();
        assertThat(data.headers().firstValue("x-xss-protection")).isEmpty();
        assertThat(data.headers().firstValue("access-control-allow-origin")).isEmpty();
    }

    @Test
    void answersPostsWithTheHeadersOfTheProtocol() throws Exception {
        HttpResponse<String> ok = PollingClient.open(engine).post("4x");

        assertThat(ok.statusCode()).isEqualTo(200);
        assertThat(ok.body()).isEqualTo("ok");
        assertThat(contentType(ok)).startsWith("text/html");
        assertThat(ok.headers().firstValue("cache-control")).contains("no-store");
        assertThat(ok.headers().firstValue("content-length")).contains("2");
    }

    private static String contentType(HttpResponse<?> response) {
        return response.headers()
                .firstValue("content-type")
                .orElse("")
                .toLowerCase(Locale.ROOT)
                .replace(" ", "");
    }

    @ParameterizedTest
    @CsvSource({
        "'Mozilla/4.0 (compatible;MSIE 8.0; Windows NT 6.1)', true",
        "'Mozilla/5.0 (Windows NT 6.3; Trident/7.0; rv:11.0) like Gecko', true",
        "'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101', false",
    })
    void turnsOffTheFilterOfBrowsersThatWouldTakeAPayloadForAnAttack(String agent, boolean off) throws Exception {
        HttpResponse<String> response = PollingClient.send(HttpRequest.newBuilder(engine.uri(PollingClient.HANDSHAKE))
                .header("User-Agent", agent)
                .build());

        assertThat(response.headers().firstValue("x-xss-protection").isPresent())
                .isEqualTo(off);
    }

    @Test
    void carriesTextAndBytesBothWays() throws Exception {
        PollingClient client = PollingClient.open(engine);
        String text = "Grüße, 世界 \uD83D\uDE00 \0 \u2028 \"quoted\"";
        byte[] bytes = {0, 1, 2, (byte) 0xff, 0x1e};

        assertThat(client.post("4" + text + "\u001ebAAEC/x4=\u001e4\u001e4end").body())
                .isEqualTo("ok");
        assertThat(client.session().nextMessage()).isEqualTo(text);
        assertThat(client.session().nextMessage()).isEqualTo(new byte[] {0, 1, 2, (byte) 0xff, 0x1e});
        assertThat(client.session().nextMessage()).isEqualTo("");
        assertThat(client.session().nextMessage()).isEqualTo("end");

        client.session().socket().send(text);
        client.session().socket().send(bytes);
        client.session().socket().send("");
        assertThat(client.get().body()).isEqualTo("4" + text + "\u001ebAAEC/x4=\u001e4");
    }

    @Test
    void answersAParkedPollAtOnceAndTheNextWithAllThatWasSentMeanwhile() throws Exception {
        PollingClient client = PollingClient.open(engine);
        CompletableFuture<HttpResponse<String>> parked = client.park();
        assertThat(parked).isNotDone();

        client.session().socket().send("one");
        client.session().socket().send("two");
        client.session().socket().send(new byte[] {3});

        assertThat(parked.get(10, TimeUnit.SECONDS).body()).isEqualTo("4one");
        assertThat(client.get().body()).isEqualTo("4two\u001ebAw==");
    }

    @Test
    void takesPostsWhileAPollIsParked() throws Exception {
        PollingClient client = PollingClient.open(engine);
        CompletableFuture<HttpResponse<String>> parked = client.park();

        for (int i = 0; i < 10; i++) {
            assertThat(client.post("4" + i).body()).isEqualTo("ok");
            assertThat(client.session().nextMessage()).isEqualTo(Integer.toString(i));
        }

        assertThat(parked).isNotDone();
        client.session().socket().send("done");
        assertThat(parked.get(10, TimeUnit.SECONDS).body()).isEqualTo("4done");
    }

    @Test
    void tellsAParkedPollThatTheServerCloses() throws Exception {
        PollingClient client = PollingClient.open(engine);
        CompletableFuture<HttpResponse<String>> parked = client.park();

        client.session().socket().close();

        assertThat(parked.get(10, TimeUnit.SECONDS).body()).isEqualTo("1");
        assertThat(client.session().end()).isEqualTo("forced close: ");
        assertThat(client.get().body()).isEqualTo("{\"code\":1,\"message\":\"Session ID unknown\"}");
    }

    @Test
    void deliversWhatIsQueuedBeforeItCloses() throws Exception {
        PollingClient client = PollingClient.open(engine);
        client.session().socket().send("last words");

        client.session().socket().close();

        assertThat(client.get().body()).isEqualTo("4last words");
        assertThat(client.get().body()).isEqualTo("6\u001e1");
        assertThat(client.session().end()).isEqualTo("forced close: ");
    }

    @Test
    void sendsAPingAndClosesWithoutAPong() throws Exception {
        try (TestEngine hasty = engine.another(EngineOptions.builder()
                .pingInterval(Duration.ofMillis(100))
                .pingTimeout(Duration.ofMillis(200))
                .build())) {
            PollingClient client = PollingClient.open(hasty);
            assertThat(client.get().body()).isEqualTo("2");
            assertThat(client.post("3").body()).isEqualTo("ok");
            assertThat(client.get().body()).isEqualTo("2");

            assertThat(client.get().body()).isEqualTo("1");

            assertThat(client.session().end()).isEqualTo("ping timeout: ");
        }
    }

    @Test
    void answersPipelinedRequestsInOrder() throws Exception {
        PollingClient client = PollingClient.open(engine);
        client.session().socket().send("down");
        String post = RawConnection.head("POST", client.target(), "Content-Length: 3") + "4up";
        String get = RawConnection.head("GET", client.target());

        try (RawConnection connection = new RawConnection(engine.port())) {
            connection.write(post + get + post);

            assertThat(connection.read().text()).isEqualTo("ok");
            assertThat(connection.read().text()).isEqualTo("4down");
            assertThat(connection.read().text()).isEqualTo("ok");
        }
    }

    @Test
    void lastsForAThousandRequests() throws Exception {
        PollingClient client = PollingClient.open(engine);
        for (int i = 0; i < 500; i++) {
            assertThat(client.post("4" + i).body()).isEqualTo("ok");
            assertThat(client.session().nextMessage()).isEqualTo(Integer.toString(i));
            client.session().socket().send("back " + i);
            assertThat(client.get().body()).isEqualTo("4back " + i);
        }
    }
}
