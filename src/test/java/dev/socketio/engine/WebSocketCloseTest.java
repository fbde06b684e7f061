package dev.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a server closes a WebSocket, with a client that cooperates and with one that does not. */
class WebSocketCloseTest {

    private static final Duration CLOSE_GRACE = Duration.ofSeconds(5);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

    private final EngineFixture engine = new EngineFixture();
    private FakeChannel channel = new FakeChannel();

    @BeforeEach
    void open() {
        channel = engine.openWebSocket().forget();
    }

    @Test
    void closesOnceAndWithoutACode() {
        engine.socket().close();

        assertThat(channel.calls).containsExactly("close 1005");
        assertThat(engine.above.events).containsExactly("close: forced close");
    }

    @Test
    void closingTwiceTellsOnce() {
        engine.socket().close();
        engine.socket().close();

        assertThat(channel.calls).containsExactly("close 1005");
        assertThat(engine.above.events).hasSize(1);
    }

    @Test
    void waitsForTheBatchUnderWay() {
        channel.hold();
        engine.socket().send("last words");
        engine.socket().close();
        assertThat(channel.calls).containsExactly("[4last words]");
        assertThat(engine.above.events).isEmpty();

        channel.complete();
        assertThat(channel.calls).containsExactly("[4last words]", "close 1005");
        assertThat(engine.above.events).containsExactly("close: forced close");
    }

    @Test
    void waitsForWhatIsQueued() {
        channel.hold();
        engine.socket().send("a");
        engine.socket().send("b");
        engine.socket().close();

        channel.complete();
        assertThat(engine.above.events).isEmpty();
        channel.complete();

        assertThat(channel.calls).containsExactly("[4a]", "[4b]", "close 1005");
        assertThat(engine.above.events).containsExactly("close: forced close");
    }

    @Test
    void cutsAClientThatDoesNotTakeTheLastBatch() {
        channel.hold();
        engine.socket().send("a");
        engine.socket().close();
        channel.forget();

        engine.time.advance(CLOSE_TIMEOUT.minusNanos(1));
        assertThat(channel.calls).isEmpty();

        engine.time.advance(Duration.ofNanos(1));
        assertThat(channel.calls).containsExactly("close 1005");
        engine.time.advance(CLOSE_GRACE);
        assertThat(channel.calls).contains("abort");
        assertThat(engine.above.events).containsExactly("close: forced close");
    }

    @Test
    void endsASessionWhoseClientDoesNotTakeWhatIsQueued() {
        channel.hold();
        engine.socket().send("a");
        engine.socket().send("b");
        engine.socket().close();

        engine.time.advance(CLOSE_TIMEOUT.minusNanos(1));
        assertThat(engine.above.events).isEmpty();

        engine.time.advance(Duration.ofNanos(1));
        assertThat(engine.above.events).containsExactly("close: forced close");
        assertThat(engine.server.clientsCount()).isZero();
    }

    @Test
    void cutsAClientThatDoesNotTakeWhatIsQueued() {
        channel.hold();
        engine.socket().send("a");
        engine.socket().send("b");
        engine.socket().close();

        engine.time.advance(CLOSE_TIMEOUT.plus(CLOSE_GRACE));

        assertThat(channel.calls).containsExactly("[4a]", "close 1005", "abort");
        assertThat(engine.time.pending()).isZero();
    }

    @Test
    void cutsAClientThatDoesNotAnswerTheCloseFrame() {
        engine.socket().close();
        channel.forget();

        engine.time.advance(CLOSE_GRACE.minusNanos(1));
        assertThat(channel.calls).isEmpty();

        engine.time.advance(Duration.ofNanos(1));
        assertThat(channel.calls).containsExactly("abort");
        assertThat(engine.time.pending()).isZero();
    }

    @Test
    void leavesAClientThatAnswersTheCloseFrameAlone() {
        engine.socket().close();
        channel.transport().onClosed();
        channel.forget();

        engine.time.advance(CLOSE_GRACE);

        assertThat(channel.calls).isEmpty();
        assertThat(engine.above.events).hasSize(1);
    }

    @Test
    void clientThatLeavesWhileItIsBeingClosedEndsTheWait() {
        channel.hold();
        engine.socket().send("a");
        engine.socket().send("b");
        engine.socket().close();

        channel.transport().onClosed();

        assertThat(engine.above.events).containsExactly("close: transport close");
        assertThat(engine.time.pending()).isZero();
    }

    @Test
    void closingTakesNoMessages() {
        channel.hold();
        engine.socket().send("a");
        engine.socket().close();

        channel.receive("4hello");

        assertThat(engine.above.events).isEmpty();
    }

    @Test
    void closingSendsNoMessages() {
        channel.hold();
        engine.socket().send("a");
        engine.socket().close();

        assertThat(engine.socket().send("b")).isFalse();
        channel.complete();
        assertThat(channel.calls).containsExactly("[4a]", "close 1005");
    }

    @Test
    void shuttingDownWaitsForNothing() {
        channel.hold();
        engine.socket().send("a");
        engine.socket().send("b");

        engine.server.close();

        assertThat(engine.above.events).containsExactly("close: server shutting down");
        assertThat(channel.calls).containsExactly("[4a]", "close 1005");
    }
}
