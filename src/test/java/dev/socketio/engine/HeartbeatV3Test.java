package dev.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeartbeatV3Test {

    private static final Duration PING_INTERVAL = Duration.ofMillis(300);
    private static final Duration PING_TIMEOUT = Duration.ofMillis(200);
    private static final Duration PATIENCE = PING_INTERVAL.plus(PING_TIMEOUT);
    private static final Duration NANOSECOND = Duration.ofNanos(1);

    private final EngineFixture engine = EngineFixture.ofRevision3(options());
    private FakeChannel channel = new FakeChannel();

    private static EngineOptions.Builder options() {
        return EngineOptions.builder().pingInterval(PING_INTERVAL).pingTimeout(PING_TIMEOUT);
    }

    @BeforeEach
    void open() {
        channel = engine.openWebSocket().forget();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "2probe", "2anything"})
    void answersAPingWithoutItsData(String ping) {
        channel.receive(ping);

        assertThat(channel.calls).containsExactly("[3]");
        assertThat(engine.above.events).isEmpty();
    }

    @Test
    void answersAPingOverPolling() {
        EngineFixture polling = EngineFixture.ofRevision3(options());
        polling.openPolling();
        FakeExchange poll = polling.poll();

        polling.post("1:2");

        assertThat(poll).hasToString("200 1:3");
    }

    @Test
    void neverPings() {
        engine.time.advance(PATIENCE.minus(NANOSECOND));

        assertThat(channel.calls).isEmpty();
    }

    @Test
    void closesWhenThereIsNoPing() {
        engine.time.advance(PATIENCE.minus(NANOSECOND));
        assertThat(engine.above.events).isEmpty();

        engine.time.advance(NANOSECOND);
        assertThat(engine.above.events).containsExactly("close: ping timeout");
        assertThat(channel.calls).containsExactly("close 1005");
    }

    @Test
    void countsFromTheLastPing() {
        engine.time.advance(Duration.ofMillis(100));
        channel.receive("2");

        engine.time.advance(PATIENCE.minus(NANOSECOND));
        assertThat(engine.above.events).isEmpty();

        engine.time.advance(NANOSECOND);
        assertThat(engine.above.events).containsExactly("close: ping timeout");
    }

    @Test
    void staysOpenWhileTheClientPings() {
        for (int i = 0; i < 1_000; i++) {
            engine.time.advance(PATIENCE.minus(NANOSECOND));
            channel.receive("2");
        }

        assertThat(engine.above.events).isEmpty();
        assertThat(channel.calls).hasSize(1_000).containsOnly("[3]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"4hello", "6", "5", "0"})
    void otherPacketsDoNotCount(String packet) {
        engine.time.advance(PATIENCE.minus(NANOSECOND));
        channel.receive(packet);

        engine.time.advance(NANOSECOND);
        assertThat(engine.above.events).last().isEqualTo("close: ping timeout");
    }

    @Test
    void aPongIsNotTheClientsToSend() {
        channel.receive("3");

        assertThat(engine.above.events).containsExactly("close: transport error, invalid heartbeat direction");
    }

    @Test
    void pongWaitsItsTurnBehindData() {
        channel.hold();
        engine.socket().send("a");
        engine.socket().send("b");

        channel.receive("2");
        channel.complete();

        assertThat(channel.calls).containsExactly("[4a]", "[4b, 3]");
    }

    @Test
    void pingsOfAClientThatDoesNotReadEndIt() {
        EngineFixture strict = EngineFixture.ofRevision3(options().maxOutboxBytes(100));
        FakeChannel stuck = strict.openWebSocket().hold().forget();

        for (int i = 0; i < 2_000; i++) {
            stuck.receive("2");
        }

        assertThat(strict.above.events).hasSize(1).first().asString().startsWith("close: outbox full");
    }

    @Test
    void upgradeStartsTheTimeAnew() {
        EngineFixture polling = EngineFixture.ofRevision3(options());
        polling.openPolling();
        FakeChannel webSocket = polling.offerWebSocket();
        webSocket.receive("2probe");
        polling.time.advance(PATIENCE.minus(NANOSECOND));
        webSocket.receive("5");

        polling.time.advance(PATIENCE.minus(NANOSECOND));
        assertThat(polling.above.events).isEmpty();

        polling.time.advance(NANOSECOND);
        assertThat(polling.above.events).containsExactly("close: ping timeout");
    }

    @Test
    void clientThatIsHeldBackByAListenerThatIsStuckIsLate() {
        engine.socket().pause();

        engine.time.advance(PATIENCE.plus(PING_TIMEOUT.multipliedBy(2)));

        assertThat(engine.above.events).containsExactly("close: ping timeout");
    }

    @Test
    void clientThatIsHeldBackIsNotLate() {
        engine.above.working = true;
        engine.socket().pause();

        engine.time.advance(PATIENCE.plus(PING_TIMEOUT.multipliedBy(10)));
        assertThat(engine.above.events).isEmpty();

        engine.socket().resume();
        engine.time.advance(PING_TIMEOUT);
        assertThat(engine.above.events).containsExactly("close: ping timeout");
    }

    @Test
    void stopsWithTheSession() {
        channel.receive("1");
        channel.transport().onClosed();

        assertThat(engine.time.pending()).isZero();
    }

    @Test
    void hasOneTimerAtATime() {
        for (int i = 0; i < 10; i++) {
            engine.time.advance(PING_INTERVAL);
            channel.receive("2");
            assertThat(engine.time.pending()).isOne();
        }
    }
}
