package dev.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.time.FakeScheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ExpiryTest {

    private final FakeScheduler time = new FakeScheduler();
    private final SocketIoServer io = SocketIoServer.builder()
            .scheduler(time)
            .executor(Runnable::run)
            .pingInterval(Duration.ofDays(100_000)) // so that nothing else happens meanwhile
            .build();
    private final FakeClient client = FakeClient.open(io);
    private final List<String> calls = new ArrayList<>();

    private Instant in(long seconds) {
        return time.now().plusSeconds(seconds);
    }

    private Socket connect() {
        Socket socket = client.connect();
        socket.onDisconnect(reason -> calls.add(reason.toString()));
        return socket;
    }

    @Test
    void disconnectsWhenTheTimeIsOverAndKeepsTheConnection() {
        io.of("/other");
        Socket socket = connect();
        Socket other = client.connect("/other");
        socket.on("late", () -> calls.add("late"));

        socket.expiresAt(in(60));
        time.advance(Duration.ofSeconds(60).minusNanos(1));
        assertThat(socket.isConnected()).isTrue();
        time.advance(Duration.ofNanos(1));

        assertThat(client.received()).containsExactly("1");
        assertThat(calls).containsExactly("expired");
        assertThat(io.sockets().sockets()).isEmpty();
        assertThat(other.isConnected()).isTrue();
    }

    @Test
    void isProlonged() {
        Socket socket = connect();
        socket.expiresAt(in(60));

        time.advance(Duration.ofSeconds(59));
        socket.expiresAt(in(60));
        time.advance(Duration.ofSeconds(59));
        assertThat(socket.isConnected()).isTrue();
        assertThat(socket.expiresAt()).contains(in(1));
        time.advance(Duration.ofSeconds(1));

        assertThat(calls).containsExactly("expired");
    }

    @Test
    void isRemoved() {
        Socket socket = connect();
        int timers = time.pending();

        socket.expiresAt(in(60));
        socket.expiresAt(null);
        assertThat(time.pending()).isEqualTo(timers);
        socket.expiresAt(in(60));
        socket.expiresAt(Instant.MAX);

        assertThat(time.pending()).isEqualTo(timers);
        assertThat(socket.expiresAt()).isEmpty();
    }

    @Test
    void disconnectsAtOnceWhenTheTimeHasPassed() {
        Socket socket = connect();

        socket.expiresAt(time.now());

        assertThat(client.received()).containsExactly("1");
        assertThat(calls).containsExactly("expired");
        assertThat(socket.isConnected()).isFalse();
    }

    @Test
    void mayBeYearsAway() {
        Socket socket = connect();

        socket.expiresAt(Instant.parse("9999-12-31T23:59:59Z"));
        time.advance(Duration.ofDays(2));
        assertThat(socket.isConnected()).isTrue();
        socket.expiresAt(in(Duration.ofDays(30).toSeconds()));
        time.advance(Duration.ofDays(30));

        assertThat(calls).containsExactly("expired");
    }

    @Test
    void isSetByAMiddleware() {
        io.use(socket -> socket.expiresAt(in(60)));
        connect();

        time.advance(Duration.ofSeconds(60));

        assertThat(calls).containsExactly("expired");
    }

    @Test
    void endsAClientWhoseMiddlewareTakesTooLong() {
        CompletableFuture<Void> decision = new CompletableFuture<>();
        io.use(socket -> socket.expiresAt(in(1)));
        io.useAsync(socket -> decision);
        io.onConnection(socket -> calls.add("connection"));
        client.send("0");

        time.advance(Duration.ofSeconds(1));
        decision.complete(null);

        assertThat(client.received()).containsExactly("1");
        assertThat(calls).isEmpty();
        assertThat(io.sockets().sockets()).isEmpty();
    }

    @Test
    void leavesNoTimerBehindWhenTheSocketEnds() {
        Socket socket = connect();
        int timers = time.pending();
        socket.expiresAt(in(60));

        client.send("1");
        assertThat(time.pending()).isEqualTo(timers);
        socket.expiresAt(in(60));

        assertThat(time.pending()).isEqualTo(timers);
        assertThat(calls).containsExactly("client namespace disconnect");
    }

    @Test
    void leavesNoTimerBehindWhenAMiddlewareRefuses() {
        int timers = time.pending();
        io.use(socket -> {
            socket.expiresAt(in(60));
            throw new ConnectErrorException("no");
        });

        client.send("0");

        assertThat(client.received()).containsExactly("4{\"message\":\"no\"}");
        assertThat(time.pending()).isEqualTo(timers);
    }
}
