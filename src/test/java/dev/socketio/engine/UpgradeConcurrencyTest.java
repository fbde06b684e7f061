package dev.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sending while the connection moves from polling to WebSocket. */
class UpgradeConcurrencyTest {

    private static final int ROUNDS = 2_000;

    private final ExecutorService threads = Executors.newFixedThreadPool(3);

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @Test
    void losesNothingAndKeepsTheOrder() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            EngineFixture engine = new EngineFixture();
            EngineSocket socket = engine.openPolling();
            FakeExchange first = engine.poll();
            FakeChannel channel = engine.offerWebSocket();
            CyclicBarrier start = new CyclicBarrier(2);

            Future<?> sender = threads.submit(() -> {
                start.await(10, TimeUnit.SECONDS);
                for (int i = 0; i < 20; i++) {
                    socket.send("" + i);
                }
                return null;
            });
            start.await(10, TimeUnit.SECONDS);
            List<String> received = upgradeAsAClientDoes(engine, first, channel);
            sender.get();
            received.addAll(messages(channel));

            assertThat(received).isEqualTo(numbers(20));
        }
    }

    @Test
    void theProbesAnswerIsNoSecondBatch() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            EngineFixture engine = new EngineFixture();
            EngineSocket socket = engine.openPolling();
            LateChannel channel = new LateChannel();
            WebSocketTransport transport = open(engine, channel);
            transport.onText("2probe", true);
            CyclicBarrier start = new CyclicBarrier(3);

            Future<?> completer = threads.submit(() -> {
                start.await(10, TimeUnit.SECONDS);
                channel.complete();
                return null;
            });
            Future<?> sender = threads.submit(() -> {
                start.await(10, TimeUnit.SECONDS);
                socket.send("a");
                socket.send("b");
                return null;
            });
            start.await(10, TimeUnit.SECONDS);
            transport.onText("5", true);
            completer.get();
            sender.get();

            assertThat(channel.overlaps).isEmpty();
            channel.complete();
            channel.complete();
            assertThat(String.join("", channel.texts)).isEqualTo("3probe4a4b");
        }
    }

    /** Stops polling before it sends the upgrade packet; returns what came over polling. */
    private static List<String> upgradeAsAClientDoes(EngineFixture engine, FakeExchange first, FakeChannel channel) {
        channel.receive("2probe");
        List<String> received = new ArrayList<>();
        FakeExchange poll = first;
        while (true) {
            if (poll.await().text().equals("6")) {
                channel.receive("5");
                return received;
            }
            for (String packet : poll.text().split("\u001e", -1)) {
                if (!packet.equals("6")) { // messages that came just then share the answer with it
                    received.add(packet.substring(1));
                }
            }
            poll = engine.poll();
            engine.time.advance(EngineFixture.CROSSING_POLL);
        }
    }

    private static List<String> messages(FakeChannel channel) {
        List<String> messages = new ArrayList<>();
        for (String batch : channel.calls) {
            for (String packet : batch.substring(1, batch.length() - 1).split(", ", -1)) {
                if (packet.startsWith("4")) {
                    messages.add(packet.substring(1));
                }
            }
        }
        return messages;
    }

    private static List<String> numbers(int count) {
        List<String> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            numbers.add("" + i);
        }
        return numbers;
    }

    private static WebSocketTransport open(EngineFixture engine, WebSocketChannel channel) throws EngineRefusal {
        return engine.server
                .acceptWebSocket(FakeExchange.get(engine.session(EngineFixture.WEBSOCKET)))
                .open(channel);
    }

    /** A WebSocket whose batches are complete when the test says so, on any thread. */
    private static final class LateChannel implements WebSocketChannel {
        final Queue<String> texts = new ConcurrentLinkedQueue<>();
        final Queue<String> overlaps = new ConcurrentLinkedQueue<>();
        private final AtomicReference<Completion> underWay = new AtomicReference<>();

        /** Completes the batch under way, if there is one. */
        void complete() {
            Completion completion = underWay.getAndSet(null);
            if (completion != null) {
                completion.done(null);
            }
        }

        @Override
        public void send(List<EnginePacket> batch, Completion completion) {
            batch.forEach(packet -> texts.add(packet.text()));
            if (!underWay.compareAndSet(null, completion)) {
                overlaps.add(batch.toString());
            }
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
