package dev.socketio.engine;

import static dev.socketio.engine.EngineFixture.POLLING;
import static dev.socketio.engine.EngineFixture.WEBSOCKET;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Opening sessions, counting them, closing them all. */
class EngineServerTest {

    private static final String TOO_MANY = "503 {\"code\":6,\"message\":\"Too many sessions\"}";

    private final EngineFixture engine = new EngineFixture();

    @Test
    void answersAHandshakeOverPollingWithFiveKeysInOrder() {
        FakeExchange exchange = engine.handle(FakeExchange.get(POLLING));

        assertThat(exchange)
                .hasToString("200 0{\"sid\":\"sid1\",\"upgrades\":[\"websocket\"],\"pingInterval\":25000,"
                        + "\"pingTimeout\":20000,\"maxPayload\":1000000}");
    }

    @Test
    void answersAHandshakeOverWebSocketWithNothingToUpgradeTo() {
        FakeChannel channel = engine.openWebSocket();

        assertThat(channel.calls)
                .containsExactly("[0{\"sid\":\"sid1\",\"upgrades\":[],\"pingInterval\":25000,"
                        + "\"pingTimeout\":20000,\"maxPayload\":1000000}]");
    }

    @Test
    void tellsTheClientTheOptions() {
        EngineFixture tuned = new EngineFixture(EngineOptions.builder()
                .pingInterval(Duration.ofMillis(300))
                .pingTimeout(Duration.ofMillis(200))
                .maxHttpBufferSize(100));

        assertThat(tuned.handle(FakeExchange.get(POLLING)).text())
                .contains("\"pingInterval\":300,\"pingTimeout\":200,\"maxPayload\":100}");
    }

    @Test
    void sendsTheHandshakeAsTextThatIsNotCached() {
        HttpReply reply = engine.handle(FakeExchange.get(POLLING)).reply();

        assertThat(reply.contentType()).isEqualTo("text/plain; charset=UTF-8");
        assertThat(reply.fresh()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                POLLING,
                POLLING + "&t=abc",
                POLLING + "&sid=",
                "EIO=3&EIO=4&transport=polling",
                "EIO=%34&transport=poll%69ng",
                "transport=xhr&EIO=4&transport=polling"
            })
    void takesAHandshake(String query) {
        assertThat(engine.handle(FakeExchange.get(query)).text()).startsWith("0{\"sid\":\"sid1\"");
    }

    @Test
    void offersNoUpgradeWhereTheContainerHasNoWebSockets() {
        FakeExchange exchange = engine.handle(FakeExchange.get(POLLING).withoutWebSockets());

        assertThat(exchange.text()).contains("\"upgrades\":[]");
    }

    @Test
    void offersNoUpgradeWhereItIsNotAllowed() {
        EngineFixture fixed = new EngineFixture(EngineOptions.builder().allowUpgrades(false));

        assertThat(fixed.handle(FakeExchange.get(POLLING)).text()).contains("\"upgrades\":[]");
    }

    @Test
    void offersNoUpgradeWherePollingIsTheOnlyTransport() {
        EngineFixture fixed = new EngineFixture(EngineOptions.builder().transports(List.of(TransportName.POLLING)));

        assertThat(fixed.handle(FakeExchange.get(POLLING)).text()).contains("\"upgrades\":[]");
    }

    @Test
    void keepsWhatTheRequestSaid() {
        engine.handle(FakeExchange.get(POLLING + "&a=b").withHeader("User-Agent", "test"));

        EngineRequest request = engine.socket().request();
        assertThat(request.query()).containsEntry("a", "b");
        assertThat(request.headers()).containsEntry("user-agent", "test");
    }

    @Test
    void givesEveryConnectionAnIdOfItsOwn() {
        assertThat(engine.openPolling().id()).isEqualTo("sid1");
        assertThat(engine.openPolling().id()).isEqualTo("sid2");
    }

    @Test
    void triesAnotherIdWhenOneIsTaken() {
        Iterator<String> ids = List.of("same", "same", "other").iterator();
        EngineServer server = new EngineServer(
                EngineOptions.builder().build(), socket -> engine.above, ids::next, engine.time, false);
        server.handle(FakeExchange.get(POLLING));

        FakeExchange second = FakeExchange.get(POLLING);
        server.handle(second);

        assertThat(second.text()).startsWith("0{\"sid\":\"other\"");
        assertThat(server.clientsCount()).isEqualTo(2);
    }

    @Test
    void makesIdsOfTwentyHarmlessCharacters() {
        IdGenerator ids = new IdGenerator();

        assertThat(ids.next()).matches("[A-Za-z0-9_-]{20}").isNotEqualTo(ids.next());
    }

    @Test
    void refusesHandshakesBeyondTheLimit() {
        EngineFixture small = new EngineFixture(EngineOptions.builder().maxSessions(2));
        small.openPolling();
        small.openWebSocket();

        assertThat(small.handle(FakeExchange.get(POLLING))).hasToString(TOO_MANY);
        assertThatThrownBy(() -> small.server.acceptWebSocket(FakeExchange.get(WEBSOCKET)))
                .hasMessage("Too many sessions");
    }

    @Test
    void hasRoomAgainWhenASessionHasEnded() {
        EngineFixture small = new EngineFixture(EngineOptions.builder().maxSessions(1));
        small.openPolling();
        small.post("1");
        small.time.advance(EngineFixture.CROSSING_CLOSE);

        assertThat(small.handle(FakeExchange.get(POLLING)).status()).isEqualTo(200);
    }

    @Test
    void stillServesSessionsWhenNoMoreCanBeOpened() {
        EngineFixture small = new EngineFixture(EngineOptions.builder().maxSessions(1));
        small.openPolling();

        assertThat(small.post("4hello")).hasToString("200 ok");
    }

    @Test
    void closingEndsEveryConnection() {
        engine.openPolling();
        engine.openWebSocket();

        engine.server.close();

        assertThat(engine.above.events).containsExactly("close: server shutting down", "close: server shutting down");
        assertThat(engine.server.clientsCount()).isZero();
    }

    @Test
    void closingTellsAClientThatPolls() {
        engine.openPolling();
        FakeExchange poll = engine.poll();

        engine.server.close();

        assertThat(poll).hasToString("200 1");
    }

    @Test
    void closingClosesWebSockets() {
        FakeChannel channel = engine.openWebSocket().forget();

        engine.server.close();

        assertThat(channel.calls).containsExactly("close 1005");
    }

    @Test
    void closingForgetsSessionsAtOnce() {
        engine.openPolling();

        engine.server.close();

        assertThat(engine.poll()).hasToString("400 {\"code\":1,\"message\":\"Session ID unknown\"}");
    }

    @Test
    void closingLeavesNoTimers() {
        engine.openPolling();
        engine.poll();
        engine.openWebSocket();

        engine.server.close();
        engine.time.advance(Duration.ofSeconds(5)); // the closing handshake of the WebSocket

        assertThat(engine.time.pending()).isZero();
    }

    @Test
    void refusesHandshakesOnceClosed() {
        engine.server.close();

        assertThat(engine.handle(FakeExchange.get(POLLING))).hasToString(TOO_MANY);
        assertThatThrownBy(() -> engine.server.acceptWebSocket(FakeExchange.get(WEBSOCKET)))
                .hasMessage("Too many sessions");
    }

    @Test
    void closingTwiceTellsOnce() {
        engine.openPolling();

        engine.server.close();
        engine.server.close();

        assertThat(engine.above.events).hasSize(1);
    }

    @Test
    void dropsAConnectionThatOpensWhileTheServerCloses() {
        RecordingListener above = new RecordingListener();
        AtomicReference<EngineServer> itself = new AtomicReference<>();
        EngineServer server = new EngineServer(
                EngineOptions.builder().build(),
                socket -> {
                    requireNonNull(itself.get()).close();
                    return above;
                },
                engine.time);
        itself.set(server);

        server.handle(FakeExchange.get(POLLING));

        assertThat(above.events).containsExactly("close: server shutting down");
        assertThat(server.clientsCount()).isZero();
        assertThat(engine.time.pending()).isZero();
    }

    @Test
    void endsItsOwnTimerThread() throws InterruptedException {
        Set<Thread> others = timers();
        RecordingListener above = new RecordingListener();
        EngineServer server = new EngineServer(EngineOptions.builder().build(), socket -> above);
        server.handle(FakeExchange.get(POLLING));
        Set<Thread> own = timers();
        own.removeAll(others);

        server.close();

        assertThat(own).hasSize(1);
        Thread timer = own.iterator().next();
        timer.join(10_000);
        assertThat(timer.isAlive()).isFalse();
    }

    private static Set<Thread> timers() {
        Set<Thread> timers = new HashSet<>(Thread.getAllStackTraces().keySet());
        timers.removeIf(thread -> !thread.getName().equals("socketio-timer"));
        return timers;
    }
}
