package dev.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeartbeatV4Test {

    private static final Duration PING_INTERVAL = Duration.ofMillis(300);
    private static final Duration PING_TIMEOUT = Duration.ofMillis(200);
    private static final Duration NANOSECOND = Duration.ofNanos(1);

    private final EngineFixture engine = new EngineFixture(
            EngineOptions.builder().pingInterval(PING_INTERVAL).pingTimeout(PING_TIMEOUT));
    private FakeChannel channel = new FakeChannel();

    @BeforeEach
    void open() {
        channel = engine.openWebSocket().forget();
    }

    @Test
    void pingsWhenTheIntervalIsOver() {
        engine.time.advance(PING_INTERVAL.minus(NANOSECOND));
        assertThat(channel.calls).isEmpty();

        engine.time.advance(NANOSECOND);
        assertThat(channel.calls).containsExactly("[2]");
    }

    @Test
    void closesWhenThePongIsLate() {
        engine.time.advance(PING_INTERVAL);

        engine.time.advance(PING_TIMEOUT.minus(NANOSECOND));
        assertThat(engine.above.events).isEmpty();

        engine.time.advance(NANOSECOND);
        assertThat(engine.above.events).containsExactly("close: ping timeout");
        assertThat(channel.calls).containsExactly("[2]", "close 1005");
    }

    @Test
    void takesAPongAtTheLastMoment() {
        engine.time.advance(PING_INTERVAL.plus(PING_TIMEOUT).minus(NANOSECOND));
        channel.receive("3");

        engine.time.advance(PING_INTERVAL.minus(NANOSECOND));
        assertThat(engine.above.events).isEmpty();
    }

    @Test
    void countsTheIntervalFromThePong() {
        engine.time.advance(PING_INTERVAL.plusMillis(100));
        channel.receive("3");
        channel.forget();

        engine.time.advance(PING_INTERVAL.minus(NANOSECOND));
        assertThat(channel.calls).isEmpty();

        engine.time.advance(NANOSECOND);
        assertThat(channel.calls).containsExactly("[2]");
    }

    @Test
    void staysOpenWhileEveryPingIsAnswered() {
        for (int i = 0; i < 1_000; i++) {
            engine.time.advance(PING_INTERVAL);
            channel.receive("3");
        }

        assertThat(engine.above.events).isEmpty();
        assertThat(channel.calls).hasSize(1_000).containsOnly("[2]");
    }

    @Test
    void aPongThatNobodyAskedForChangesNothing() {
        engine.time.advance(PING_INTERVAL.dividedBy(2));
        channel.receive("3");

        engine.time.advance(PING_INTERVAL.dividedBy(2));
        assertThat(channel.calls).containsExactly("[2]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"4hello", "6", "5", "0"})
    void anotherPacketProlongsTheWait(String packet) {
        engine.time.advance(PING_INTERVAL.plusMillis(100));
        channel.receive(packet);

        engine.time.advance(PING_TIMEOUT.minus(NANOSECOND));
        assertThat(engine.socket().isOpen()).isTrue();

        engine.time.advance(NANOSECOND);
        assertThat(engine.socket().isOpen()).isFalse();
    }

    @Test
    void otherPacketsProlongTheWaitOnce() {
        engine.time.advance(PING_INTERVAL.plusMillis(100));
        channel.receive("4first");
        engine.time.advance(Duration.ofMillis(100));
        channel.receive("4second");

        engine.time.advance(Duration.ofMillis(100));
        assertThat(engine.above.events).last().isEqualTo("close: ping timeout");
    }

    @Test
    void everyPingCanBeProlongedAnew() {
        for (int i = 0; i < 10; i++) {
            engine.time.advance(PING_INTERVAL.plusMillis(199));
            channel.receive("4hello");
            engine.time.advance(Duration.ofMillis(199));
            channel.receive("3");
        }

        assertThat(engine.above.events).hasSize(10).containsOnly("message: hello");
    }

    @Test
    void aPacketBeforeThePingProlongsNothing() {
        engine.time.advance(PING_INTERVAL.minus(NANOSECOND));
        channel.receive("4hello");

        engine.time.advance(PING_TIMEOUT.plus(NANOSECOND));
        assertThat(engine.above.events).last().isEqualTo("close: ping timeout");
    }

    @Test
    void pingWaitsItsTurnBehindData() {
        channel.hold();
        engine.socket().send("a");
        engine.socket().send("b");

        engine.time.advance(PING_INTERVAL);
        channel.complete();

        assertThat(channel.calls).containsExactly("[4a]", "[4b, 2]");
    }

    @Test
    void clientThatIsHeldBackByAListenerThatIsStuckIsLate() {
        engine.socket().pause();

        engine.time.advance(PING_INTERVAL.plus(PING_TIMEOUT.multipliedBy(2)));

        assertThat(engine.above.events).containsExactly("close: ping timeout");
    }

    @Test
    void clientThatIsHeldBackIsNotLate() {
        engine.above.working = true;
        engine.socket().pause();

        engine.time.advance(PING_INTERVAL.plus(PING_TIMEOUT.multipliedBy(10)));

        assertThat(engine.above.events).isEmpty();
    }

    @Test
    void clientThatIsSilentAfterItWasHeldBackIsLate() {
        engine.above.working = true;
        engine.socket().pause();
        engine.time.advance(PING_INTERVAL.plus(PING_TIMEOUT.multipliedBy(10)));
        engine.socket().resume();

        engine.time.advance(PING_TIMEOUT);

        assertThat(engine.above.events).containsExactly("close: ping timeout");
    }

    @Test
    void clientThatAnswersAfterItWasHeldBackStays() {
        engine.above.working = true;
        engine.socket().pause();
        engine.time.advance(PING_INTERVAL.plus(PING_TIMEOUT.multipliedBy(10)));
        engine.socket().resume();
        channel.receive("3");

        engine.time.advance(PING_INTERVAL.plus(PING_TIMEOUT).minus(NANOSECOND));

        assertThat(engine.above.events).isEmpty();
    }

    @Test
    void endsAClientThatHasStoppedPolling() {
        EngineSocket silent = engine.openPolling();

        engine.time.advance(PING_INTERVAL.plus(PING_TIMEOUT));

        assertThat(silent.isOpen()).isFalse();
        assertThat(engine.server.clientsCount()).isZero();
    }

    @Test
    void tellsAClientThatPollsAndAnswersNoPing() {
        EngineFixture polling = new EngineFixture(
                EngineOptions.builder().pingInterval(PING_INTERVAL).pingTimeout(PING_TIMEOUT));
        polling.openPolling();
        FakeExchange ping = polling.poll();
        polling.time.advance(PING_INTERVAL);
        FakeExchange poll = polling.poll();

        polling.time.advance(PING_TIMEOUT);

        assertThat(ping).hasToString("200 2");
        assertThat(poll).hasToString("200 1");
    }

    @Test
    void stopsWithTheSession() {
        channel.receive("1");
        channel.transport().onClosed();

        assertThat(engine.time.pending()).isZero();
    }

    @Test
    void leavesNoTimerWhenThePongIsLate() {
        engine.time.advance(PING_INTERVAL.plus(PING_TIMEOUT));
        channel.transport().onClosed();

        assertThat(engine.time.pending()).isZero();
    }

    @Test
    void hasOneTimerAtATime() {
        for (int i = 0; i < 10; i++) {
            engine.time.advance(PING_INTERVAL.plusMillis(100));
            assertThat(engine.time.pending()).isOne();
            channel.receive("4hello");
            assertThat(engine.time.pending()).isOne();
            channel.receive("3");
            assertThat(engine.time.pending()).isOne();
        }
    }
}
