package dev.socketio.engine;

import static dev.socketio.engine.EngineFixture.POLLING;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The way from polling to WebSocket, when nothing goes wrong. */
class UpgradeTest {

    private final EngineFixture engine = new EngineFixture();

    @BeforeEach
    void open() {
        engine.openPolling();
    }

    @Test
    void answersTheProbe() {
        FakeChannel channel = engine.offerWebSocket();

        channel.receive("2probe");

        assertThat(channel.calls).containsExactly("[3probe]");
    }

    @Test
    void answersOneProbe() {
        FakeChannel channel = engine.offerWebSocket();

        channel.receive("2probe");
        channel.receive("2probe");

        assertThat(channel.calls).containsExactly("[3probe]");
    }

    @Test
    void letsTheClientOffItsPollAtOnce() {
        FakeExchange poll = engine.poll();

        engine.offerWebSocket().receive("2probe");

        assertThat(poll).hasToString("200 6");
    }

    @Test
    void letsTheClientOffEveryPollWhileItIsProbing() {
        engine.offerWebSocket().receive("2probe");

        for (int i = 0; i < 2; i++) {
            FakeExchange poll = engine.poll();
            engine.time.advance(EngineFixture.CROSSING_POLL.minusNanos(1));
            assertThat(poll.isAnswered()).isFalse();
            engine.time.advance(Duration.ofNanos(1));
            assertThat(poll).hasToString("200 6");
        }
    }

    @Test
    void refusesAPollThatHasOvertakenTheUpgradePacket() {
        FakeChannel channel = engine.offerWebSocket();
        channel.receive("2probe");
        FakeExchange poll = engine.poll();

        channel.receive("5");

        assertThat(poll).hasToString("400 {\"code\":3,\"message\":\"Bad request\"}");
        assertThat(engine.socket().isOpen()).isTrue();
    }

    @Test
    void pollWaitsAsLongAsThereIsNoProbe() {
        FakeExchange poll = engine.poll();

        engine.offerWebSocket();

        assertThat(poll.isAnswered()).isFalse();
    }

    @Test
    void staysOnPollingUntilTheUpgradePacket() {
        engine.offerWebSocket().receive("2probe");

        assertThat(engine.socket().transport()).isEqualTo(TransportName.POLLING);
    }

    @Test
    void switchesOnTheUpgradePacket() {
        upgrade();

        assertThat(engine.socket().transport()).isEqualTo(TransportName.WEBSOCKET);
    }

    @Test
    void switchesWithoutAProbe() {
        FakeChannel channel = engine.offerWebSocket();
        channel.receive("5");

        engine.socket().send("hello");

        assertThat(channel.calls).containsExactly("[4hello]");
    }

    @Test
    void talksOverTheWebSocketFromThenOn() {
        FakeChannel channel = upgrade();

        channel.receive("4from the client");
        engine.socket().send("from the server");

        assertThat(engine.above.events).containsExactly("message: from the client");
        assertThat(channel.calls).containsExactly("[4from the server]");
    }

    @Test
    void refusesToPollFromThenOn() {
        upgrade();

        assertThat(engine.poll()).hasToString("400 {\"code\":3,\"message\":\"Bad request\"}");
        assertThat(engine.post("4hello")).hasToString("400 {\"code\":3,\"message\":\"Bad request\"}");
    }

    @Test
    void answersAPollThatIsStillThere() {
        FakeExchange poll = engine.poll();

        engine.offerWebSocket().receive("5");

        assertThat(poll).hasToString("200 1");
        assertThat(engine.socket().isOpen()).isTrue();
    }

    @Test
    void keepsWhatWasSentMeanwhileForTheWebSocket() {
        FakeChannel channel = engine.offerWebSocket();
        channel.receive("2probe");
        engine.socket().send("a");
        engine.socket().send(new byte[] {1});

        channel.forget().receive("5");
        engine.socket().send("c");

        assertThat(channel.calls).containsExactly("[4a, 4<1 bytes>]", "[4c]");
    }

    @Test
    void sendsByAPollThatComesBeforeTheSwitch() {
        FakeChannel channel = engine.offerWebSocket();
        channel.receive("2probe");
        engine.socket().send("a");
        FakeExchange poll = engine.poll();
        engine.socket().send("b");

        channel.forget().receive("5");

        assertThat(poll).hasToString("200 4a");
        assertThat(channel.calls).containsExactly("[4b]");
    }

    @Test
    void takesAPostThatArrivesDuringTheUpgrade() {
        FakeChannel channel = engine.offerWebSocket();
        channel.receive("2probe");

        assertThat(engine.post("4by post")).hasToString("200 ok");
        channel.receive("5");
        channel.receive("4by frame");

        assertThat(engine.above.events).containsExactly("message: by post", "message: by frame");
    }

    @Test
    void takesAPostWhoseBodyArrivesAfterTheUpgrade() {
        FakeExchange post = engine.handle(
                FakeExchange.post(engine.session(POLLING), "4late").withSlowBody());
        upgrade();

        post.deliverBody();

        assertThat(post).hasToString("200 ok");
        assertThat(engine.above.events).containsExactly("message: late");
    }

    @Test
    void writesOneBatchAtATimeWhenTheProbesAnswerIsStillUnderWay() {
        FakeChannel channel = engine.offerWebSocket().hold();
        channel.receive("2probe");
        channel.receive("5");
        engine.socket().send("a");
        assertThat(channel.calls).containsExactly("[3probe]");

        channel.complete();

        assertThat(channel.calls).containsExactly("[3probe]", "[4a]");
    }

    @Test
    void countsNoBytesThatThePollHasTaken() {
        engine.poll();
        engine.socket().send("hello");

        upgrade();

        assertThat(engine.socket().waitingBytes()).isZero();
    }

    @Test
    void holdsTheWebSocketBackIfThePollingWas() {
        engine.socket().pause();

        FakeChannel channel = engine.offerWebSocket();
        channel.receive("5");
        assertThat(channel.calls).containsExactly("pause");

        engine.socket().resume();
        assertThat(channel.calls).containsExactly("pause", "resume");
    }

    @Test
    void takesAPostThatWasHeldBack() {
        engine.socket().pause();
        FakeExchange post = engine.post("4a\u001e4b");

        upgrade();

        assertThat(post).hasToString("200 ok");
        assertThat(engine.above.events).containsExactly("message: a", "message: b");
    }

    @Test
    void givesThePingMoreTime() {
        Duration timeout = engine.server.options().pingTimeout();
        engine.time.advance(engine.server.options().pingInterval());
        engine.time.advance(timeout.minusNanos(1));
        upgrade();

        engine.time.advance(timeout.minusNanos(1));
        assertThat(engine.above.events).isEmpty();

        engine.time.advance(Duration.ofNanos(1));
        assertThat(engine.above.events).containsExactly("close: ping timeout");
    }

    @Test
    void leavesNoTimerButTheHeartbeat() {
        upgrade();

        assertThat(engine.time.pending()).isOne();
    }

    private FakeChannel upgrade() {
        FakeChannel channel = engine.offerWebSocket();
        channel.receive("2probe");
        channel.receive("5");
        return channel.forget();
    }
}
