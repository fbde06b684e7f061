package dev.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.protocol.Value;
import dev.socketio.time.FakeScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What may happen while a broadcast waits for its answers. */
@Timeout(120)
class BroadcastRacesTest {

    private static final int ROUNDS = 100;
    private static final int CLIENTS = 6;
    private static final Duration TIMEOUT = Duration.ofMillis(1);

    private final FakeScheduler time = new FakeScheduler();
    private final ExecutorService threads = Executors.newFixedThreadPool(3);
    private final SocketIoServer io =
            SocketIoServer.builder().scheduler(time).executor(Runnable::run).build();
    private final List<FakeClient> clients = new ArrayList<>();

    private void connectClients() {
        clients.clear();
        for (int i = 0; i < CLIENTS; i++) {
            FakeClient client = FakeClient.open(io);
            client.connect();
            clients.add(client);
        }
    }

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    private void race(List<Callable<?>> racers) throws Exception {
        CyclicBarrier start = new CyclicBarrier(racers.size());
        List<Future<?>> running = new ArrayList<>();
        for (Callable<?> racer : racers) {
            running.add(threads.submit(() -> {
                start.await(10, TimeUnit.SECONDS);
                return racer.call();
            }));
        }
        for (Future<?> each : running) {
            each.get(10, TimeUnit.SECONDS);
        }
    }

    private static String outcome(CompletableFuture<List<Value>> future) throws Exception {
        return future.handle((responses, failure) -> failure instanceof MissingAcksException missing
                        ? "missing " + missing.responses().size()
                        : "all " + responses.size())
                .get(10, TimeUnit.SECONDS);
    }

    @Test
    void clientsThatLeaveMeanwhileKeepNobodyWaiting() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            connectClients();
            for (FakeClient client : clients) {
                client.onReceive(packet -> client.send(packet.replaceAll("2(\\d+).*", "3$1[1]")));
            }
            List<CompletableFuture<List<Value>>> futures = new ArrayList<>();

            race(List.of(
                    () -> futures.add(io.emitWithAck("ask")),
                    Executors.callable(() -> clients.subList(0, 2).forEach(FakeClient::hangUp)),
                    Executors.callable(() -> clients.subList(2, 4).forEach(client -> client.send("1")))));

            assertThat(outcome(futures.get(0))).matches("(all|missing) [2-6]");
            clients.forEach(FakeClient::hangUp);
            assertThat(time.pending()).isZero();
        }
    }

    @Test
    void everybodyMayLeave() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            connectClients();
            List<CompletableFuture<List<Value>>> futures = new ArrayList<>();

            race(List.of(
                    () -> futures.add(io.timeout(Duration.ofDays(1)).emitWithAck("ask")),
                    Executors.callable(() -> clients.subList(0, 3).forEach(FakeClient::hangUp)),
                    Executors.callable(() -> clients.subList(3, 6).forEach(FakeClient::hangUp))));

            assertThat(outcome(futures.get(0))).isIn("all 0", "missing 0");
            assertThat(time.pending()).isZero();
        }
    }

    @Test
    void theLastAnswerAndTheTimeoutEndItOnce() throws Exception {
        connectClients();
        int timers = time.pending();
        for (int i = 0; i < ROUNDS; i++) {
            CompletableFuture<List<Value>> future = io.timeout(TIMEOUT).emitWithAck("ask");
            String answer = "3" + i + "[1]";
            clients.subList(2, CLIENTS).forEach(client -> client.send(answer));

            race(List.of(
                    Executors.callable(() -> clients.get(0).send(answer)),
                    Executors.callable(() -> clients.get(1).send(answer)),
                    Executors.callable(() -> time.advance(TIMEOUT))));

            assertThat(outcome(future)).isIn("all 6", "missing 4", "missing 5", "missing 6");
            assertThat(time.pending()).isEqualTo(timers);
        }
    }
}
