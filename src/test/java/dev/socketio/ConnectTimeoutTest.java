package dev.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.time.FakeScheduler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ConnectTimeoutTest {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration TICK = Duration.ofNanos(1);

    private final FakeScheduler time = new FakeScheduler();
    private final SocketIoServer io = SocketIoServer.builder()
            .scheduler(time)
            .executor(Runnable::run)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
    private final FakeClient client = FakeClient.open(io);

    @Test
    void closesAConnectionThatJoinsNothing() {
        time.advance(CONNECT_TIMEOUT.minus(TICK));
        assertThat(client.isClosed()).isFalse();

        time.advance(TICK);
        assertThat(client.isClosed()).isTrue();
        assertThat(io.engine().clientsCount()).isZero();
        assertThat(time.pending()).isZero();
    }

    @Test
    void leavesAConnectionAloneThatJoinedInTime() {
        time.advance(CONNECT_TIMEOUT.minus(TICK));
        client.connect();

        time.advance(CONNECT_TIMEOUT);

        assertThat(client.isClosed()).isFalse();
    }

    @Test
    void leavesAConnectionAloneThatHasJoinedAndLeft() {
        client.connect();
        client.send("1");

        time.advance(CONNECT_TIMEOUT.multipliedBy(2));

        assertThat(client.isClosed()).isFalse();
    }

    @Test
    void isNotStoppedByAnUnknownNamespace() {
        client.send("0/nobody,");

        time.advance(CONNECT_TIMEOUT);

        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void isNotStoppedByAMiddlewareThatRefuses() {
        io.use(socket -> {
            throw new ConnectErrorException("no");
        });
        client.send("0");

        time.advance(CONNECT_TIMEOUT);

        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void isNotStoppedByAMiddlewareThatNeverDecides() {
        io.useAsync(socket -> new CompletableFuture<>());
        client.send("0");

        time.advance(CONNECT_TIMEOUT);

        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void endsWithTheConnection() {
        client.hangUp();

        assertThat(time.pending()).isZero();
    }
}
