package dev.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** WebSockets that do not take a connection over, and connections that end before they could. */
class UpgradeFailureTest {

    private static final Duration UPGRADE_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration CLOSE_GRACE = Duration.ofSeconds(5);

    private final EngineFixture engine = new EngineFixture();

    @BeforeEach
    void open() {
        engine.openPolling();
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                failure("a message", channel -> channel.receive("4hello")),
                failure("a plain ping", channel -> channel.receive("2")),
                failure("another probe", channel -> channel.receive("2probes")),
                failure("a pong", channel -> channel.receive("3probe")),
                failure("a noop", channel -> channel.receive("6")),
                failure("an open packet", channel -> channel.receive("0")),
                failure("a close packet", channel -> channel.receive("1")),
                failure("no packet", channel -> channel.receive("abc")),
                failure("nothing", channel -> channel.receive("")),
                failure("bytes", channel -> channel.receive(new byte[] {1})),
                failure(
                        "the end of the WebSocket",
                        channel -> channel.transport().onClosed()),
                failure("an error", channel -> channel.transport().onError(new IOException("reset"))));
    }

    private static Arguments failure(String name, Consumer<FakeChannel> action) {
        return Arguments.argumentSet(name, action);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void pollingGoesOnAfter(Consumer<FakeChannel> failure) {
        FakeExchange poll = engine.poll();

        failure.accept(engine.offerWebSocket());

        engine.socket().send("hello");
        assertThat(poll).hasToString("200 4hello");
        assertThat(engine.above.events).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("failures")
    void pollsWaitAgainAfter(Consumer<FakeChannel> failure) {
        FakeChannel channel = engine.offerWebSocket();
        channel.receive("2probe");
        failure.accept(channel);

        assertThat(engine.poll().isAnswered()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("failures")
    void anotherWebSocketMayTryAfter(Consumer<FakeChannel> failure) {
        failure.accept(engine.offerWebSocket());

        engine.offerWebSocket().receive("5");

        assertThat(engine.socket().transport()).isEqualTo(TransportName.WEBSOCKET);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void theWebSocketBringsNothingMoreAfter(Consumer<FakeChannel> failure) {
        FakeChannel channel = engine.offerWebSocket();
        failure.accept(channel);
        channel.forget();

        channel.receive("2probe");
        channel.receive("5");
        channel.receive("4hello");

        assertThat(channel.calls).isEmpty();
        assertThat(engine.socket().transport()).isEqualTo(TransportName.POLLING);
        assertThat(engine.above.events).isEmpty();
    }

    @Test
    void closesTheWebSocketOfAWrongPacket() {
        FakeChannel channel = engine.offerWebSocket();

        channel.receive("4hello");

        assertThat(channel.calls).containsExactly("close 1005");
    }

    @Test
    void closesTheWebSocketOfATooLongMessageWithItsCode() {
        FakeChannel channel = engine.offerWebSocket();

        channel.receive("4".repeat(engine.server.options().maxHttpBufferSize() + 1));

        assertThat(channel.calls).containsExactly("close 1009 message too big");
        assertThat(engine.socket().isOpen()).isTrue();
    }

    @Test
    void abortsTheWebSocketThatCannotTakeTheProbesAnswer() {
        FakeChannel channel = engine.offerWebSocket().hold();
        channel.receive("2probe");

        channel.fail(new IOException("broken pipe"));

        assertThat(channel.calls).last().isEqualTo("abort");
        assertThat(engine.socket().isOpen()).isTrue();
    }

    @Test
    void waitsTenSecondsForTheUpgrade() {
        FakeChannel channel = engine.offerWebSocket();
        channel.receive("2probe");
        channel.forget();

        engine.time.advance(UPGRADE_TIMEOUT.minusNanos(1));
        assertThat(channel.calls).isEmpty();

        engine.time.advance(Duration.ofNanos(1));
        assertThat(channel.calls).containsExactly("close 1005");
        assertThat(engine.poll().isAnswered()).isFalse();
    }

    @Test
    void doesNotTimeOutOnceItIsDone() {
        FakeChannel channel = engine.offerWebSocket();
        channel.receive("5");

        engine.time.advance(UPGRADE_TIMEOUT);

        assertThat(channel.calls).isEmpty();
    }

    @Test
    void leavesNoTimerButTheHeartbeat() {
        FakeChannel channel = engine.offerWebSocket();
        channel.receive("4hello");
        channel.transport().onClosed();

        assertThat(engine.time.pending()).isOne();
    }

    @Test
    void refusesASecondWebSocket() {
        FakeChannel first = engine.offerWebSocket();
        FakeChannel second = engine.offerWebSocket();
        assertThat(second.calls).containsExactly("close 1005");

        second.receive("5");
        first.receive("2probe");
        assertThat(first.calls).containsExactly("[3probe]");
        assertThat(engine.socket().transport()).isEqualTo(TransportName.POLLING);
    }

    @Test
    void refusesAWebSocketForAConnectionThatHasOne() {
        FakeChannel first = engine.offerWebSocket();
        first.receive("5");

        FakeChannel second = engine.offerWebSocket();
        second.receive("4hello");

        assertThat(second.calls).containsExactly("close 1005");
        assertThat(first.calls).isEmpty();
        assertThat(engine.above.events).isEmpty();
    }

    @Test
    void refusesAWebSocketWhereUpgradesAreNotAllowed() {
        EngineFixture fixed = new EngineFixture(EngineOptions.builder().allowUpgrades(false));
        fixed.openPolling();

        assertThat(fixed.offerWebSocket().calls).containsExactly("close 1005");
    }

    @Test
    void cutsARefusedWebSocketThatDoesNotClose() {
        engine.offerWebSocket();
        FakeChannel refused = engine.offerWebSocket().forget();

        engine.time.advance(CLOSE_GRACE);

        assertThat(refused.calls).containsExactly("abort");
    }

    @Test
    void closesTheWebSocketWhenTheClientCloses() {
        FakeChannel channel = engine.offerWebSocket();

        engine.post("1");
        engine.time.advance(EngineFixture.CROSSING_CLOSE);

        assertThat(channel.calls).containsExactly("close 1005");
        channel.transport().onClosed();
        assertThat(engine.time.pending()).isZero();
    }

    @Test
    void closesTheWebSocketWhenTheServerCloses() {
        FakeExchange poll = engine.poll();
        FakeChannel channel = engine.offerWebSocket();

        engine.socket().close();

        assertThat(poll).hasToString("200 1");
        assertThat(channel.calls).containsExactly("close 1005");
        assertThat(engine.above.events).containsExactly("close: forced close");
    }

    @Test
    void answersAClosePacketThatCrossesWithTheUpgradePacket() {
        FakeChannel channel = engine.offerWebSocket();
        channel.receive("2probe");
        FakeExchange post = engine.post("1");

        channel.receive("5");

        assertThat(post).hasToString("200 ok");
    }

    @Test
    void upgradePacketAfterTheEndIsIgnored() {
        FakeChannel channel = engine.offerWebSocket();
        engine.post("1");
        engine.time.advance(EngineFixture.CROSSING_CLOSE);

        channel.receive("5");

        assertThat(channel.calls).containsExactly("close 1005");
        assertThat(engine.above.events).hasSize(1);
    }

    @Test
    void closingConnectionUsesTheWebSocketForItsLastWords() {
        FakeChannel channel = engine.offerWebSocket();
        engine.socket().send("last words");
        engine.socket().close();

        channel.receive("5");

        assertThat(channel.calls).containsExactly("[4last words]", "close 1005");
        assertThat(engine.above.events).containsExactly("close: forced close");
    }

    @Test
    void closingConnectionWithNothingToSayClosesTheWebSocket() {
        FakeChannel channel = engine.offerWebSocket();
        engine.socket().close();

        channel.receive("5");

        assertThat(channel.calls).containsExactly("close 1005");
        assertThat(engine.above.events).containsExactly("close: forced close");
        channel.transport().onClosed();
        assertThat(engine.time.pending()).isZero();
    }

    @Test
    void closingConnectionTakesNoNewWebSocket() {
        engine.socket().close();

        assertThat(engine.offerWebSocket().calls).containsExactly("close 1005");
    }
}
