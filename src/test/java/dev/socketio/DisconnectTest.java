package dev.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.time.FakeScheduler;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DisconnectTest {

    private final FakeScheduler time = new FakeScheduler();
    private final SocketIoServer io =
            SocketIoServer.builder().scheduler(time).executor(Runnable::run).build();
    private FakeClient client = FakeClient.open(io);
    private final Socket socket = client.connect();
    private final List<String> calls = new ArrayList<>();

    @Test
    void isToldOnce() {
        socket.onDisconnecting(reason -> calls.add("disconnecting " + reason));
        socket.onDisconnect(reason -> calls.add("disconnect " + reason));

        socket.disconnect();
        socket.disconnect();
        socket.disconnect(true);
        client.hangUp();
        io.close();

        assertThat(calls)
                .containsExactly("disconnecting server namespace disconnect", "disconnect server namespace disconnect");
        assertThat(client.received()).containsExactly("1");
    }

    @Test
    void concernsOneNamespace() {
        io.of("/admin");
        Socket admin = client.connect("/admin");

        admin.disconnect();

        assertThat(client.received()).containsExactly("1/admin,");
        assertThat(socket.isConnected()).isTrue();
        assertThat(client.isClosed()).isFalse();
    }

    @Test
    void concernsAllNamespacesAndTheConnectionIfAsked() {
        io.of("/admin");
        Socket admin = client.connect("/admin");
        socket.onDisconnect(reason -> calls.add("main: " + reason));
        admin.onDisconnect(reason -> calls.add("admin: " + reason));

        admin.disconnect(true);

        assertThat(calls)
                .containsExactlyInAnyOrder("main: server namespace disconnect", "admin: server namespace disconnect");
        assertThat(client.received()).containsExactlyInAnyOrder("1", "1/admin,");
        assertThat(client.channelCalls()).containsExactly("close 1005");
        assertThat(io.engine().clientsCount()).isZero();
        assertThat(time.pending()).isZero();
    }

    @Test
    void endsAllNamespacesOfAConnectionThatBreaks() {
        io.of("/admin");
        Socket admin = client.connect("/admin");
        socket.onDisconnect(reason -> calls.add("main: " + reason));
        admin.onDisconnect(reason -> calls.add("admin: " + reason));

        client.hangUp();

        assertThat(calls).containsExactlyInAnyOrder("main: transport close", "admin: transport close");
    }

    @Test
    void writesWhatWasEmittedBefore() {
        client.stall();
        socket.emit("first");
        socket.emit("second");

        socket.disconnect(true);
        assertThat(client.isClosed()).isFalse();
        client.unstall();

        assertThat(client.received()).containsExactly("2[\"first\"]", "2[\"second\"]", "1");
        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void comesAfterTheEventsThatTheClientSentBefore() {
        ManualExecutor executor = new ManualExecutor();
        Socket queued = joinQueued(executor);
        queued.on("e", () -> calls.add("e"));
        queued.onDisconnecting(reason -> calls.add("disconnecting"));
        queued.onDisconnect(reason -> calls.add("disconnect"));

        client.send("2[\"e\"]");
        client.send("2[\"e\"]");
        client.send("1");
        executor.runAll();

        assertThat(calls).containsExactly("e", "e", "disconnecting", "disconnect");
    }

    @Test
    void comesAfterTheEventsThatTheClientSentBeforeItBroke() {
        ManualExecutor executor = new ManualExecutor();
        Socket queued = joinQueued(executor);
        queued.on("e", () -> calls.add("e"));
        queued.onDisconnect(reason -> calls.add(reason.toString()));

        client.send("2[\"e\"]");
        client.hangUp();
        executor.runAll();

        assertThat(calls).containsExactly("e", "transport close");
    }

    @Test
    void silencesEventsThatTheServerHasNotHeardYet() {
        ManualExecutor executor = new ManualExecutor();
        Socket queued = joinQueued(executor);
        queued.on("e", () -> calls.add("e"));
        queued.onAny((event, arguments) -> calls.add("any"));
        queued.onDisconnect(reason -> calls.add("disconnect"));

        client.send("2[\"e\"]");
        queued.disconnect();
        executor.runAll();

        assertThat(calls).containsExactly("disconnect");
    }

    @Test
    void silencesTheEventsBehindTheOneThatDisconnects() {
        ManualExecutor executor = new ManualExecutor();
        Socket queued = joinQueued(executor);
        queued.on("bye", () -> queued.disconnect(true));
        queued.on("e", () -> calls.add("e"));

        client.send("2[\"e\"]");
        client.send("2[\"bye\"]");
        client.send("2[\"e\"]");
        executor.runAll();

        assertThat(calls).containsExactly("e");
        assertThat(client.isClosed()).isTrue();
    }

    /** Joins a namespace of another server, whose lanes stand still until the executor is run. */
    private Socket joinQueued(ManualExecutor executor) {
        SocketIoServer other =
                SocketIoServer.builder().scheduler(time).executor(executor).build();
        client = FakeClient.open(other);
        client.send("0");
        executor.runAll();
        return other.sockets().sockets().iterator().next();
    }

    @Test
    void reachesAllListenersIfOneFails() {
        socket.onDisconnecting(reason -> {
            throw new IllegalStateException("broken");
        });
        socket.onDisconnecting(reason -> {
            throw new NoClassDefFoundError("dev/Missing");
        });
        socket.onDisconnect(reason -> {
            throw new StackOverflowError();
        });
        socket.onDisconnect(reason -> calls.add("disconnect"));
        socket.join("room");

        try (LogCapture log = new LogCapture(Socket.class)) {
            client.hangUp();

            assertThat(log.records()).hasSize(3);
            assertThat(log.records().get(0).getMessage()).contains(socket.id());
        }
        assertThat(calls).containsExactly("disconnect");
        assertThat(io.sockets().sockets()).isEmpty();
        assertThat(socket.rooms()).isEmpty();
    }

    @Test
    void isNotToldToListenersThatHaveBeenRemoved() {
        socket.onDisconnecting(reason -> calls.add("disconnecting")).close();
        Registration removed = socket.onDisconnect(reason -> calls.add("disconnect"));
        socket.onDisconnect(reason -> calls.add("kept"));

        removed.close();
        removed.close();
        client.hangUp();

        assertThat(calls).containsExactly("kept");
    }

    @Test
    void endsWhatTheSocketCanSend() {
        client.hangUp();

        assertThat(socket.emit("e")).isFalse();
        socket.leave("room");
        socket.disconnect();
        socket.disconnect(true);
        assertThat(client.received()).isEmpty();
    }

    @Test
    void keepsTheDataOfTheSocketForItsListeners() {
        socket.data().put("name", "ann");
        socket.onDisconnect(
                reason -> calls.add(socket.data().get("name", String.class).orElse("")));

        client.hangUp();

        assertThat(calls).containsExactly("ann");
    }

    @Test
    void endsTheSecondTimeLikeTheFirstWhenTheServerIsClosed() {
        io.close();
        io.close();

        assertThat(client.isClosed()).isTrue();
        assertThat(time.pending()).isZero();
    }
}
