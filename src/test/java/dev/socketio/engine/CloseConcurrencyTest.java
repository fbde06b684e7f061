package dev.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Ends that come from several sides at once. */
class CloseConcurrencyTest {

    private static final int ROUNDS = 1_000;
    private static final Duration CLOSE_GRACE = Duration.ofSeconds(5);

    private final ExecutorService threads = Executors.newFixedThreadPool(4);

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @Test
    void aWebSocketSessionEndsOnce() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            EngineFixture engine = new EngineFixture();
            FakeChannel channel = engine.openWebSocket();

            atOnce(
                    engine.socket()::close,
                    () -> channel.transport().onClosed(),
                    () -> channel.transport().onError(new IOException("reset")),
                    engine.server::close);

            assertThat(engine.above.events).singleElement().asString().startsWith("close: ");
            assertThat(engine.time.pending()).isZero();
        }
    }

    @Test
    void aPollingSessionEndsOnce() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            EngineFixture engine = new EngineFixture();
            engine.openPolling();
            FakeExchange poll = engine.poll();

            atOnce(engine.socket()::close, poll::gone, () -> engine.post("1"), engine.server::close);
            engine.time.advance(EngineFixture.CROSSING_CLOSE);

            assertThat(engine.above.events).singleElement().asString().startsWith("close: ");
            assertThat(engine.time.pending()).isZero();
        }
    }

    @Test
    void aSessionThatEndsWhileItUpgradesLeavesNothingBehind() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            EngineFixture engine = new EngineFixture();
            engine.openPolling();
            FakeExchange poll = engine.poll();
            FakeChannel channel = engine.offerWebSocket();

            atOnce(() -> channel.receive("5"), () -> engine.post("1"), poll::gone, engine.socket()::close);
            channel.transport().onClosed();
            engine.time.advance(EngineFixture.CROSSING_CLOSE);

            assertThat(engine.above.events).singleElement().asString().startsWith("close: ");
            assertThat(engine.server.clientsCount()).isZero();
            assertThat(engine.time.pending()).isZero();
        }
    }

    @Test
    void whatIsSentIsNotLostUnlessItIsRefused() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            EngineFixture engine = new EngineFixture();
            FakeChannel channel = engine.openWebSocket().forget();
            List<Boolean> taken = new ArrayList<>();

            atOnce(() -> taken.add(engine.socket().send("hello")), engine.socket()::close);

            List<String> expected = taken.get(0) ? List.of("[4hello]", "close 1005") : List.of("close 1005");
            assertThat(channel.calls).isEqualTo(expected);
            engine.time.advance(CLOSE_GRACE);
            assertThat(engine.time.pending()).isZero();
        }
    }

    /** Runs each action on a thread of its own, all starting together, and waits for their ends. */
    private void atOnce(Runnable... actions) throws Exception {
        CyclicBarrier start = new CyclicBarrier(actions.length);
        List<Callable<Void>> tasks = new ArrayList<>();
        for (Runnable action : actions) {
            tasks.add(() -> {
                start.await(10, TimeUnit.SECONDS);
                action.run();
                return null;
            });
        }
        for (Future<Void> done : threads.invokeAll(tasks)) {
            done.get();
        }
    }
}
