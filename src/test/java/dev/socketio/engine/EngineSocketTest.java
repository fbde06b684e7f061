package dev.socketio.engine;

import static dev.socketio.engine.EngineFixture.POLLING;
import static dev.socketio.engine.EngineFixture.WEBSOCKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A connection seen from above, whatever carries it. */
class EngineSocketTest {

    private static final int LIMIT = 100;

    private final EngineFixture engine =
            new EngineFixture(EngineOptions.builder().maxOutboxBytes(LIMIT));

    @Test
    void sendsWhileItIsOpen() {
        FakeChannel channel = engine.openWebSocket().forget();

        assertThat(engine.socket().send("hello")).isTrue();
        assertThat(channel.calls).containsExactly("[4hello]");
    }

    @Test
    void sendsNothingOnceItIsClosed() {
        FakeChannel channel = engine.openWebSocket();
        engine.socket().close();
        channel.forget();

        assertThat(engine.socket().send("hello")).isFalse();
        assertThat(engine.socket().send(new byte[0])).isFalse();
        assertThat(channel.calls).isEmpty();
    }

    @Test
    void keepsMessagesThatBelongTogetherTogether() {
        FakeChannel channel = engine.openWebSocket().forget().hold();
        engine.socket().send("first");
        engine.socket().send(List.of(EnginePacket.message("a"), EnginePacket.message(new byte[] {1})));
        engine.socket().send("b");

        channel.complete();

        assertThat(channel.calls).containsExactly("[4first]", "[4a, 4<1 bytes>, 4b]");
    }

    @Test
    void sendingNothingWritesNothing() {
        FakeChannel channel = engine.openWebSocket().forget();

        assertThat(engine.socket().send(List.of())).isTrue();
        assertThat(channel.calls).isEmpty();
    }

    @Test
    void isOpenUntilItCloses() {
        engine.openPolling();
        assertThat(engine.socket().isOpen()).isTrue();

        engine.socket().close();
        assertThat(engine.socket().isOpen()).isFalse();
    }

    @Test
    void saysWhatCarriesIt() {
        assertThat(engine.openPolling().transport()).hasToString("polling");
        engine.openWebSocket();
        assertThat(engine.sockets.get(1).transport()).hasToString("websocket");
    }

    @Test
    void speaksRevisionFour() {
        assertThat(engine.openPolling().protocol()).isEqualTo(4);
    }

    @Test
    void countsTheBytesThatWait() {
        FakeChannel channel = engine.openWebSocket().hold();
        assertThat(engine.socket().waitingBytes()).isZero();

        engine.socket().send("äöü");
        assertThat(engine.socket().waitingBytes()).isEqualTo(7);

        engine.socket().send(new byte[10]);
        assertThat(engine.socket().waitingBytes()).isEqualTo(17);

        channel.complete();
        assertThat(engine.socket().waitingBytes()).isEqualTo(10);

        channel.complete();
        assertThat(engine.socket().waitingBytes()).isZero();
    }

    @Test
    void keepsAsManyBytesAsTheLimitSays() {
        FakeChannel channel = engine.openWebSocket().forget().hold();
        engine.socket().send(new byte[LIMIT / 2]);

        assertThat(engine.socket().send(new byte[LIMIT / 2])).isTrue();
        assertThat(channel.calls).containsExactly("[4<50 bytes>]");
    }

    @Test
    void cutsAClientForWhichMoreBytesWouldHaveToWait() {
        FakeChannel channel = engine.openWebSocket().forget().hold();
        engine.socket().send(new byte[LIMIT / 2]);

        assertThat(engine.socket().send(new byte[LIMIT / 2 + 1])).isFalse();

        assertThat(engine.above.events)
                .containsExactly("close: outbox full, 51 more bytes for a client that does not read");
        assertThat(channel.calls).containsExactly("[4<50 bytes>]", "abort");
    }

    @Test
    void countsMessagesThatBelongTogetherTogether() {
        engine.openPolling();
        EnginePacket half = EnginePacket.message(new byte[LIMIT / 2]);

        assertThat(engine.socket().send(List.of(half, half, EnginePacket.message(new byte[1]))))
                .isFalse();
        assertThat(engine.socket().isOpen()).isFalse();
    }

    @Test
    void countsWhatAClientHasReadNoMore() {
        FakeChannel channel = engine.openWebSocket().hold();
        for (int i = 0; i < 10; i++) {
            engine.socket().send(new byte[LIMIT]);
            channel.complete();
        }

        assertThat(engine.socket().isOpen()).isTrue();
    }

    @Test
    void pollingClientThatDoesNotPollIsCutToo() {
        engine.openPolling();
        engine.poll();
        engine.socket().send("x"); // takes the poll and counts until the next
        engine.socket().send(new byte[LIMIT - 2]);

        assertThat(engine.socket().send("y")).isFalse();

        assertThat(engine.above.events)
                .containsExactly("close: outbox full, 2 more bytes for a client that does not read");
        assertThat(engine.time.pending()).isZero();
    }

    @Test
    void firstReasonCounts() {
        FakeChannel channel = engine.openWebSocket();

        channel.receive("1");
        channel.transport().onError(new IOException("reset"));
        channel.transport().onClosed();
        engine.socket().close();
        engine.server.close();

        assertThat(engine.above.events).containsExactly("close: transport close");
    }

    @Test
    void handlerThatFailsLeavesNoSession() {
        EngineServer failing = failing();

        assertThatThrownBy(() -> failing.handle(FakeExchange.get(POLLING))).hasMessage("expected by the test");

        assertThat(failing.clientsCount()).isZero();
        assertThat(engine.time.pending()).isZero();
    }

    @Test
    void handlerThatFailsLeavesNoWebSocket() throws EngineRefusal {
        EngineServer failing = failing();
        WebSocketHandshake handshake = failing.acceptWebSocket(FakeExchange.get(WEBSOCKET));
        FakeChannel channel = new FakeChannel();

        assertThatThrownBy(() -> handshake.open(channel)).hasMessage("expected by the test");

        assertThat(channel.calls).containsExactly("close 1005");
        assertThat(failing.clientsCount()).isZero();
    }

    @Test
    @SuppressWarnings("NullAway") // the mistake that is tested
    void handlerWithoutAListenerLeavesNoSession() {
        EngineServer forgetful = new EngineServer(EngineOptions.builder().build(), socket -> null, engine.time);

        assertThatThrownBy(() -> forgetful.handle(FakeExchange.get(POLLING)))
                .hasMessage("the connection handler returned no listener");

        assertThat(forgetful.clientsCount()).isZero();
    }

    @Test
    void limitsTheNumberOfTinyPacketsToo() {
        EngineFixture roomy = new EngineFixture(EngineOptions.builder().maxOutboxBytes(2_000 * 64));
        EngineSocket socket = roomy.openPolling();
        for (int i = 0; i < 2_000; i++) {
            assertThat(socket.send("")).isTrue();
        }

        assertThat(socket.send("")).isFalse();

        assertThat(roomy.above.events).singleElement().asString().startsWith("close: outbox full");
    }

    private EngineServer failing() {
        return new EngineServer(
                EngineOptions.builder().build(),
                socket -> {
                    throw new IllegalStateException("expected by the test");
                },
                engine.time);
    }
}
