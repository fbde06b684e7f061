package dev.socketio.engine;

import static dev.socketio.engine.EngineFixture.POLLING;
import static dev.socketio.engine.EngineFixture.WEBSOCKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;

/** How many sessions there may be, in all and for one address. */
class SessionLimitTest {

    private static final String TOO_MANY = "503 {\"code\":6,\"message\":\"Too many sessions\"}";

    private final EngineFixture two = new EngineFixture(EngineOptions.builder().maxSessionsPerAddress(2));

    private static FakeExchange open(EngineFixture engine, String address) {
        return engine.handle(FakeExchange.get(POLLING).from(address));
    }

    @Test
    void refusesOneAddressAndNoOther() {
        List<ConnectionError> errors = new ArrayList<>();
        two.server.onConnectionError(errors::add);
        open(two, "192.0.2.1");
        two.openWebSocket();

        assertThat(open(two, "192.0.2.1")).hasToString(TOO_MANY);
        assertThatThrownBy(() -> two.server.acceptWebSocket(FakeExchange.get(WEBSOCKET)))
                .hasMessage("Too many sessions");
        assertThat(open(two, "192.0.2.2").status()).isEqualTo(200);

        assertThat(errors).hasSize(2).allSatisfy(error -> {
            assertThat(error.code()).isEqualTo(6);
            assertThat(error.context())
                    .containsEntry("name", "MAX_SESSIONS_PER_ADDRESS")
                    .containsEntry("address", "192.0.2.1");
        });
        assertThat(two.server.clientsCount()).isEqualTo(3);
    }

    @Test
    void hasRoomAgainWhenASessionOfThatAddressHasEnded() {
        open(two, "192.0.2.1");
        FakeChannel channel = two.openWebSocket();
        assertThat(open(two, "192.0.2.1")).hasToString(TOO_MANY);

        channel.transport().onClosed();

        assertThat(open(two, "192.0.2.1").status()).isEqualTo(200);
        assertThat(open(two, "192.0.2.1")).hasToString(TOO_MANY);
    }

    @Test
    void stillServesSessionsOfThatAddress() {
        open(two, "192.0.2.1");
        open(two, "192.0.2.1");

        assertThat(two.post("4hello")).hasToString("200 ok");
        assertThat(two.offerWebSocket().calls).isEmpty();
    }

    @Test
    void isNoLimitUnlessSet() {
        EngineFixture engine = new EngineFixture();
        for (int i = 0; i < 1_000; i++) {
            assertThat(open(engine, "192.0.2.1").status()).isEqualTo(200);
        }
    }

    @Test
    void closesAWebSocketForWhichTheLastPlaceHasGone() throws EngineRefusal {
        two.openPolling();
        WebSocketHandshake first = two.server.acceptWebSocket(FakeExchange.get(WEBSOCKET));
        WebSocketHandshake second = two.server.acceptWebSocket(FakeExchange.get(WEBSOCKET));
        FakeChannel winner = new FakeChannel();
        FakeChannel loser = new FakeChannel();

        winner.opened(first.open(winner));
        loser.opened(second.open(loser));

        assertThat(winner.calls).singleElement().asString().startsWith("[0{");
        assertThat(loser.calls).containsExactly("close 1005");
        assertThat(two.server.clientsCount()).isEqualTo(2);
    }

    @Test
    void holdsWhenManyComeAtOnce() throws Exception {
        EngineOptions options =
                EngineOptions.builder().maxSessions(10).maxSessionsPerAddress(3).build();
        int threads = 4;
        CyclicBarrier start = new CyclicBarrier(threads);
        List<CompletableFuture<Integer>> opened = new ArrayList<>();
        try (EngineServer server = new EngineServer(options, socket -> new RecordingListener())) {
            for (int i = 0; i < threads; i++) {
                String address = "192.0.2." + i;
                opened.add(CompletableFuture.supplyAsync(
                        () -> openMany(server, start, address), task -> new Thread(task).start()));
            }

            int sum = 0;
            for (CompletableFuture<Integer> each : opened) {
                assertThat(each.get()).isLessThanOrEqualTo(3);
                sum += each.get();
            }
            assertThat(sum).isEqualTo(10);
            assertThat(server.clientsCount()).isEqualTo(10);
        }
    }

    private static int openMany(EngineServer server, CyclicBarrier start, String address) {
        try {
            start.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
        int opened = 0;
        for (int i = 0; i < 200; i++) {
            FakeExchange exchange = FakeExchange.get(POLLING).from(address);
            server.handle(exchange);
            opened += exchange.status() == 200 ? 1 : 0;
        }
        return opened;
    }
}
