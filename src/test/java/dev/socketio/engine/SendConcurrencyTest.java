package dev.socketio.engine;

import static dev.socketio.engine.EngineFixture.WEBSOCKET;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many threads that send to one client at once. */
class SendConcurrencyTest {

    private static final int SENDERS = 8;
    private static final int MESSAGES = 5_000;

    private final ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
    private final ExecutorService container = Executors.newFixedThreadPool(2);
    private final EngineFixture engine =
            new EngineFixture(EngineOptions.builder().maxOutboxBytes(Integer.MAX_VALUE));

    @AfterEach
    void endThreads() {
        senders.shutdownNow();
        container.shutdownNow();
    }

    @Test
    void everyMessageArrivesOverAWebSocketInTheOrderOfItsSender() throws Exception {
        SlowChannel channel = new SlowChannel(container, 2 * SENDERS * MESSAGES + 1);
        engine.server.acceptWebSocket(FakeExchange.get(WEBSOCKET)).open(channel);

        sendFromAllThreads();

        assertThat(channel.received.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(channel.overlaps).hasValue(0);
        assertEverythingCame(channel.messages());
    }

    @Test
    void everyMessageArrivesOverPollingInTheOrderOfItsSender() {
        engine.openPolling();

        sendFromAllThreads();

        List<String> messages = new ArrayList<>();
        while (messages.size() < 2 * SENDERS * MESSAGES) {
            messages.addAll(List.of(engine.poll().await().text().split("\u001e", -1)));
        }
        assertEverythingCame(messages);
    }

    private void sendFromAllThreads() {
        EngineSocket socket = engine.socket();
        for (int sender = 0; sender < SENDERS; sender++) {
            String prefix = sender + " ";
            senders.execute(() -> {
                for (int i = 0; i < MESSAGES; i++) {
                    EnginePacket message = EnginePacket.message(prefix + i);
                    socket.send(List.of(message, message));
                }
            });
        }
    }

    /** Every message is there, next to its twin, and those of one sender are in order. */
    private static void assertEverythingCame(List<String> messages) {
        List<Integer> next = new ArrayList<>();
        for (int sender = 0; sender < SENDERS; sender++) {
            next.add(0);
        }
        assertThat(messages).hasSize(2 * SENDERS * MESSAGES);
        for (int i = 0; i < messages.size(); i += 2) {
            String message = messages.get(i);
            int sender = message.charAt(1) - '0';
            int number = next.get(sender);
            assertThat(message).isEqualTo("4" + sender + " " + number);
            assertThat(messages.get(i + 1)).isEqualTo(message);
            next.set(sender, number + 1);
        }
    }

    /** A WebSocket that completes some batches at once and others later, on threads of its own. */
    private static final class SlowChannel implements WebSocketChannel {
        final CountDownLatch received;
        final AtomicInteger overlaps = new AtomicInteger();

        private final ExecutorService container;
        private final AtomicInteger underWay = new AtomicInteger();
        private final Object lock = new Object();

        @GuardedBy("lock")
        private final List<String> texts = new ArrayList<>();

        @GuardedBy("lock")
        private final Random random = new Random(1);

        SlowChannel(ExecutorService container, int messages) {
            this.container = container;
            this.received = new CountDownLatch(messages);
        }

        /** Returns what came after the handshake. */
        List<String> messages() {
            synchronized (lock) {
                return List.copyOf(texts.subList(1, texts.size()));
            }
        }

        @Override
        public void send(List<EnginePacket> batch, Completion completion) {
            if (underWay.incrementAndGet() > 1) {
                overlaps.incrementAndGet();
            }
            boolean atOnce;
            synchronized (lock) {
                batch.forEach(packet -> texts.add(packet.text()));
                atOnce = random.nextInt(4) == 0;
            }
            if (atOnce) {
                complete(batch, completion);
            } else {
                container.execute(() -> complete(batch, completion));
            }
        }

        private void complete(List<EnginePacket> batch, Completion completion) {
            underWay.decrementAndGet();
            completion.done(null);
            batch.forEach(packet -> received.countDown());
        }

        @Override
        public void pause() {}

        @Override
        public void resume() {}

        @Override
        public void close(int code, String reason) {}

        @Override
        public void abort() {}
    }
}
