package dev.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.time.FakeScheduler;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A WebSocket that passes from the upgrade to the connection: nothing that happens is lost. */
class WebSocketHandoverTest {

    private final FakeChannel channel = new FakeChannel();
    private final RecordingSink before = new RecordingSink();
    private final RecordingSink after = new RecordingSink();
    private final WebSocketTransport transport = new WebSocketTransport(
            channel, before, WebSocketFormat.PLAIN, new FakeScheduler(), /* maxMessageBytes= */ 100);

    @Test
    void newSinkIsToldAtOnceThatItMayWrite() {
        transport.handTo(after);

        assertThat(after.events).containsExactly("ready");
        assertThat(before.events).isEmpty();
    }

    @Test
    void newSinkIsToldOfTheEndOfTheBatchUnderWay() {
        channel.hold();
        transport.send(List.of(EnginePacket.NOOP));
        transport.handTo(after);
        assertThat(after.events).isEmpty();

        channel.complete();
        assertThat(after.events).containsExactly("ready");
        assertThat(before.events).isEmpty();
    }

    @Test
    void newSinkIsNotToldAgainOfABatchThatIsDone() {
        transport.send(List.of(EnginePacket.NOOP));
        assertThat(before.events).containsExactly("ready");

        transport.handTo(after);
        assertThat(after.events).containsExactly("ready");
    }

    @Test
    void newSinkIsToldOfAnEndThatItHasMissed() {
        transport.onClosed();
        transport.handTo(after);

        assertThat(after.events).containsExactly("closed: transport close");
    }

    @Test
    void newSinkGetsThePackets() {
        transport.onText("4a", /* last= */ true);
        transport.handTo(after);
        transport.onText("4b", /* last= */ true);

        assertThat(before.events).containsExactly("packet: 4a");
        assertThat(after.events).containsExactly("ready", "packet: 4b");
    }

    private static final class RecordingSink implements Transport.Sink {
        final List<String> events = new ArrayList<>();

        @Override
        public void onReady(Transport transport) {
            events.add("ready");
        }

        @Override
        public void onPacket(Transport transport, EnginePacket packet) {
            events.add("packet: " + packet);
        }

        @Override
        public void onClosed(Transport transport, CloseReason reason, String detail) {
            events.add("closed: " + reason);
        }
    }
}
