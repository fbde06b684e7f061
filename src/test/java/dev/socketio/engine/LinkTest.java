package dev.socketio.engine;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.time.FakeScheduler;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A change of transport while a batch is on its way to the old one. */
class LinkTest {

    private final List<String> told = new ArrayList<>();
    private final Link link = new Link(
            new RecordingOwner(), new FakeScheduler(), EngineOptions.builder().build(), new Hold());
    private final FakeTransport polling = new FakeTransport(TransportName.POLLING);
    private final FakeTransport webSocket = new FakeTransport(TransportName.WEBSOCKET);

    @BeforeEach
    void open() {
        link.open(polling, EnginePacket.message("handshake"));
        link.start();
        link.onReady(polling);
    }

    private static List<EnginePacket> text(String text) {
        return List.of(EnginePacket.message(text));
    }

    @Test
    void whatTheOldTransportDoesNotTakeIsTheFirstThatTheNewOneWrites() {
        Upgrade upgrade = requireNonNull(link.offer());
        polling.insteadOfWriting = () -> {
            link.moveTo(webSocket, upgrade);
            link.send(text("b"));
            link.sendVolatile("key", text("newest"));
        };

        link.send(text("a"));
        assertThat(link.waitingBytes()).isEqualTo("4a4b4newest".length());
        link.onReady(webSocket);

        assertThat(polling.batches).containsExactly("[4handshake]");
        assertThat(webSocket.batches).containsExactly("[4a, 4b, 4newest]");
        link.onReady(webSocket);
        assertThat(link.waitingBytes()).isZero();
    }

    @Test
    void itIsAlsoIfTheNewOneIsReadyBefore() {
        Upgrade upgrade = requireNonNull(link.offer());
        polling.insteadOfWriting = () -> {
            link.moveTo(webSocket, upgrade);
            link.onReady(webSocket);
            link.send(text("b"));
        };

        link.send(text("a"));

        assertThat(webSocket.batches).containsExactly("[4a, 4b]");
        assertThat(link.waitingBytes()).isEqualTo("4a4b".length());
    }

    @Test
    void nothingWaitsForAConnectionThatHasEnded() {
        polling.insteadOfWriting = () -> link.end(/* abort= */ false);

        link.send(text("a"));

        assertThat(told).containsExactly("drain"); // of the handshake
        assertThat(polling.batches).containsExactly("[4handshake]");
    }

    private final class RecordingOwner implements Link.Owner {

        @Override
        public void onQueued(List<EnginePacket> packets) {}

        @Override
        public void onPacket(EnginePacket packet) {
            told.add("packet");
        }

        @Override
        public void onUpgrade() {
            told.add("upgrade");
        }

        @Override
        public void onDrain() {
            told.add("drain");
        }

        @Override
        public void onClosed(CloseReason reason, String detail) {
            told.add("closed");
        }
    }

    /** Takes batches, until something else happens. */
    private static final class FakeTransport implements Transport {
        final List<String> batches = new ArrayList<>();

        @Nullable
        Runnable insteadOfWriting;

        private final TransportName name;

        FakeTransport(TransportName name) {
            this.name = name;
        }

        @Override
        public boolean send(List<EnginePacket> batch) {
            if (insteadOfWriting != null) {
                insteadOfWriting.run();
                return false;
            }
            batches.add(batch.toString());
            return true;
        }

        @Override
        public TransportName name() {
            return name;
        }

        @Override
        public boolean isWritable() {
            return true;
        }

        @Override
        public void pause() {}

        @Override
        public void resume() {}

        @Override
        public void catchUp() {}

        @Override
        public void close() {}

        @Override
        public void discard() {}

        @Override
        public void abort() {}
    }
}
