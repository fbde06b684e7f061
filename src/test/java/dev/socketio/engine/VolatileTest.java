package dev.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Messages that are dropped, or replaced by newer ones, while their client cannot be written to. */
class VolatileTest {

    private static final int LIMIT = 100;

    private final EngineFixture engine =
            new EngineFixture(EngineOptions.builder().maxOutboxBytes(LIMIT));

    private static List<EnginePacket> text(String text) {
        return List.of(EnginePacket.message(text));
    }

    private static List<EnginePacket> bytes(int length) {
        return List.of(EnginePacket.message(new byte[length]));
    }

    @Test
    void leavesWithThePollThatIsParked() {
        engine.openPolling();
        FakeExchange poll = engine.poll();

        assertThat(engine.socket().sendVolatile(text("a"))).isTrue();

        assertThat(poll.text()).isEqualTo("4a");
    }

    @Test
    void isDroppedWhileNoPollIsParked() {
        engine.openPolling();

        assertThat(engine.socket().sendVolatile(text("a"))).isFalse();

        assertThat(engine.poll()).hasToString("unanswered");
        assertThat(engine.socket().waitingBytes()).isZero();
    }

    @Test
    void onlyTheFirstOfSeveralLeavesWithAPoll() {
        engine.openPolling();
        FakeExchange poll = engine.poll();

        engine.socket().sendVolatile(text("a"));

        assertThat(engine.socket().sendVolatile(text("b"))).isFalse();
        assertThat(poll.text()).isEqualTo("4a");
        assertThat(engine.poll()).hasToString("unanswered");
    }

    @Test
    void isDroppedWhileAWebSocketWrites() {
        FakeChannel channel = engine.openWebSocket().forget().hold();
        engine.socket().send("a");

        assertThat(engine.socket().sendVolatile(text("b"))).isFalse();
        channel.complete();
        assertThat(engine.socket().sendVolatile(text("c"))).isTrue();

        assertThat(channel.calls).containsExactly("[4a]", "[4c]");
    }

    @Test
    void allOfItLeavesOrNothing() {
        FakeChannel channel = engine.openWebSocket().forget().hold();
        List<EnginePacket> message = List.of(EnginePacket.message("a"), EnginePacket.message(new byte[3]));

        assertThat(engine.socket().sendVolatile(message)).isTrue();
        assertThat(engine.socket().sendVolatile(message)).isFalse();
        channel.complete();

        assertThat(channel.calls).containsExactly("[4a, 4<3 bytes>]");
    }

    @Test
    void whatNeverFitsIsDroppedAndHarmsNobody() {
        FakeChannel channel = engine.openWebSocket().forget();

        assertThat(engine.socket().sendVolatile(bytes(LIMIT + 1))).isFalse();
        assertThat(engine.socket().sendVolatile("k", bytes(LIMIT + 1))).isFalse();

        assertThat(channel.calls).isEmpty();
        assertThat(engine.socket().isOpen()).isTrue();
    }

    @Test
    void conflatedMessagesLeaveAtOnceIfTheyCan() {
        FakeChannel channel = engine.openWebSocket().forget();

        engine.socket().sendVolatile("k", text("a"));
        engine.socket().sendVolatile("k", text("b"));

        assertThat(channel.calls).containsExactly("[4a]", "[4b]");
    }

    @Test
    void newestMessagesOfAKeyReplaceTheOlder() {
        FakeChannel channel = engine.openWebSocket().forget().hold();
        engine.socket().send("busy");

        assertThat(engine.socket().sendVolatile("x", text("x1"))).isTrue();
        engine.socket().sendVolatile("y", text("y1"));
        engine.socket().send("queued");
        engine.socket().sendVolatile("x", text("x2"));
        channel.complete();
        channel.complete();

        assertThat(channel.calls).containsExactly("[4busy]", "[4queued, 4x2, 4y1]");
        assertThat(engine.socket().waitingBytes()).isZero();
    }

    @Test
    void keysStartAnewWithEachBatch() {
        FakeChannel channel = engine.openWebSocket().forget().hold();
        engine.socket().send("busy");
        engine.socket().sendVolatile("x", text("x1"));
        engine.socket().sendVolatile("y", text("y1"));
        channel.complete();

        engine.socket().sendVolatile("y", text("y2"));
        engine.socket().sendVolatile("x", text("x2"));
        channel.complete();

        assertThat(channel.calls).containsExactly("[4busy]", "[4x1, 4y1]", "[4y2, 4x2]");
    }

    @Test
    void replacedMessagesCountNoMore() {
        engine.openWebSocket().hold();
        engine.socket().send(bytes(10));

        engine.socket().sendVolatile("k", bytes(60));
        assertThat(engine.socket().waitingBytes()).isEqualTo(10 + 60);
        assertThat(engine.socket().sendVolatile("k", bytes(LIMIT - 10))).isTrue();
        assertThat(engine.socket().waitingBytes()).isEqualTo(LIMIT);
        engine.socket().sendVolatile("k", bytes(1));
        assertThat(engine.socket().waitingBytes()).isEqualTo(10 + 1);
    }

    @Test
    void whatDoesNotFitLeavesTheOlderInPlace() {
        FakeChannel channel = engine.openWebSocket().forget().hold();
        engine.socket().send(bytes(10));
        engine.socket().send("queued");
        engine.socket().sendVolatile("k", text("old"));

        assertThat(engine.socket().sendVolatile("k", bytes(LIMIT - 16))).isFalse();
        assertThat(engine.socket().sendVolatile("other", bytes(LIMIT - 20))).isFalse();
        channel.complete();

        assertThat(channel.calls).containsExactly("[4<10 bytes>]", "[4queued, 4old]");
    }

    @Test
    void keysAreLimitedInNumber() {
        EngineFixture roomy = new EngineFixture();
        EngineSocket socket = roomy.openPolling();
        for (int i = 0; i < Outbox.MAX_KEYS; i++) {
            assertThat(socket.sendVolatile("key" + i, text("a"))).isTrue();
        }

        assertThat(socket.sendVolatile("one more", text("b"))).isFalse();
        assertThat(socket.sendVolatile("key7", text("b"))).isTrue();
        assertThat(roomy.poll().text().split("\u001e")).hasSize(Outbox.MAX_KEYS).contains("4b");
        assertThat(socket.sendVolatile("one more", text("b"))).isTrue();
    }

    @Test
    void packetsThatWaitForKeysAreLimitedInNumberToo() {
        engine.openWebSocket().hold();
        engine.socket().send("busy");
        List<EnginePacket> empty = List.of(EnginePacket.message(new byte[0]));
        for (int i = 0; i < 1_000; i++) {
            engine.socket().send(empty);
        }

        assertThat(engine.socket().sendVolatile("k", empty)).isFalse();
        assertThat(engine.socket().isOpen()).isTrue();
    }

    @Test
    void nothingIsVolatileUntilTheConnectionIsThere() {
        EngineServer early = new EngineServer(
                EngineOptions.builder().build(),
                socket -> {
                    assertThat(socket.sendVolatile(text("a"))).isFalse();
                    assertThat(socket.sendVolatile("k", text("b"))).isTrue();
                    return engine.above;
                },
                engine.time);
        FakeExchange handshake = FakeExchange.get(EngineFixture.POLLING);

        early.handle(handshake);

        assertThat(handshake.text()).startsWith("0{").endsWith("}\u001e4b");
    }

    @Test
    void duringAnUpgradeConflatedMessagesGoOverTheNewTransport() {
        engine.openPolling();
        FakeExchange poll = engine.poll();
        FakeChannel channel = engine.offerWebSocket();
        channel.receive("2probe");
        assertThat(poll.text()).isEqualTo("6");

        assertThat(engine.socket().sendVolatile(text("dropped"))).isFalse();
        engine.socket().sendVolatile("k", text("old"));
        engine.socket().sendVolatile("k", text("new"));
        channel.forget().receive("5");

        assertThat(channel.calls).containsExactly("[4new]");
        assertThat(engine.socket().sendVolatile(text("now"))).isTrue();
    }

    @Test
    void conflatedMessagesAreWrittenOnClose() {
        FakeChannel channel = engine.openWebSocket().forget().hold();
        engine.socket().send("busy");
        engine.socket().sendVolatile("k", text("last"));

        engine.socket().close();
        assertThat(engine.socket().sendVolatile("k", text("too late"))).isFalse();
        assertThat(engine.socket().sendVolatile(text("too late"))).isFalse();
        channel.complete();
        channel.complete();

        assertThat(channel.calls).containsExactly("[4busy]", "[4last]", "close 1005");
    }

    @Test
    void conflatedMessagesEndWithTheConnection() {
        FakeChannel channel = engine.openWebSocket().forget().hold();
        engine.socket().send("busy");
        engine.socket().sendVolatile("k", text("lost"));

        channel.transport().onClosed();
        channel.complete();

        assertThat(channel.calls).containsExactly("[4busy]");
        assertThat(engine.socket().sendVolatile("k", text("too late"))).isFalse();
    }
}
