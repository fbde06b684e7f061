package dev.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.LogCapture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

/** What an application can hear and ask of one connection. */
class ConnectionEventsTest {

    private final EngineFixture engine = new EngineFixture();
    private final List<String> heard = new ArrayList<>();

    private void listen() {
        EngineSocket socket = engine.socket();
        socket.onUpgrade(transport -> heard.add("upgrade " + transport));
        socket.onPacket(packet -> heard.add("packet " + packet));
        socket.onPacketCreate(packet -> heard.add("create " + packet));
        socket.onDrain(() -> heard.add("drain " + socket.waitingBytes()));
        socket.onClose((reason, detail) -> heard.add("close " + reason + ", " + detail));
    }

    @Test
    void tellsOfPacketsBothWays() {
        FakeChannel channel = engine.openWebSocket();
        listen();

        channel.receive("4in");
        engine.time.advance(Duration.ofSeconds(25));
        channel.receive("3");
        engine.socket().send("out");
        channel.receive(new byte[2]);

        assertThat(heard)
                .containsExactly(
                        "packet 4in", "create 2", "drain 0", "packet 3", "create 4out", "drain 0", "packet 4<2 bytes>");
    }

    @Test
    void tellsOfVolatileMessagesThatAreTaken() {
        engine.openWebSocket().hold();
        listen();
        List<EnginePacket> message = List.of(EnginePacket.message("a"));

        engine.socket().sendVolatile(message);
        engine.socket().sendVolatile(message);
        engine.socket().sendVolatile("key", List.of(EnginePacket.message("b")));

        assertThat(heard).containsExactly("create 4a", "create 4b");
    }

    @Test
    void drainsWhenAllThatWaitedHasLeft() {
        FakeChannel channel = engine.openWebSocket().hold();
        listen();
        engine.socket().send("a");
        engine.socket().send("b");
        heard.clear();

        channel.complete();
        assertThat(heard).isEmpty();
        channel.complete();
        assertThat(heard).containsExactly("drain 0");
    }

    @Test
    void drainsOverPollingWhenTheClientPollsAgain() {
        engine.openPolling();
        engine.poll();
        listen();
        engine.socket().send("a");
        heard.clear();

        engine.poll();

        assertThat(heard).containsExactly("drain 0");
    }

    @Test
    void sendsOnFromADrain() {
        FakeChannel channel = engine.openWebSocket().forget();
        List<String> left = new ArrayList<>(List.of("b", "c"));
        engine.socket().onDrain(() -> {
            if (!left.isEmpty()) {
                engine.socket().send(left.remove(0));
            }
        });

        engine.socket().send("a");

        assertThat(channel.calls).containsExactly("[4a]", "[4b]", "[4c]");
    }

    @Test
    void tellsOfAnUpgradeBeforeAnythingGoesOverIt() {
        engine.openPolling();
        listen();
        FakeExchange poll = engine.poll();
        FakeChannel channel = engine.offerWebSocket();
        engine.socket().onUpgrade(transport -> heard.add(channel.calls.toString()));
        assertThat(engine.socket().isUpgraded()).isFalse();

        channel.receive("2probe");
        assertThat(poll.text()).isEqualTo("6");
        engine.socket().send("a");
        heard.clear();
        channel.receive("5");

        assertThat(heard).startsWith("upgrade websocket", "[[3probe]]").endsWith("drain 0");
        assertThat(channel.calls).endsWith("[4a]");
        assertThat(engine.socket().isUpgraded()).isTrue();
    }

    @Test
    void tellsOfTheEndWithItsDetail() {
        FakeChannel channel = engine.openWebSocket();
        listen();

        channel.receive("2");

        assertThat(heard).containsExactly("packet 2", "close transport error, invalid heartbeat direction");
        assertThat(engine.above.events).hasSize(1);
        assertThat(engine.socket().isUpgraded()).isFalse();
    }

    @Test
    void knowsWhereTheConnectionIsInItsLife() {
        FakeChannel channel = engine.openWebSocket().hold();
        engine.socket().send("a");
        assertThat(engine.socket().readyState()).hasToString("open");

        engine.socket().close(/* discard= */ false);
        assertThat(engine.socket().readyState()).hasToString("closing");

        channel.complete();
        assertThat(engine.socket().readyState()).hasToString("closed");
        assertThat(channel.calls).endsWith("[4a]", "close 1005");
    }

    @Test
    void closesAtOnceAndDropsWhatWaits() {
        FakeChannel channel = engine.openWebSocket().forget().hold();
        engine.socket().send("a");
        engine.socket().send("b");

        engine.socket().close(/* discard= */ true);

        assertThat(engine.socket().readyState()).isEqualTo(ReadyState.CLOSED);
        assertThat(channel.calls).containsExactly("[4a]", "close 1005");
        assertThat(engine.above.events).containsExactly("close: forced close");
    }

    @Test
    void closesPollingAtOnceToo() {
        engine.openPolling();
        engine.socket().send("a");

        engine.socket().close(/* discard= */ true);

        assertThat(engine.poll().text()).contains("Session ID unknown");
        assertThat(engine.above.events).containsExactly("close: forced close");
    }

    @Test
    void listenersThatFailHarmNobody() {
        FakeChannel channel = engine.openWebSocket().forget();
        engine.socket().onPacket(packet -> {
            throw new IllegalStateException("expected by the test");
        });
        listen();

        try (LogCapture log = new LogCapture(ConnectionEvents.class)) {
            channel.receive("4in");

            assertThat(log.records())
                    .singleElement()
                    .returns("a listener to a connection failed", LogRecord::getMessage);
        }
        assertThat(heard).containsExactly("packet 4in");
        assertThat(engine.above.events).containsExactly("message: in");
    }

    @Test
    void listenersOfOneConnectionHearNothingOfAnother() {
        engine.openWebSocket();
        listen();

        engine.openWebSocket().receive("4other");

        assertThat(heard).isEmpty();
    }
}
