package dev.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.time.FakeScheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AsyncMiddlewareTest {

    private final FakeScheduler time = new FakeScheduler();
    private final SocketIoServer io =
            SocketIoServer.builder().scheduler(time).executor(Runnable::run).build();
    private final FakeClient client = FakeClient.open(io);
    private final CompletableFuture<String> decision = new CompletableFuture<>();
    private final List<Socket> seen = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();

    @Test
    void letsPassWhenItsStageCompletes() {
        io.useAsync(socket -> decision);
        io.use(socket -> calls.add("next"));
        client.send("0");
        assertThat(client.received()).isEmpty();
        assertThat(calls).isEmpty();

        decision.complete("welcome");

        assertThat(calls).containsExactly("next");
        assertThat(client.received()).hasSize(1);
        assertThat(io.sockets().sockets()).hasSize(1);
    }

    @Test
    void refusesWhenItsStageFails() {
        io.useAsync(socket -> decision);
        io.use(socket -> calls.add("next"));
        client.send("0");

        decision.completeExceptionally(new ConnectErrorException("no", 7));

        assertThat(client.received()).containsExactly("4{\"message\":\"no\",\"data\":7}");
        assertThat(calls).isEmpty();
    }

    @Test
    void tellsTheCauseOfAFailureFurtherUp() {
        io.useAsync(socket -> decision.thenApply(String::length));
        client.send("0");

        decision.completeExceptionally(new ConnectErrorException("no"));

        assertThat(client.received()).containsExactly("4{\"message\":\"no\"}");
    }

    @Test
    void refusesWhenItsStageHasFailedAlready() {
        io.useAsync(socket -> CompletableFuture.failedFuture(new ConnectErrorException("no")));

        client.send("0");

        assertThat(client.received()).containsExactly("4{\"message\":\"no\"}");
    }

    @Test
    void refusesWhenItsStageIsCancelled() {
        io.useAsync(socket -> decision);
        client.send("0");

        try (LogCapture log = new LogCapture(Admission.class)) {
            decision.completeExceptionally(new CancellationException());
            assertThat(log.records()).hasSize(1);
        }

        assertThat(client.received()).containsExactly("4{\"message\":\"Internal server error\"}");
    }

    @Test
    void refusesWhenItThrowsInsteadOfReturningAStage() {
        io.useAsync(socket -> {
            throw new ConnectErrorException("no");
        });

        client.send("0");

        assertThat(client.received()).containsExactly("4{\"message\":\"no\"}");
    }

    @Test
    void refusesWhenItReturnsNoStage() {
        io.useAsync(socket -> missing());

        try (LogCapture log = new LogCapture(Admission.class)) {
            client.send("0");
            assertThat(log.records()).hasSize(1);
        }

        assertThat(client.received()).containsExactly("4{\"message\":\"Internal server error\"}");
    }

    @SuppressWarnings("NullAway") // what a caller without a null checker may do
    private static CompletableFuture<Void> missing() {
        return null;
    }

    @Test
    void leavesNothingWhenItsStageCompletesAfterTheConnectionEnded() {
        io.onConnection(socket -> calls.add("connection"));
        io.useAsync(socket -> {
            seen.add(socket);
            socket.join("before");
            return decision.thenRun(() -> socket.join("after"));
        });
        client.send("0");
        client.hangUp();

        decision.complete("welcome");

        Socket socket = seen.get(0);
        assertThat(socket.isConnected()).isFalse();
        assertThat(socket.rooms()).isEmpty();
        assertThat(io.sockets().sockets()).isEmpty();
        assertThat(client.received()).isEmpty();
        assertThat(calls).isEmpty();
    }

    @Test
    void leavesNothingWhenItsStageFailsAfterTheConnectionEnded() {
        io.useAsync(socket -> {
            seen.add(socket);
            return decision;
        });
        client.send("0");
        client.hangUp();

        decision.completeExceptionally(new ConnectErrorException("no"));

        assertThat(seen.get(0).rooms()).isEmpty();
        assertThat(client.received()).isEmpty();
    }

    @Test
    void doesNotCallDisconnectListenersOfASocketThatNeverConnected() {
        io.useAsync(socket -> {
            socket.onDisconnecting(reason -> calls.add("disconnecting"));
            socket.onDisconnect(reason -> calls.add("disconnect"));
            return decision;
        });
        client.send("0");

        client.hangUp();

        assertThat(calls).isEmpty();
    }

    @Test
    void delaysNoOtherNamespaceOfTheConnection() {
        io.useAsync(socket -> decision);
        io.of("/open");
        client.send("0");

        assertThat(client.connect("/open").isConnected()).isTrue();
    }

    @Test
    void continuesOnTheExecutorOfTheServer() {
        ManualExecutor executor = new ManualExecutor();
        SocketIoServer queued =
                SocketIoServer.builder().scheduler(time).executor(executor).build();
        queued.useAsync(socket -> decision);
        FakeClient other = FakeClient.open(queued);
        other.send("0");
        executor.runAll();

        decision.complete("welcome");
        assertThat(other.received()).isEmpty();

        executor.runAll();
        assertThat(other.received()).hasSize(1);
    }
}
