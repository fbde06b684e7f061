package dev.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a WebSocket brings, and how writing to it goes. */
class WebSocketTransportTest {

    private final EngineFixture engine = new EngineFixture();
    private FakeChannel channel = new FakeChannel();

    @BeforeEach
    void open() {
        channel = engine.openWebSocket().forget();
    }

    @Test
    void bringsAMessageOfText() {
        channel.receive("4ä€😀");

        assertThat(engine.above.events).containsExactly("message: ä€😀");
    }

    @Test
    void bringsAMessageOfBytes() {
        channel.receive(new byte[] {1, 2});

        assertThat(engine.above.events).containsExactly("bytes: [1, 2]");
    }

    @Test
    void bringsAnEmptyMessageOfBytes() {
        channel.receive(new byte[0]);

        assertThat(engine.above.events).containsExactly("bytes: []");
    }

    @Test
    void joinsThePartsOfAText() {
        channel.transport().onText("4he", false);
        channel.transport().onText("ll", false);
        assertThat(engine.above.events).isEmpty();

        channel.transport().onText("o", true);
        assertThat(engine.above.events).containsExactly("message: hello");
    }

    @Test
    void joinsEmptyPartsOfAText() {
        channel.transport().onText("", false);
        channel.transport().onText("4hello", false);
        channel.transport().onText("", true);

        assertThat(engine.above.events).containsExactly("message: hello");
    }

    @Test
    void beginsAnewAfterAMessageInParts() {
        channel.transport().onText("4a", false);
        channel.transport().onText("b", true);
        channel.transport().onText("4c", false);
        channel.transport().onText("d", true);

        assertThat(engine.above.events).containsExactly("message: ab", "message: cd");
    }

    @Test
    void joinsThePartsOfBytes() {
        channel.transport().onBinary(ByteBuffer.wrap(new byte[] {1, 2}), false);
        channel.transport().onBinary(ByteBuffer.wrap(new byte[0]), false);
        channel.transport().onBinary(ByteBuffer.wrap(new byte[] {3}), true);

        assertThat(engine.above.events).containsExactly("bytes: [1, 2, 3]");
    }

    @Test
    void keepsNoBufferOfTheContainer() {
        ByteBuffer buffer = ByteBuffer.wrap(new byte[] {1, 2});
        channel.transport().onBinary(buffer, false);
        buffer.clear().put(new byte[] {8, 9}).flip();
        channel.transport().onBinary(buffer, true);

        assertThat(engine.above.events).containsExactly("bytes: [1, 2, 8, 9]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "9", "bAQIDBA=="})
    void whatIsNoPacketEndsTheSession(String message) {
        channel.receive(message);

        assertThat(engine.above.events).containsExactly("close: parse error, not an Engine.IO packet");
        assertThat(channel.calls).containsExactly("close 1005");
    }

    @Test
    void closePacketEndsTheSession() {
        channel.receive("1");

        assertThat(engine.above.events).containsExactly("close: transport close");
        assertThat(channel.calls).containsExactly("close 1005");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "2probe"})
    void pingOfAClientEndsTheSession(String ping) {
        channel.receive(ping);

        assertThat(engine.above.events).containsExactly("close: transport error, invalid heartbeat direction");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "3", "3probe", "5", "6"})
    void packetsThatMeanNothingAreIgnored(String packet) {
        channel.receive(packet);

        assertThat(engine.above.events).isEmpty();
        assertThat(channel.calls).isEmpty();
    }

    @Test
    void writesOneBatchAtATime() {
        channel.hold();
        engine.socket().send("a");
        engine.socket().send("b");
        engine.socket().send(new byte[] {1});
        assertThat(channel.calls).containsExactly("[4a]");

        channel.complete();
        assertThat(channel.calls).containsExactly("[4a]", "[4b, 4<1 bytes>]");
    }

    @Test
    void writesNothingWhenNothingWaits() {
        channel.hold();
        engine.socket().send("a");
        channel.complete();

        assertThat(channel.calls).containsExactly("[4a]");
    }

    @Test
    void writesALongRowOfMessagesWithoutDeepeningTheStack() {
        for (int i = 0; i < 100_000; i++) {
            engine.socket().send("a");
        }

        assertThat(channel.calls).hasSize(100_000);
    }

    @Test
    void clientThatIsGoneShowsInAFailedWrite() {
        channel.hold();
        engine.socket().send("a");

        channel.fail(new IOException("broken pipe"));

        assertThat(engine.above.events)
                .containsExactly("close: transport close, write failed: java.io.IOException: broken pipe");
        assertThat(channel.calls).last().isEqualTo("abort");
    }

    @Test
    void anyOtherFailedWriteIsAnError() {
        channel.hold();
        engine.socket().send("a");

        channel.fail(new IllegalStateException("blocked"));

        assertThat(engine.above.events)
                .containsExactly("close: transport error, write failed: java.lang.IllegalStateException: blocked");
        assertThat(channel.calls).last().isEqualTo("abort");
    }

    @Test
    void writesNothingAfterAFailure() {
        channel.hold();
        engine.socket().send("a");
        engine.socket().send("b");
        channel.fail(new IOException("broken pipe"));

        assertThat(engine.socket().send("c")).isFalse();
        assertThat(channel.calls).doesNotContain("[4b]", "[4b, 4c]");
    }

    @Test
    void containerThatThrowsEndsTheSessionAndNobodyElse() {
        channel.breakDown();

        assertThat(engine.socket().send("a")).isTrue();

        assertThat(engine.above.events)
                .containsExactly(
                        "close: transport error, write failed: java.lang.IllegalStateException: expected by the test");
        assertThat(engine.server.clientsCount()).isZero();
    }

    @Test
    void pausesAndResumesTheContainer() {
        engine.socket().pause();
        engine.socket().pause();
        engine.socket().resume();
        assertThat(channel.calls).containsExactly("pause");

        engine.socket().resume();
        assertThat(channel.calls).containsExactly("pause", "resume");
    }

    @Test
    void takesWhatTheContainerHadReadBeforeThePause() {
        engine.socket().pause();

        channel.receive("4hello");

        assertThat(engine.above.events).containsExactly("message: hello");
    }

    @Test
    void endOfTheWebSocketEndsTheSession() {
        channel.transport().onClosed();

        assertThat(engine.above.events).containsExactly("close: transport close");
        assertThat(engine.server.clientsCount()).isZero();
        assertThat(engine.time.pending()).isZero();
    }

    @Test
    void brokenConnectionEndsTheSession() {
        channel.transport().onError(new IOException("reset"));

        assertThat(engine.above.events).containsExactly("close: transport close, java.io.IOException: reset");
        assertThat(channel.calls).containsExactly("close 1005");
    }

    @Test
    void brokenRuleOfWebSocketsEndsTheSession() {
        channel.transport().onError(new IllegalStateException("bad frame"));

        assertThat(engine.above.events)
                .containsExactly("close: transport error, java.lang.IllegalStateException: bad frame");
        assertThat(channel.calls).containsExactly("close 1005");
    }

    @Test
    void lateReportsOfTheContainerAreIgnored() {
        channel.transport().onClosed();
        channel.transport().onError(new IOException("late"));
        channel.transport().onClosed();

        assertThat(engine.above.events).hasSize(1);
        assertThat(channel.calls).isEmpty();
        assertThat(engine.time.pending()).isZero();
    }

    @Test
    void lateMessagesAreIgnored() {
        channel.receive("1");
        channel.forget();

        channel.receive("4hello");
        channel.receive(new byte[] {1});
        channel.receive("abc");
        channel.receive("4".repeat(engine.server.options().maxHttpBufferSize() + 1));

        assertThat(engine.above.events).hasSize(1);
        assertThat(channel.calls).isEmpty();
    }

    @Test
    void lateCompletionIsIgnored() {
        channel.hold();
        engine.socket().send("a");
        engine.socket().send("b");
        channel.transport().onClosed();
        channel.forget();

        channel.complete();

        assertThat(channel.calls).isEmpty();
        assertThat(engine.above.events).hasSize(1);
    }

    @Test
    void lateFailureOfAWriteIsIgnored() {
        channel.hold();
        engine.socket().send("a");
        channel.transport().onClosed();

        channel.fail(new IOException("broken pipe"));

        assertThat(engine.above.events).containsExactly("close: transport close");
        assertThat(engine.time.pending()).isZero();
    }

    @Test
    void leavesNoTimerWhenTheContainerReportsTheEnd() {
        engine.socket().close();
        engine.time.advance(Duration.ofSeconds(1));

        channel.transport().onClosed();

        assertThat(engine.time.pending()).isZero();
    }
}
