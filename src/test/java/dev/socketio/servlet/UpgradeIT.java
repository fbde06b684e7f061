package dev.socketio.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.engine.EngineOptions;
import dev.socketio.engine.TransportName;
import dev.socketio.servlet.RawWebSocket.Frame;
import dev.socketio.testing.RawConnection;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that move from polling to a WebSocket. */
@ParameterizedClass
@MethodSource("dev.socketio.servlet.TestEngine#forWebSockets")
final class UpgradeIT {

    private final TestEngine engine;

    UpgradeIT(TestEngine engine) {
        this.engine = engine;
    }

    private static WebSocketClient offer(TestEngine engine, PollingClient client) throws Exception {
        return WebSocketClient.open(engine.webSocketUri("EIO=4&transport=websocket&sid=" + client.sid()));
    }

    private WebSocketClient probe(PollingClient client) throws Exception {
        WebSocketClient socket = offer(engine, client);
        socket.send("2probe");
        assertThat(socket.nextMessage()).isEqualTo("3probe");
        return socket;
    }

    @Test
    void letsTheClientOffItsPollWhenItHasProbed() throws Exception {
        PollingClient client = PollingClient.open(engine);
        CompletableFuture<HttpResponse<String>> poll = client.park();

        WebSocketClient socket = probe(client);

        assertThat(poll.get(10, TimeUnit.SECONDS).body()).isEqualTo("6");
        assertThat(client.get().body())
                .as("a poll that the client had sent already")
                .isEqualTo("6");
        socket.send("5");
        socket.send("4over there");
        assertThat(client.session().nextMessage()).isEqualTo("over there");
        assertThat(client.session().socket().transport()).isEqualTo(TransportName.WEBSOCKET);
        client.session().socket().send("and back");
        assertThat(socket.nextMessage()).isEqualTo("4and back");
        socket.socket().abort();
    }

    @Test
    void answersAPollThatIsParkedWhenTheClientMoves() throws Exception {
        PollingClient client = PollingClient.open(engine);
        CompletableFuture<HttpResponse<String>> poll = client.park();

        WebSocketClient socket = offer(engine, client);
        socket.send("5");

        assertThat(poll.get(10, TimeUnit.SECONDS).body()).isEqualTo("1");
        socket.send("4moved");
        assertThat(client.session().nextMessage()).isEqualTo("moved");
        socket.socket().abort();
    }

    @Test
    void bringsWhatWasQueuedMeanwhileInOrder() throws Exception {
        PollingClient client = PollingClient.open(engine);
        CompletableFuture<HttpResponse<String>> poll = client.park();
        WebSocketClient socket = probe(client);
        assertThat(poll.get(10, TimeUnit.SECONDS).body()).isEqualTo("6");

        for (int i = 0; i < 50; i++) {
            client.session().socket().send("text " + i);
            client.session().socket().send(new byte[] {(byte) i});
        }
        socket.send("5");

        for (int i = 0; i < 50; i++) {
            assertThat(socket.nextMessage()).isEqualTo("4text " + i);
            assertThat(socket.nextMessage()).isEqualTo(new byte[] {(byte) i});
        }
        socket.socket().abort();
    }

    @Test
    void losesNothingThatIsSentByAnotherThreadAllTheWhile() throws Exception {
        PollingClient client = PollingClient.open(engine);
        CountDownLatch half = new CountDownLatch(1);
        Thread sender = new Thread(() -> {
            for (int i = 0; i < 2_000; i++) {
                client.session().socket().send(Integer.toString(i));
                if (i == 500) {
                    half.countDown();
                }
            }
        });
        List<String> received = new ArrayList<>();
        sender.start();
        received.addAll(List.of(client.get().body().split("\u001e")));
        assertThat(half.await(10, TimeUnit.SECONDS)).isTrue();
        WebSocketClient socket = probe(client);
        received.addAll(List.of(client.get().body().split("\u001e")));
        received.remove("6");
        socket.send("5");
        while (received.size() < 2_000) {
            received.add((String) socket.nextMessage());
        }
        sender.join();

        for (int i = 0; i < 2_000; i++) {
            assertThat(received.get(i)).isEqualTo("4" + i);
        }
        socket.socket().abort();
    }

    /** Clients and proxies that keep connections ask for the WebSocket on the one that has just brought a poll. */
    @Test
    void readsAWebSocketThatFollowsALargePollOnItsConnection() throws Exception {
        PollingClient client = PollingClient.open(engine);
        URI poll = client.uri();
        String large = "x".repeat(20_000);
        try (RawConnection connection = new RawConnection(engine.port())) {
            connection.request("GET", PollingClient.target(poll));
            engine.awaitServed(poll);
            RawWebSocket.request(connection, engine.uri("EIO=4&transport=websocket&sid=" + client.sid()));

            client.session().socket().send(large);

            assertThat(connection.read().text()).isEqualTo("4" + large);
            RawWebSocket socket = RawWebSocket.answered(connection);
            socket.send(Frame.text("2probe"));
            assertThat(socket.read().text()).isEqualTo("3probe");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"4x", "2", "2other", "nonsense", "1", ""})
    void staysWithPollingWhenTheProbeIsNone(String packet) throws Exception {
        PollingClient client = PollingClient.open(engine);
        WebSocketClient socket = offer(engine, client);

        socket.send(packet);

        assertThat(socket.closeCode()).isIn(1000, 1005);
        client.assertUsable();
        assertThat(client.session().socket().transport()).isEqualTo(TransportName.POLLING);
    }

    @Test
    void staysWithPollingWhenTheWebSocketEndsAndLetsTheClientTryAgain() throws Exception {
        PollingClient client = PollingClient.open(engine);
        WebSocketClient failing = probe(client);
        failing.socket().sendClose(1000, "").get(10, TimeUnit.SECONDS);
        assertThat(failing.closeCode()).isIn(1000, 1005);
        client.assertUsable();

        WebSocketClient socket = probe(client);
        socket.send("5");
        socket.send("4moved");
        assertThat(client.session().nextMessage()).isEqualTo("moved");
        socket.socket().abort();
    }

    @Test
    void staysWithPollingWhenTheClientTakesTooLong() throws Exception {
        EngineOptions options =
                EngineOptions.builder().upgradeTimeout(Duration.ofMillis(200)).build();
        try (TestEngine hasty = engine.another(options)) {
            PollingClient client = PollingClient.open(hasty);
            WebSocketClient socket = offer(hasty, client);

            assertThat(socket.closeCode()).isIn(1000, 1005);
            client.assertUsable();
        }
    }

    @Test
    void closesTheNewWebSocketWhenTheSessionEnds() throws Exception {
        PollingClient client = PollingClient.open(engine);
        WebSocketClient socket = probe(client);

        assertThat(client.post("1").body()).isEqualTo("ok");

        assertThat(client.session().end()).isEqualTo("transport close: ");
        assertThat(socket.closeCode()).isIn(1000, 1005);
    }

    @Test
    void offersAndTakesNoUpgradeIfNoneAreAllowed() throws Exception {
        try (TestEngine settled =
                engine.another(EngineOptions.builder().allowUpgrades(false).build())) {
            String handshake = PollingClient.send(PollingClient.get(settled.uri(PollingClient.HANDSHAKE)))
                    .body();
            assertThat(handshake).contains("\"upgrades\":[]");

            PollingClient client = PollingClient.open(settled);
            assertThat(offer(settled, client).closeCode()).isIn(1000, 1005);
            client.assertUsable();
        }
    }
}
