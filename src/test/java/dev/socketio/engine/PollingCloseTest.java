package dev.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a session on polling ends, by either side. */
class PollingCloseTest {

    private static final String UNKNOWN = "400 {\"code\":1,\"message\":\"Session ID unknown\"}";
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

    private final EngineFixture engine = new EngineFixture();

    @BeforeEach
    void open() {
        engine.openPolling();
    }

    @Test
    void clientThatClosesIsLetOffItsPoll() {
        FakeExchange poll = engine.poll();

        FakeExchange post = engine.post("1");

        assertThat(post).hasToString("200 ok");
        assertThat(poll).hasToString("200 6");
        assertThat(engine.above.events).containsExactly("close: transport close");
    }

    @Test
    void clientThatClosesIsForgotten() {
        engine.post("1");
        engine.time.advance(EngineFixture.CROSSING_CLOSE);

        assertThat(engine.poll()).hasToString(UNKNOWN);
        assertThat(engine.time.pending()).isZero();
    }

    @Test
    void clientThatClosesIsAnsweredWhenNoPollCanBeOnItsWay() {
        FakeExchange post = engine.post("1");

        engine.time.advance(EngineFixture.CROSSING_CLOSE.minusNanos(1));
        assertThat(post.isAnswered()).isFalse();
        engine.time.advance(Duration.ofNanos(1));

        assertThat(post).hasToString("200 ok");
        assertThat(engine.above.events).containsExactly("close: transport close");
    }

    @Test
    void pollThatTheClosePacketHasOvertakenIsLetOff() {
        FakeExchange post = engine.post("1");

        FakeExchange poll = engine.poll();

        assertThat(poll).hasToString("200 6");
        assertThat(post).hasToString("200 ok");
        assertThat(engine.above.events).containsExactly("close: transport close");
        assertThat(engine.poll()).hasToString(UNKNOWN);
    }

    @Test
    void serverThatClosesAnswersAClientThatIsLeaving() {
        FakeExchange post = engine.post("1");

        engine.server.close();

        assertThat(post).hasToString("200 ok");
        assertThat(engine.above.events).containsExactly("close: server shutting down");
    }

    @Test
    void clientThatIsLeavingAndPostsOnceMoreBreaksARule() {
        FakeExchange post = engine.post("1");

        assertThat(engine.post("1")).hasToString("400");
        assertThat(post).hasToString("200 ok");
        assertThat(engine.above.events).containsExactly("close: transport error, data request overlap from client");
    }

    @Test
    void nothingCountsAfterTheClientHasClosed() {
        FakeExchange post = engine.post("4a\u001e1\u001e4b\u001eabc\u001e1");
        engine.time.advance(EngineFixture.CROSSING_CLOSE);

        assertThat(post).hasToString("200 ok");
        assertThat(engine.above.events).containsExactly("message: a", "close: transport close");
    }

    @Test
    void serverThatClosesAnswersThePoll() {
        FakeExchange poll = engine.poll();

        engine.socket().close();

        assertThat(poll).hasToString("200 1");
        assertThat(engine.above.events).containsExactly("close: forced close");
        assertThat(engine.time.pending()).isZero();
    }

    @Test
    void serverThatClosesWaitsForThePollToTell() {
        engine.socket().close();
        assertThat(engine.above.events).isEmpty();

        assertThat(engine.poll()).hasToString("200 6\u001e1");
        assertThat(engine.above.events).containsExactly("close: forced close");
        assertThat(engine.time.pending()).isZero();
    }

    @Test
    void serverThatClosesDeliversWhatWaits() {
        engine.socket().send("last words");
        engine.socket().close();

        assertThat(engine.poll()).hasToString("200 4last words");
        assertThat(engine.above.events).isEmpty();
        assertThat(engine.poll()).hasToString("200 6\u001e1");
        assertThat(engine.above.events).containsExactly("close: forced close");
    }

    @Test
    void closingWaitsThirtySecondsForAPoll() {
        engine.socket().close();

        engine.time.advance(CLOSE_TIMEOUT.minusNanos(1));
        assertThat(engine.above.events).isEmpty();

        engine.time.advance(Duration.ofNanos(1));
        assertThat(engine.above.events).containsExactly("close: forced close");
        assertThat(engine.poll()).hasToString(UNKNOWN);
        assertThat(engine.time.pending()).isZero();
    }

    @Test
    void closingDoesNotWaitForEverWithSomethingToSay() {
        engine.socket().send("last words");
        engine.socket().close();

        engine.time.advance(CLOSE_TIMEOUT.minusNanos(1));
        assertThat(engine.above.events).isEmpty();

        engine.time.advance(Duration.ofNanos(1));
        assertThat(engine.above.events).containsExactly("close: forced close");
        assertThat(engine.server.clientsCount()).isZero();
        assertThat(engine.time.pending()).isZero();
    }

    @Test
    void closingTakesNoMessages() {
        engine.socket().close();

        assertThat(engine.post("4hello")).hasToString("200 ok");
        assertThat(engine.above.events).isEmpty();
    }

    @Test
    void closingSendsNoMessages() {
        engine.socket().close();

        assertThat(engine.socket().send("hello")).isFalse();
        assertThat(engine.poll()).hasToString("200 6\u001e1");
    }

    @Test
    void closingSendsNoPings() {
        engine.socket().send("last words");
        engine.socket().close();
        engine.time.advance(engine.server.options().pingInterval());

        assertThat(engine.poll()).hasToString("200 4last words");
    }

    @Test
    void closingTwiceTellsOnce() {
        FakeExchange poll = engine.poll();
        engine.socket().close();
        engine.socket().close();

        assertThat(poll).hasToString("200 1");
        assertThat(engine.above.events).hasSize(1);
    }

    @Test
    void clientThatBreaksARuleWhileClosingEndsIt() {
        engine.socket().close();

        engine.post("abc");

        assertThat(engine.above.events).containsExactly("close: parse error, not an Engine.IO packet");
        assertThat(engine.time.pending()).isZero();
    }
}
