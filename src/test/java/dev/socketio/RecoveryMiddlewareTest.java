package dev.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.time.FakeScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Middlewares, connection listeners and the events that they emit, where clients are recovered. */
class RecoveryMiddlewareTest {

    private static final ConnectionStateRecovery WITH_MIDDLEWARES =
            ConnectionStateRecovery.defaults().withSkipMiddlewares(false);

    private final FakeScheduler time = new FakeScheduler();
    private final List<SocketIoServer> servers = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();

    private SocketIoServer server(ConnectionStateRecovery recovery) {
        SocketIoServer io = SocketIoServer.builder()
                .scheduler(time)
                .executor(Runnable::run)
                .connectionStateRecovery(recovery)
                .build();
        servers.add(io);
        return io;
    }

    @AfterEach
    void leavesNothingBehind() {
        servers.forEach(SocketIoServer::close);
        assertThat(servers).allSatisfy(io -> assertThat(io.sockets().sockets()).isEmpty());
        assertThat(time.pending()).isZero();
    }

    @Test
    void areSkippedUnlessSet() {
        SocketIoServer io = server(ConnectionStateRecovery.defaults());
        io.use(socket -> calls.add("middleware"));
        RecoveringClient client = RecoveringClient.connect(io);
        client.hangUp();
        client.comeBack().received();

        assertThat(client.isRecovered()).isTrue();
        assertThat(calls).containsExactly("middleware");
    }

    @Test
    void areNotSkippedForAClientThatIsNotRecovered() {
        SocketIoServer io = server(ConnectionStateRecovery.defaults());
        io.use(socket -> calls.add("middleware"));
        RecoveringClient client = RecoveringClient.connect(io);
        client.connection().send("1");
        client.comeBack().received();

        assertThat(calls).containsExactly("middleware", "middleware");
    }

    @Test
    void runBeforeAnythingIsSentIfTheyAreNotSkipped() {
        SocketIoServer io = server(WITH_MIDDLEWARES);
        RecoveringClient client = RecoveringClient.connect(io);
        client.hangUp();
        io.emit("a");
        CompletableFuture<Void> decision = new CompletableFuture<>();
        io.useAsync(socket -> {
            calls.add("recovered " + socket.isRecovered());
            return decision;
        });

        assertThat(client.comeBack().received()).isEmpty();
        io.emit("b");
        decision.complete(null);

        assertThat(client.received()).containsExactly("a", "b", "CONNECT");
        assertThat(client.isRecovered()).isTrue();
        assertThat(calls).containsExactly("recovered true");
    }

    @Test
    void whoIsRefusedLearnsNothingAndMayTryAgain() {
        SocketIoServer io = server(WITH_MIDDLEWARES);
        RecoveringClient client = RecoveringClient.connect(io);
        client.socket().join("room");
        client.hangUp();
        io.emit("a");
        try (Registration refusing = refuse(io)) {
            assertThat(refusing).isNotNull();
            assertThat(client.comeBack().received()).containsExactly("4{\"message\":\"no\"}");
            io.emit("b");
        }

        assertThat(client.comeBack().received()).containsExactly("a", "b", "CONNECT");
        assertThat(client.isRecovered()).isTrue();
        assertThat(client.socket().rooms()).contains("room");
    }

    /** Refuses everybody until it is closed. */
    private static Registration refuse(SocketIoServer io) {
        boolean[] refuses = {true};
        io.use(socket -> {
            if (refuses[0]) {
                throw new ConnectErrorException("no");
            }
        });
        return () -> refuses[0] = false;
    }

    @Test
    void aClientThatGoesBeforeTheyHaveDecidedMayTryAgain() {
        SocketIoServer io = server(WITH_MIDDLEWARES);
        RecoveringClient client = RecoveringClient.connect(io);
        client.hangUp();
        List<CompletableFuture<Void>> decisions = new ArrayList<>();
        io.useAsync(socket -> {
            decisions.add(new CompletableFuture<>());
            return decisions.get(decisions.size() - 1);
        });
        client.comeBack();
        client.hangUp();
        decisions.get(0).complete(null);
        assertThat(io.sockets().sockets()).isEmpty();

        client.comeBack();
        decisions.get(1).complete(null);
        client.received();
        assertThat(client.isRecovered()).isTrue();
    }

    @Test
    void aClientThatIsStillLookedAtIsSuperseded() {
        SocketIoServer io = server(WITH_MIDDLEWARES);
        RecoveringClient client = RecoveringClient.connect(io);
        client.hangUp();
        List<CompletableFuture<Void>> decisions = new ArrayList<>();
        io.useAsync(socket -> {
            decisions.add(new CompletableFuture<>());
            return decisions.get(decisions.size() - 1);
        });
        client.comeBack();
        FakeClient first = client.connection();
        client.comeBack();
        decisions.forEach(decision -> decision.complete(null));
        client.received();

        assertThat(client.isRecovered()).isTrue();
        assertThat(first.isClosed()).isTrue();
        assertThat(first.received()).isEmpty();
        assertThat(io.sockets().sockets()).hasSize(1);
    }

    @Test
    void whatTheyEmitArrives() {
        SocketIoServer io = server(WITH_MIDDLEWARES);
        io.use(socket -> {
            socket.emit("from the middleware");
            io.emit("for others");
            io.to(socket.id()).emit("for others");
        });
        io.onConnection(socket -> socket.emit("from the listener"));
        FakeClient client = FakeClient.open(io);
        client.send("0");

        List<String> packets = client.received();
        assertThat(packets).hasSize(3);
        assertThat(packets.get(0)).startsWith("2[\"from the middleware\",");
        assertThat(packets.get(1)).startsWith("0{");
        assertThat(packets.get(2)).startsWith("2[\"from the listener\",");
    }

    @Test
    void whatTheyEmitToARecoveredClientComesInOrder() {
        SocketIoServer io = server(WITH_MIDDLEWARES);
        RecoveringClient client = RecoveringClient.connect(io);
        client.hangUp();
        io.emit("a");
        io.use(socket -> socket.emit("b"));
        io.onConnection(socket -> socket.emit("c"));

        assertThat(client.comeBack().received()).containsExactly("a", "b", "CONNECT", "c");
    }

    @Test
    void theRightToStayEndsForARecoveredClientToo() {
        SocketIoServer io = server(ConnectionStateRecovery.defaults());
        io.use(socket -> socket.expiresAt(time.now().plusSeconds(60)));
        RecoveringClient client = RecoveringClient.connect(io);
        client.hangUp();
        time.advance(Duration.ofSeconds(30));
        assertThat(client.comeBack().received()).containsExactly("CONNECT");
        assertThat(client.isRecovered()).isTrue();

        time.advance(Duration.ofSeconds(30));

        assertThat(client.received()).containsExactly("1");
    }

    @Test
    void whoseRightHasEndedMeanwhileBeginsAnew() {
        SocketIoServer io = server(ConnectionStateRecovery.defaults());
        io.use(socket -> {
            calls.add("middleware");
            socket.expiresAt(time.now().plusSeconds(60));
        });
        RecoveringClient client = RecoveringClient.connect(io);
        client.hangUp();
        time.advance(Duration.ofSeconds(60));
        client.comeBack().received();

        assertThat(client.isRecovered()).isFalse();
        assertThat(calls).hasSize(2);
    }
}
