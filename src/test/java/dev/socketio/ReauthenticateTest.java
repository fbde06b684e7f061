package dev.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socketio.time.FakeScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReauthenticateTest {

    private final FakeScheduler time = new FakeScheduler();
    private final SocketIoServer io = SocketIoServer.builder()
            .scheduler(time)
            .executor(Runnable::run)
            .pingInterval(Duration.ofDays(1)) // so that nothing else happens meanwhile
            .build();
    private final FakeClient client = FakeClient.open(io);
    private final List<CompletableFuture<Void>> decisions = new ArrayList<>();

    private static String token(Socket socket) {
        return socket.handshake().auth().get("token", String.class).orElse("none");
    }

    private static Object auth(String token) {
        return Map.of("token", token);
    }

    private static void check(Socket socket) {
        if (token(socket).startsWith("bad")) {
            throw new ConnectErrorException("bad token", 401);
        }
    }

    private CompletionStage<Void> decideLater(Socket socket) {
        if (token(socket).equals("none")) {
            return CompletableFuture.completedFuture(null);
        }
        decisions.add(new CompletableFuture<>());
        return decisions.get(decisions.size() - 1);
    }

    private static Throwable failure(CompletableFuture<?> future) {
        assertThat(future).isDone();
        return future.handle((ignored, failure) -> failure).join();
    }

    @Test
    void keepsTheSocketAsItIsAndTakesTheNewAuth() {
        io.use(ReauthenticateTest::check);
        Socket socket = client.connect();
        Handshake first = socket.handshake();
        socket.join("room");
        socket.data().put("name", "Ada");

        CompletableFuture<Void> done = socket.reauthenticate(auth("good"));

        assertThat(done).isCompleted();
        assertThat(token(socket)).isEqualTo("good");
        assertThat(socket.handshake().issued()).isEqualTo(first.issued());
        assertThat(socket.rooms()).contains("room");
        assertThat(socket.data().get("name", String.class)).contains("Ada");
        assertThat(client.received()).isEmpty();
    }

    @Test
    void aRefusalBringsTheOldAuthAndExpiryBack() {
        io.use(socket -> socket.expiresAt(time.now().plusSeconds(token(socket).equals("none") ? 60 : 3600)));
        io.use(ReauthenticateTest::check);
        Socket socket = client.connect();

        CompletableFuture<Void> done = socket.reauthenticate(auth("bad"));

        assertThat(failure(done))
                .isInstanceOfSatisfying(
                        ConnectErrorException.class, e -> assertThat(e.data()).isEqualTo(401));
        assertThat(token(socket)).isEqualTo("none");
        assertThat(socket.isConnected()).isTrue();
        time.advance(Duration.ofSeconds(59));
        assertThat(socket.isConnected()).isTrue();
        time.advance(Duration.ofSeconds(1));
        assertThat(socket.isConnected()).isFalse();
    }

    @Test
    void aRefusalAfterTheOldExpiryDisconnects() {
        io.use(socket -> socket.expiresAt(time.now().plusSeconds(60)));
        io.useAsync(this::decideLater);
        Socket socket = client.connect();
        CompletableFuture<Void> done = socket.reauthenticate(auth("new"));
        time.advance(Duration.ofSeconds(30));
        socket.expiresAt(time.now().plusSeconds(3600));
        time.advance(Duration.ofSeconds(31));
        assertThat(socket.isConnected()).isTrue();

        decisions.get(0).completeExceptionally(new ConnectErrorException("no"));

        assertThat(failure(done)).isInstanceOf(ConnectErrorException.class);
        assertThat(socket.isConnected()).isFalse();
    }

    @Test
    void aNewExpiryProlongs() {
        io.use(socket -> socket.expiresAt(time.now().plusSeconds(60)));
        Socket socket = client.connect();
        time.advance(Duration.ofSeconds(50));

        assertThat(socket.reauthenticate(auth("new"))).isCompleted();

        time.advance(Duration.ofSeconds(19));
        assertThat(socket.expiresAt()).contains(time.now().plusSeconds(41));
        assertThat(socket.isConnected()).isTrue();
    }

    @Test
    void runsOfOneSocketFollowEachOther() {
        List<String> seen = new ArrayList<>();
        io.useAsync(this::decideLater);
        io.use(socket -> seen.add(token(socket)));
        Socket socket = client.connect();

        CompletableFuture<Void> first = socket.reauthenticate(auth("first"));
        CompletableFuture<Void> second = socket.reauthenticate(auth("second"));
        CompletableFuture<Void> third = socket.reauthenticate(auth("third"));
        assertThat(decisions).hasSize(1);
        decisions.get(0).complete(null);
        assertThat(first).isCompleted();
        assertThat(decisions).hasSize(2);
        decisions.get(1).completeExceptionally(new ConnectErrorException("no"));
        assertThat(failure(second)).isInstanceOf(ConnectErrorException.class);
        decisions.get(2).complete(null);

        assertThat(third).isCompleted();
        assertThat(seen).containsExactly("none", "first", "third");
        assertThat(token(socket)).isEqualTo("third");
    }

    @Test
    void aRefusalLeavesTheAuthOfTheRunBefore() {
        io.use(ReauthenticateTest::check);
        Socket socket = client.connect();

        assertThat(socket.reauthenticate(auth("good"))).isCompleted();
        assertThat(socket.reauthenticate(auth("bad"))).isCompletedExceptionally();

        assertThat(token(socket)).isEqualTo("good");
    }

    @Test
    void aDisconnectFailsAllRunsAndShowsTheAuthThatWasAccepted() {
        List<String> seen = new ArrayList<>();
        io.useAsync(this::decideLater);
        Socket socket = client.connect();
        socket.onDisconnect(reason -> seen.add(token(socket)));
        CompletableFuture<Void> running = socket.reauthenticate(auth("unproven"));
        CompletableFuture<Void> waiting = socket.reauthenticate(auth("unproven, too"));

        client.hangUp();
        decisions.get(0).complete(null);

        assertThat(failure(running)).isInstanceOf(DisconnectedException.class);
        assertThat(failure(waiting)).isInstanceOf(DisconnectedException.class);
        assertThat(failure(socket.reauthenticate(auth("late")))).isInstanceOf(DisconnectedException.class);
        assertThat(seen).containsExactly("none");
        assertThat(token(socket)).isEqualTo("none");
        assertThat(decisions).hasSize(1);
    }

    @Test
    void aFaultOfAMiddlewareIsLogged() {
        io.use(socket -> {
            if (!token(socket).equals("none")) {
                throw new IllegalStateException("database gone");
            }
        });
        Socket socket = client.connect();

        try (LogCapture log = new LogCapture(Authority.class)) {
            CompletableFuture<Void> done = socket.reauthenticate(auth("new"));

            assertThat(failure(done)).isInstanceOf(IllegalStateException.class).hasMessage("database gone");
            assertThat(log.records()).hasSize(1);
            assertThat(log.records().get(0).getMessage()).contains(socket.id());
        }
    }

    @Test
    void onlySoManyRunsMayWait() {
        io.useAsync(this::decideLater);
        Socket socket = client.connect();
        for (int i = 0; i < 17; i++) {
            assertThat(socket.reauthenticate(auth("token " + i))).isNotDone();
        }

        assertThat(failure(socket.reauthenticate(auth("one more")))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anAuthIsAnObject() {
        Socket socket = client.connect();

        assertThatThrownBy(() -> socket.reauthenticate("token"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("auth");
        assertThat(socket.reauthenticate(new Credentials("from a record"))).isCompleted();
        assertThat(token(socket)).isEqualTo("from a record");
        assertThat(socket.reauthenticate(
                        FakeClient.open(io).connect().handshake().auth()))
                .isCompleted();
        assertThat(token(socket)).isEqualTo("none");
    }

    private record Credentials(String token) {}

    @Test
    void aSocketThatIsNotConnectedYetCannotStart() {
        List<Throwable> failures = new ArrayList<>();
        io.use(socket -> {
            try {
                failures.add(failure(socket.reauthenticate(auth("early"))));
            } catch (IllegalStateException e) {
                failures.add(e);
            }
        });

        client.connect();

        assertThat(failures).hasSize(1).allMatch(IllegalStateException.class::isInstance);
    }

    @Test
    void middlewaresOfAParentRunToo() {
        ParentNamespace parent = io.of((name, auth) -> true);
        parent.use(ReauthenticateTest::check);
        Socket socket = client.connect("/child");

        assertThat(socket.reauthenticate(auth("bad"))).isCompletedExceptionally();
    }

    @Test
    void aListenerMayWait() throws Exception {
        ExecutorService listeners = Executors.newCachedThreadPool();
        SocketIoServer server =
                SocketIoServer.builder().scheduler(time).executor(listeners).build();
        CompletableFuture<String> answer = new CompletableFuture<>();
        server.use(ReauthenticateTest::check);
        server.onConnection(socket -> {
            socket.on("token", String.class, token -> {
                socket.reauthenticate(auth(token)).join();
                answer.complete(token(socket));
            });
            socket.emit("ready");
        });
        FakeClient waiting = FakeClient.open(server);
        waiting.onReceive(packet -> {
            if (packet.equals("2[\"ready\"]")) {
                waiting.send("2[\"token\",\"good\"]");
            }
        });

        waiting.send("0");

        assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo("good");
        waiting.hangUp();
        listeners.shutdown();
        assertThat(listeners.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }
}
