package dev.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socketio.protocol.Arguments;
import dev.socketio.time.FakeScheduler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmitWithAckTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration TICK = Duration.ofNanos(1);

    private final FakeScheduler time = new FakeScheduler();
    private final SocketIoServer io = SocketIoServer.builder()
            .scheduler(time)
            .executor(Runnable::run)
            .maxPendingAcks(2)
            .build();
    private final FakeClient client = FakeClient.open(io);
    private final Socket socket = client.connect();

    @Test
    void completesWithTheAnswer() {
        CompletableFuture<Arguments> answer = socket.emitWithAck("ask", 1);
        assertThat(client.received()).containsExactly("20[\"ask\",1]");
        assertThat(answer).isNotDone();

        client.send("30[\"yes\",2]");

        Arguments arguments = answer.join();
        assertThat(arguments.size()).isEqualTo(2);
        assertThat(arguments.get(0, String.class)).isEqualTo("yes");
        assertThat(arguments.get(1, Integer.class)).isEqualTo(2);
    }

    @Test
    void completesWithBytes() {
        CompletableFuture<Arguments> answer = socket.emitWithAck("ask", new byte[] {9});
        assertThat(client.received()).containsExactly("51-0[\"ask\",{\"_placeholder\":true,\"num\":0}]", "<09>");

        client.send("61-0[{\"_placeholder\":true,\"num\":0}]");
        client.send(new byte[] {1, 2});

        assertThat(answer.join().get(0, byte[].class)).containsExactly(1, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"30", "30[]"})
    void completesWithoutArguments(String packet) {
        CompletableFuture<Arguments> answer = socket.emitWithAck("ask");

        client.send(packet);

        assertThat(answer.join().size()).isZero();
    }

    @Test
    void tellsTheAnswersApart() {
        CompletableFuture<Arguments> first = socket.emitWithAck("ask");
        CompletableFuture<Arguments> second = socket.emitWithAck("ask");

        client.send("31[\"second\"]");

        assertThat(second).isDone();
        assertThat(first).isNotDone();
    }

    @ParameterizedTest
    @ValueSource(strings = {"31[1]", "399[1]", "3[1]", "3123456789012345678901234567890[1]"})
    void ignoresAnAnswerThatNobodyWaitsFor(String packet) {
        CompletableFuture<Arguments> answer = socket.emitWithAck("ask");

        client.send(packet);

        assertThat(answer).isNotDone();
        assertThat(socket.isConnected()).isTrue();
    }

    @Test
    void ignoresASecondAnswer() {
        CompletableFuture<Arguments> answer = socket.emitWithAck("ask");

        client.send("30[1]");
        client.send("30[2]");

        assertThat(answer.join()).hasToString("[1]");
    }

    @Test
    void ignoresTheAnswerOfAnotherClient() {
        FakeClient other = FakeClient.open(io);
        other.connect();
        CompletableFuture<Arguments> answer = socket.emitWithAck("ask");

        other.send("30[1]");

        assertThat(answer).isNotDone();
    }

    @Test
    void failsWhenTheTimeIsOver() {
        CompletableFuture<Arguments> answer = socket.timeout(TIMEOUT).emitWithAck("ask");

        time.advance(TIMEOUT.minus(TICK));
        assertThat(answer).isNotDone();

        time.advance(TICK);
        assertThatThrownBy(answer::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(TimeoutException.class)
                .hasMessage("operation has timed out");
    }

    @Test
    void takesAnAnswerAtTheLastMoment() {
        CompletableFuture<Arguments> answer = socket.timeout(TIMEOUT).emitWithAck("ask");
        time.advance(TIMEOUT.minus(TICK));

        client.send("30[1]");
        time.advance(TIMEOUT);

        assertThat(answer.join()).hasToString("[1]");
    }

    @Test
    void ignoresAnAnswerAfterTheTimeIsOver() {
        CompletableFuture<Arguments> answer = socket.timeout(TIMEOUT).emitWithAck("ask");
        time.advance(TIMEOUT);

        client.send("30[1]");

        assertThat(answer).isCompletedExceptionally();
        assertThat(socket.isConnected()).isTrue();
    }

    @Test
    void leavesNoTimerBehindAnAnswer() {
        int before = time.pending();
        CompletableFuture<Arguments> answer = socket.timeout(TIMEOUT).emitWithAck("ask");
        assertThat(time.pending()).isEqualTo(before + 1);

        client.send("30[1]");

        assertThat(answer).isCompleted();
        assertThat(time.pending()).isEqualTo(before);
    }

    @Test
    void waitsWithoutALimitUnlessOneIsSet() {
        CompletableFuture<Arguments> answer = socket.emitWithAck("ask");

        for (int day = 0; day < 3; day++) {
            time.advance(Duration.ofSeconds(25));
            client.sendRaw("3");
        }

        assertThat(answer).isNotDone();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1})
    void refusesATimeoutOfNothing(long millis) {
        assertThatThrownBy(() -> socket.timeout(Duration.ofMillis(millis)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("timeout is PT");
    }

    @Test
    void failsWhenTheSocketIsDisconnected() {
        CompletableFuture<Arguments> limited = socket.timeout(TIMEOUT).emitWithAck("ask");
        CompletableFuture<Arguments> unlimited = socket.emitWithAck("ask");

        client.hangUp();

        assertDisconnected(limited);
        assertDisconnected(unlimited);
        assertThat(time.pending()).isZero();
    }

    @Test
    void failsAtOnceOnADisconnectedSocket() {
        socket.disconnect();

        assertDisconnected(socket.emitWithAck("ask"));
        assertDisconnected(socket.timeout(TIMEOUT).emitWithAck("ask"));
    }

    @Test
    void failsOnAConnectionThatIsClosing() {
        client.stall();
        socket.emit("fill");
        socket.conn().close();

        assertDisconnected(socket.emitWithAck("ask"));
    }

    private static void assertDisconnected(CompletableFuture<Arguments> answer) {
        assertThat(answer).isDone();
        assertThatThrownBy(answer::get).cause().isInstanceOf(DisconnectedException.class);
    }

    @Test
    void refusesMoreThanAClientMayOwe() {
        CompletableFuture<Arguments> first = socket.emitWithAck("ask");
        assertThat(socket.emitWithAck("ask")).isNotDone();
        client.received();

        CompletableFuture<Arguments> third = socket.emitWithAck("ask");

        assertThatThrownBy(third::get)
                .cause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("2")
                .hasMessageContaining("maxPendingAcks");
        assertThat(client.received()).isEmpty();
        assertThat(first).isNotDone();
        client.send("30[]");
        assertThat(socket.emitWithAck("ask")).isNotDone();
    }

    @Test
    void owesNothingIfAValueCannotBeWritten() {
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> socket.emitWithAck("ask", new Object()))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        assertThat(socket.emitWithAck("ask")).isNotDone();
    }

    @Test
    void completesOnTheExecutorOfTheServer() {
        ManualExecutor executor = new ManualExecutor();
        SocketIoServer queued =
                SocketIoServer.builder().scheduler(time).executor(executor).build();
        FakeClient other = FakeClient.open(queued);
        other.send("0");
        executor.runAll();
        Socket asked = queued.sockets().sockets().iterator().next();
        CompletableFuture<Arguments> answered = asked.emitWithAck("ask");
        CompletableFuture<Arguments> late = asked.timeout(TIMEOUT).emitWithAck("ask");
        CompletableFuture<Arguments> lost = asked.emitWithAck("ask");

        other.send("30[1]");
        time.advance(TIMEOUT);
        other.hangUp();
        assertThat(answered).isNotDone();
        assertThat(late).isNotDone();
        assertThat(lost).isNotDone();

        executor.runAll();
        assertThat(answered).isCompleted();
        assertThat(late).isCompletedExceptionally();
        assertThat(lost).isCompletedExceptionally();
    }

    @Test
    void mayBeWaitedForInAListener() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            SocketIoServer parallel =
                    SocketIoServer.builder().scheduler(time).executor(threads).build();
            CompletableFuture<String> outcome = new CompletableFuture<>();
            CountDownLatch asked = new CountDownLatch(1);
            parallel.onConnection(connected -> connected.on(
                    "start",
                    () -> outcome.complete(connected
                            .emitWithAck("ask")
                            .get(10, TimeUnit.SECONDS)
                            .get(0, String.class))));
            CountDownLatch welcomed = new CountDownLatch(1);
            FakeClient other = FakeClient.open(parallel);
            other.onReceive(packet -> (packet.startsWith("0") ? welcomed : asked).countDown());
            other.send("0");
            assertThat(welcomed.await(10, TimeUnit.SECONDS)).isTrue();

            other.send("2[\"start\"]");
            other.send("2[\"waits in the lane\"]");
            assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
            other.send("30[\"yes\"]");

            assertThat(outcome.get(10, TimeUnit.SECONDS)).isEqualTo("yes");
        } finally {
            threads.shutdownNow();
        }
    }
}
