package dev.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.time.FakeScheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that come back while events are emitted, and several at once. */
@Timeout(120)
class RecoveryRacesTest {

    private static final int EVENTS = 20_000;
    private static final int ROUNDS = 300;

    private final FakeScheduler time = new FakeScheduler();
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final SocketIoServer io = SocketIoServer.builder()
            .scheduler(time)
            .executor(Runnable::run)
            .connectionStateRecovery(ConnectionStateRecovery.defaults())
            .build();

    @AfterEach
    void leavesNothingBehind() {
        threads.shutdownNow();
        io.close();
        assertThat(time.pending()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1})
    void noEventIsLostOrDoubledWhileAClientComesAndGoes(int senders) throws Exception {
        RecoveringClient client = RecoveringClient.connect(io);
        List<Future<?>> sending = new ArrayList<>();
        for (int i = 0; i < senders; i++) {
            String prefix = "s" + i + "-";
            sending.add(
                    threads.submit(() -> IntStream.range(0, EVENTS / senders).forEach(n -> io.emit(prefix + n))));
        }
        List<String> received = new ArrayList<>();
        int recoveries = 0;
        while (sending.stream().anyMatch(each -> !each.isDone())) {
            received.addAll(client.received());
            client.hangUp();
            received.addAll(client.received());
            received.addAll(client.comeBack().received());
            assertThat(client.isRecovered()).isTrue();
            recoveries++;
        }
        for (Future<?> each : sending) {
            each.get();
        }
        received.addAll(client.received());

        assertThat(recoveries).isGreaterThan(1);
        for (int i = 0; i < senders; i++) {
            String prefix = "s" + i + "-";
            assertThat(received.stream()
                            .filter(event -> event.startsWith(prefix))
                            .toList())
                    .containsExactlyElementsOf(IntStream.range(0, EVENTS / senders)
                            .mapToObj(n -> prefix + n)
                            .toList());
        }
    }

    @Test
    void oneOfSeveralThatComeAtOnceGoesOn() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            RecoveringClient client = RecoveringClient.connect(io);
            String id = client.id();
            String connect = "0{\"pid\":\"" + client.pid() + "\"}";
            boolean noticed = i % 2 == 0;
            if (noticed) {
                client.hangUp();
            }
            List<FakeClient> rivals = List.of(FakeClient.open(io), FakeClient.open(io), FakeClient.open(io));
            CyclicBarrier start = new CyclicBarrier(rivals.size());
            List<Future<?>> racing = new ArrayList<>();
            for (FakeClient rival : rivals) {
                racing.add(threads.submit(() -> {
                    start.await(10, TimeUnit.SECONDS);
                    rival.send(connect);
                    return null;
                }));
            }
            for (Future<?> each : racing) {
                each.get(10, TimeUnit.SECONDS);
            }

            long same = io.sockets().sockets().stream()
                    .filter(socket -> socket.id().equals(id))
                    .count();
            assertThat(same).isLessThanOrEqualTo(1);
            long open = rivals.stream().filter(rival -> !rival.isClosed()).count();
            assertThat(io.sockets().sockets()).hasSize((int) open);
            assertThat(client.connection().isClosed()).isEqualTo(!noticed);
            rivals.forEach(FakeClient::hangUp);
            assertThat(io.sockets().sockets()).isEmpty();
        }
    }

    @Test
    void theOldSocketHasFinishedBeforeTheNewOneBegins() throws Exception {
        SocketIoServer slow = SocketIoServer.builder()
                .scheduler(time)
                .executor(threads)
                .connectionStateRecovery(ConnectionStateRecovery.defaults())
                .build();
        List<String> calls = java.util.Collections.synchronizedList(new ArrayList<>());
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch second = new CountDownLatch(1);
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        slow.onConnection(socket -> {
            calls.add(socket.isRecovered() ? "recovered" : "connected");
            socket.on("work", () -> {
                busy.countDown();
                goOn.await();
                calls.add("worked");
            });
            socket.onDisconnecting(reason -> calls.add("disconnecting"));
            socket.onDisconnect(reason -> calls.add("disconnected"));
            (socket.isRecovered() ? second : first).countDown();
        });
        FakeClient client = FakeClient.open(slow);
        client.send("0");
        assertThat(first.await(10, TimeUnit.SECONDS)).isTrue();
        String pid = client.received().get(0).replaceAll(".*\"pid\":\"([^\"]+)\".*", "$1");
        client.send("2[\"work\"]");
        assertThat(busy.await(10, TimeUnit.SECONDS)).isTrue();

        FakeClient again = FakeClient.open(slow);
        again.send("0{\"pid\":\"" + pid + "\"}");
        while (!client.isClosed()) {
            Thread.onSpinWait();
        }
        assertThat(calls).containsExactly("connected");
        goOn.countDown();

        assertThat(second.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(calls).containsExactly("connected", "worked", "disconnecting", "disconnected", "recovered");
        again.hangUp();
        slow.close();
    }
}
