package dev.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.socketio.time.FakeScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NonBlockingListenersTest {

    private final FakeScheduler time = new FakeScheduler();
    private final SocketIoServer io =
            SocketIoServer.builder().scheduler(time).nonBlockingListeners(true).build();
    private final List<Thread> heardOn = new ArrayList<>();

    @AfterEach
    void stop() {
        io.close();
    }

    @Test
    void runOnTheThreadThatBringsTheEvent() {
        io.use(socket -> heardOn.add(Thread.currentThread()));
        io.onConnection(socket -> {
            heardOn.add(Thread.currentThread());
            socket.on("e", () -> heardOn.add(Thread.currentThread()));
            socket.onDisconnect(reason -> heardOn.add(Thread.currentThread()));
        });
        FakeClient client = FakeClient.open(io);
        client.connect();

        client.send("2[\"e\"]");
        client.send("41");

        assertThat(heardOn).hasSize(4).containsOnly(Thread.currentThread());
    }

    @Test
    void letWhatTakesLongRunOnTheExecutor() throws Exception {
        CompletableFuture<Thread> elsewhere = new CompletableFuture<>();

        io.executor().execute(() -> elsewhere.complete(Thread.currentThread()));

        assertThat(elsewhere.get(15, TimeUnit.SECONDS)).isNotSameAs(Thread.currentThread());
    }

    @Test
    void areLoggedWhenTheyTakeLong() {
        io.onConnection(socket -> socket.on("e", Long.class, millis -> time.advance(Duration.ofMillis(millis))));
        FakeClient client = FakeClient.open(io);
        client.connect();

        try (LogCapture log = new LogCapture(ListenerThreads.class)) {
            client.send("2[\"e\",100]");
            assertThat(log.records()).isEmpty();

            client.send("2[\"e\",101]");
            assertThat(log.records())
                    .singleElement()
                    .extracting(LogRecord::getMessage)
                    .asString()
                    .contains("101 ms");
        }
    }

    @Test
    void haveNoExecutor() {
        SocketIoServer.Builder both =
                SocketIoServer.builder().nonBlockingListeners(true).executor(Runnable::run);

        assertThatIllegalArgumentException()
                .isThrownBy(both::build)
                .withMessageContaining("nonBlockingListeners")
                .withMessageContaining("executor");
    }
}
