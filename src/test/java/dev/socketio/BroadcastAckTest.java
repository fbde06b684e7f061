package dev.socketio;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socketio.protocol.Value;
import dev.socketio.time.FakeScheduler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BroadcastAckTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration TICK = Duration.ofNanos(1);

    private final FakeScheduler time = new FakeScheduler();
    private final SocketIoServer io = SocketIoServer.builder()
            .scheduler(time)
            .executor(Runnable::run)
            .maxPendingAcks(2)
            .build();
    private final FakeClient a = FakeClient.open(io);
    private final FakeClient b = FakeClient.open(io);
    private final FakeClient c = FakeClient.open(io);
    private final Socket socketA = a.connect();
    private final Socket socketB = b.connect();
    private final Socket socketC = c.connect();
    private final int timers = time.pending();

    @BeforeEach
    void joinRooms() {
        socketA.join("ab");
        socketB.join("ab");
        socketC.join("c");
    }

    private static void assertResponses(CompletableFuture<List<Value>> future, String... responses) {
        assertThat(future).isCompleted();
        assertThat(future.join()).extracting(Value::toString).containsExactly(responses);
    }

    private static MissingAcksException missing(CompletableFuture<List<Value>> future) {
        Throwable failure = future.handle((responses, thrown) -> thrown).getNow(null);
        assertThat(failure).isInstanceOf(MissingAcksException.class);
        return (MissingAcksException) requireNonNull(failure);
    }

    @Test
    void endsWhenAllHaveAnswered() {
        CompletableFuture<List<Value>> future = io.emitWithAck("ask", 1);
        assertThat(a.received()).containsExactly("20[\"ask\",1]");
        assertThat(b.received()).containsExactly("20[\"ask\",1]");
        assertThat(c.received()).containsExactly("20[\"ask\",1]");

        c.send("30[\"c\"]");
        a.send("30[\"a\"]");
        assertThat(future).isNotDone();
        b.send("30[\"b\"]");

        assertResponses(future, "\"c\"", "\"a\"", "\"b\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // what a client answers | what is taken of it
                "30[1,2]                 | 1",
                "30[{\"x\":[null]}]      | {\"x\":[null]}",
                "30[]                    | null",
                "30                      | null",
                "30[null]                | null",
            })
    void takesTheFirstArgumentOfEachAnswer(String packet, String response) {
        CompletableFuture<List<Value>> future = io.to("c").emitWithAck("ask");

        c.send(packet);

        assertResponses(future, response);
    }

    @Test
    void takesBytes() {
        CompletableFuture<List<Value>> future = io.to("c").emitWithAck("ask", new byte[] {9});
        assertThat(c.received()).containsExactly("51-0[\"ask\",{\"_placeholder\":true,\"num\":0}]", "<09>");

        c.send("61-0[{\"_placeholder\":true,\"num\":0}]");
        c.send(new byte[] {1, 2});

        assertThat(future.join().get(0).as(byte[].class)).containsExactly(1, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "ab except"})
    void endsAtOnceWithoutReceivers(String rooms) {
        BroadcastOperator nobody =
                rooms.equals("nobody") ? io.to(rooms) : io.to("ab").except("ab");

        assertResponses(nobody.emitWithAck("ask"));
        assertResponses(nobody.timeout(TIMEOUT).emitWithAck("ask"));
        assertThat(time.pending()).isEqualTo(timers);
    }

    @Test
    void asksThoseWhoAreSelected() {
        CompletableFuture<List<Value>> room = io.to("ab").emitWithAck("ask");
        CompletableFuture<List<Value>> others = socketA.broadcast().emitWithAck("ask");
        assertThat(a.received()).containsExactly("20[\"ask\"]");
        assertThat(b.received()).containsExactly("20[\"ask\"]", "21[\"ask\"]");
        assertThat(c.received()).containsExactly("21[\"ask\"]");

        a.send("30[1]");
        b.send("31[2]");
        b.send("30[3]");
        c.send("31[4]");

        assertResponses(room, "1", "3");
        assertResponses(others, "2", "4");
    }

    @Test
    void isThereForNamespacesToo() {
        Namespace admin = io.of("/admin");
        a.connect("/admin");

        CompletableFuture<List<Value>> future = admin.timeout(TIMEOUT).emitWithAck("ask");
        assertThat(a.received()).containsExactly("2/admin,0[\"ask\"]");
        a.send("3/admin,0[1]");

        assertResponses(future, "1");
    }

    @Test
    void ignoresSecondAnswersAndThoseOfStrangers() {
        CompletableFuture<List<Value>> future = io.to("ab").emitWithAck("ask");

        a.send("30[1]");
        a.send("30[2]");
        c.send("30[3]");
        assertThat(future).isNotDone();
        b.send("30[4]");

        assertResponses(future, "1", "4");
    }

    @Test
    void failsWithThePartialAnswersWhenTheTimeIsOver() {
        CompletableFuture<List<Value>> future = io.timeout(TIMEOUT).emitWithAck("ask");
        a.send("30[1]");
        time.advance(TIMEOUT.minus(TICK));
        b.send("30[2]");
        assertThat(future).isNotDone();

        time.advance(TICK);

        MissingAcksException failure = missing(future);
        assertThat(failure).hasMessage("operation has timed out").cause().isInstanceOf(TimeoutException.class);
        assertThat(failure.responses()).extracting(Value::toString).containsExactly("1", "2");
        c.send("30[3]");
        assertThat(socketC.isConnected()).isTrue();
    }

    @Test
    void hasOneTimerThatEndsWithTheLastAnswer() {
        CompletableFuture<List<Value>> future = io.timeout(TIMEOUT).emitWithAck("ask");
        assertThat(time.pending()).isEqualTo(timers + 1);

        for (FakeClient client : List.of(a, b, c)) {
            client.send("30[1]");
        }

        assertThat(future).isCompleted();
        assertThat(time.pending()).isEqualTo(timers);
    }

    @Test
    void owesNothingOnceTheTimeIsOver() {
        for (int i = 0; i < 5; i++) { // more than a client may owe
            CompletableFuture<List<Value>> future = io.timeout(TIMEOUT).emitWithAck("ask");
            time.advance(TIMEOUT);
            assertThat(missing(future)).hasMessage("operation has timed out");
            for (FakeClient client : List.of(a, b, c)) {
                client.sendRaw("3"); // time goes on, and pings do
            }
        }

        assertThat(socketA.emitWithAck("ask")).isNotDone();
    }

    @Test
    void owesNothingOnceItIsCancelled() {
        for (int i = 0; i < 5; i++) {
            CompletableFuture<List<Value>> future = io.timeout(TIMEOUT).emitWithAck("ask");
            assertThat(future.cancel(true)).isTrue();
        }

        assertThat(time.pending()).isEqualTo(timers);
        assertThat(socketA.emitWithAck("ask")).isNotDone();
    }

    @Test
    void waitsForTheOthersWhenOneIsGone() {
        CompletableFuture<List<Value>> future = io.timeout(TIMEOUT).emitWithAck("ask");
        a.send("30[1]");

        b.hangUp();
        assertThat(future).isNotDone();
        c.send("30[3]");

        MissingAcksException failure = missing(future);
        assertThat(failure).cause().isInstanceOf(DisconnectedException.class);
        assertThat(failure.responses()).extracting(Value::toString).containsExactly("1", "3");
    }

    @Test
    void endsWithoutATimeoutWhenAllAreGone() {
        CompletableFuture<List<Value>> future = io.emitWithAck("ask");

        a.send("30[1]");
        b.send("1");
        socketC.disconnect();

        assertThat(missing(future).responses()).extracting(Value::toString).containsExactly("1");
    }

    @Test
    void doesNotMissAClientThatLeavesAfterItsAnswer() {
        CompletableFuture<List<Value>> future = io.to("ab").emitWithAck("ask");

        a.send("30[1]");
        a.hangUp();
        b.send("30[2]");

        assertResponses(future, "1", "2");
    }

    @Test
    void takesAnswersThatComeWhileItIsBeingSent() {
        for (FakeClient client : List.of(a, b, c)) {
            client.onReceive(packet -> client.send(packet.replaceAll("2(\\d+).*", "3$1[true]")));
        }

        assertResponses(io.emitWithAck("ask"), "true", "true", "true");
        assertResponses(io.timeout(TIMEOUT).emitWithAck("ask"), "true", "true", "true");
        assertThat(time.pending()).isEqualTo(timers);
    }

    @Test
    void missesAClientThatOwesTooMuch() {
        CompletableFuture<?> first = socketA.emitWithAck("ask");
        CompletableFuture<?> second = socketA.emitWithAck("ask");
        assertThat(first).isNotDone();
        assertThat(second).isNotDone();
        a.received();

        CompletableFuture<List<Value>> future = io.to("ab").emitWithAck("ask");
        b.send("32[1]");

        assertThat(a.received()).isEmpty();
        assertThat(missing(future).responses()).hasSize(1);
    }

    @Test
    void asksThoseWhoCanTakeAVolatileEvent() {
        a.stall();
        socketA.emit("fill");
        a.received();

        CompletableFuture<List<Value>> future = io.to("ab").asVolatile().emitWithAck("ask");
        b.send("30[1]");

        assertResponses(future, "1");
        a.unstall();
        assertThat(a.received()).isEmpty();
    }

    @Test
    void aVolatileQuestionToOneClientFailsIfItIsNotSent() {
        a.stall();
        socketA.emit("fill");

        CompletableFuture<?> answer = socketA.asVolatile().emitWithAck("ask");

        assertThatThrownBy(answer::get).cause().isInstanceOf(TimeoutException.class);
        CompletableFuture<?> other = socketA.emitWithAck("ask");
        assertThat(other).isNotDone();
    }

    @Test
    void asksNobodyIfAValueCannotBeWritten() {
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> io.timeout(TIMEOUT).emitWithAck("ask", new Object()))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        assertThat(time.pending()).isEqualTo(timers);
        assertThat(a.received()).filteredOn(packet -> packet.startsWith("2")).isEmpty();
    }

    @Test
    void refusesReservedNames() {
        assertThatThrownBy(() -> io.emitWithAck("disconnect")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void completesOnTheExecutorOfTheServer() {
        ManualExecutor executor = new ManualExecutor();
        SocketIoServer queued =
                SocketIoServer.builder().scheduler(time).executor(executor).build();
        FakeClient client = FakeClient.open(queued);
        client.send("0");
        executor.runAll();
        Function<BroadcastOperator, CompletableFuture<List<Value>>> ask = operator -> operator.emitWithAck("ask");
        CompletableFuture<List<Value>> answered = ask.apply(queued.all());
        CompletableFuture<List<Value>> late = ask.apply(queued.timeout(TIMEOUT));
        CompletableFuture<List<Value>> lost = ask.apply(queued.all());
        CompletableFuture<List<Value>> nobody = ask.apply(queued.to("nobody"));

        client.send("30[1]");
        time.advance(TIMEOUT);
        client.hangUp();
        for (CompletableFuture<?> each : List.of(answered, late, lost, nobody)) {
            assertThat(each).isNotDone();
        }

        executor.runAll();
        assertResponses(answered, "1");
        assertResponses(nobody);
        assertThat(missing(late)).cause().isInstanceOf(TimeoutException.class);
        assertThat(missing(lost)).cause().isInstanceOf(DisconnectedException.class);
    }

    @Test
    void reachesNobodyOnceTheServerIsClosed() {
        io.close();

        io.emit("late");
        assertResponses(io.timeout(TIMEOUT).emitWithAck("late"));
        assertThat(time.pending()).isZero();
    }
}
