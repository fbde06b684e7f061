package dev.socketio;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.protocol.Arguments;
import dev.socketio.protocol.Json;
import dev.socketio.protocol.Packet;
import dev.socketio.protocol.Parser;
import dev.socketio.time.FakeScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What two threads may do to one socket at the same time. */
@Timeout(120)
class SocketRacesTest {

    private static final int ROUNDS = 300;

    private final FakeScheduler time = new FakeScheduler();
    private final ExecutorService listeners = Executors.newFixedThreadPool(2);
    private final ExecutorService threads = Executors.newFixedThreadPool(3);
    private final SocketIoServer io =
            SocketIoServer.builder().scheduler(time).executor(listeners).build();

    @AfterEach
    void stopThreads() throws InterruptedException {
        threads.shutdownNow();
        listeners.shutdown();
        assertThat(listeners.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    /** Lets all begin at once and waits for the last. */
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

    private static Callable<?> action(Runnable action) {
        return Executors.callable(action);
    }

    private Socket connect(FakeClient client) throws Exception {
        CompletableFuture<Socket> connected = new CompletableFuture<>();
        try (Registration registration = io.onConnection(connected::complete)) {
            assertThat(registration).isNotNull();
            client.send("0");
            return connected.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void joinAndDisconnectLeaveNoRoomBehind() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            FakeClient client = FakeClient.open(io);
            Socket socket = connect(client);
            CompletableFuture<DisconnectReason> end = new CompletableFuture<>();
            socket.onDisconnect(end::complete);

            race(List.of(action(() -> socket.join("room")), action(client::hangUp), action(() -> socket.join("hall"))));

            assertThat(end.get(10, TimeUnit.SECONDS)).isEqualTo(DisconnectReason.TRANSPORT_CLOSE);
            assertThat(socket.rooms()).isEmpty();
        }
        assertThat(io.sockets().sockets()).isEmpty();
    }

    private record Undecided(Socket socket, CompletableFuture<Void> decision) {}

    @Test
    void aMiddlewareAndTheEndOfItsConnectionLeaveNoSocketBehind() throws Exception {
        BlockingQueue<Undecided> undecided = new LinkedBlockingQueue<>();
        AtomicInteger balance = new AtomicInteger();
        io.useAsync(socket -> {
            CompletableFuture<Void> decision = new CompletableFuture<>();
            socket.onDisconnect(reason -> balance.decrementAndGet());
            undecided.add(new Undecided(socket, decision));
            return decision;
        });
        io.onConnection(socket -> balance.incrementAndGet());
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            FakeClient client = FakeClient.open(io);
            client.send("0");
            Undecided next = requireNonNull(undecided.poll(10, TimeUnit.SECONDS));
            sockets.add(next.socket());

            race(List.of(action(() -> next.decision().complete(null)), action(client::hangUp)));
        }
        listeners.shutdown();
        assertThat(listeners.awaitTermination(10, TimeUnit.SECONDS)).isTrue();

        assertThat(balance).hasValue(0);
        assertThat(io.sockets().sockets()).isEmpty();
        assertThat(sockets).allSatisfy(socket -> assertThat(socket.rooms()).isEmpty());
    }

    @Test
    void anAnswerAndItsTimeoutCompleteTheFutureOnce() throws Exception {
        FakeClient client = FakeClient.open(io);
        Socket socket = connect(client);
        client.received();
        int timers = time.pending();
        for (int i = 0; i < ROUNDS; i++) {
            CompletableFuture<Arguments> answer =
                    socket.timeout(Duration.ofMillis(1)).emitWithAck("ask");
            String ackId = client.received().get(0).replaceAll("2(\\d+).*", "$1");

            race(List.of(
                    action(() -> client.send("3" + ackId + "[1]")), action(() -> time.advance(Duration.ofMillis(1)))));

            CompletableFuture<String> outcome = answer.handle((arguments, failure) -> String.valueOf(failure));
            assertThat(outcome.get(10, TimeUnit.SECONDS))
                    .isIn("null", "java.util.concurrent.TimeoutException: operation has timed out");
            assertThat(time.pending()).isEqualTo(timers);
        }
        assertThat(socket.isConnected()).isTrue();
    }

    @Test
    void anEmitWithAckAndTheEndOfItsConnectionLeaveNobodyWaiting() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            FakeClient client = FakeClient.open(io);
            Socket socket = connect(client);
            CompletableFuture<Arguments>[] answers = answers();

            race(List.of(
                    action(() -> answers[0] = socket.emitWithAck("ask")),
                    action(() -> answers[1] = socket.timeout(Duration.ofDays(1)).emitWithAck("ask")),
                    action(client::hangUp)));

            for (CompletableFuture<Arguments> answer : answers) {
                assertThat(answer.handle((arguments, failure) -> failure).get(10, TimeUnit.SECONDS))
                        .isInstanceOf(DisconnectedException.class);
            }
        }
        assertThat(time.pending()).isZero();
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static CompletableFuture<Arguments>[] answers() {
        return new CompletableFuture[2];
    }

    @Test
    void emitsStayInOrderUntilTheConnectionEnds() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            FakeClient client = FakeClient.open(io);
            Socket socket = connect(client);
            client.received();
            AtomicInteger accepted = new AtomicInteger();

            race(List.of(
                    action(() -> {
                        for (int n = 0; n < 50 && socket.emit("e", n); n++) {
                            accepted.incrementAndGet();
                        }
                    }),
                    action(() -> socket.disconnect(/* close= */ true))));

            assertThat(socket.emit("late")).isFalse();
            assertThat(client.isClosed()).isTrue();
            List<String> events = new ArrayList<>(client.received());
            assertThat(events.remove("1")).isTrue();
            assertThat(events).hasSize(accepted.get());
            for (int n = 0; n < events.size(); n++) {
                assertThat(events.get(n)).isEqualTo("2[\"e\"," + n + "]");
            }
        }
    }

    @Test
    void severalWhoDisconnectAreToldOnce() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            FakeClient client = FakeClient.open(io);
            Socket socket = connect(client);
            CompletableFuture<DisconnectReason> end = new CompletableFuture<>();
            AtomicInteger calls = new AtomicInteger();
            socket.onDisconnecting(reason -> calls.incrementAndGet());
            socket.onDisconnect(end::complete);

            race(List.of(
                    action(socket::disconnect),
                    action(() -> socket.disconnect(/* close= */ true)),
                    action(client::hangUp)));

            assertThat(end.get(10, TimeUnit.SECONDS))
                    .isIn(DisconnectReason.SERVER_NAMESPACE_DISCONNECT, DisconnectReason.TRANSPORT_CLOSE);
            assertThat(calls).hasValue(1);
            assertThat(client.received()).filteredOn("1"::equals).hasSizeLessThan(2);
        }
    }

    @RepeatedTest(5)
    void aBroadcastReachesWhoeverStays() throws Exception {
        FakeClient stays = FakeClient.open(io);
        connect(stays);
        stays.received();
        List<FakeClient> leave = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            FakeClient client = FakeClient.open(io);
            connect(client).join("room");
            leave.add(client);
        }

        race(List.of(
                action(() -> {
                    for (int n = 0; n < 100; n++) {
                        io.emit("e", n);
                        io.to("room").emit("r", n);
                    }
                }),
                action(() -> leave.forEach(FakeClient::hangUp))));

        assertThat(stays.received()).hasSize(100);
    }

    @Test
    void anEventThatComesAfterTheEndIsNotHeard() throws Exception {
        SocketIoServer direct =
                SocketIoServer.builder().scheduler(time).executor(Runnable::run).build();
        FakeClient client = FakeClient.open(direct);
        Socket socket = client.connect();
        List<String> calls = new ArrayList<>();
        socket.on("late", () -> calls.add("late"));
        socket.onDisconnect(reason -> calls.add("disconnect"));
        Packet.Event late = (Packet.Event)
                requireNonNull(Parser.standard().decoder(Json.mapper(1_000), 10).add("2[\"late\"]"));

        client.hangUp();
        socket.onEvent(late, 9); // a message that was being read when the connection broke

        assertThat(calls).containsExactly("disconnect");
    }
}
