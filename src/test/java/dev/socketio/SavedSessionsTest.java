package dev.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.time.FakeScheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When the sessions of clients that are here are saved, for adapters that keep them elsewhere. */
class SavedSessionsTest {

    private static final Duration SOON = Duration.ofMillis(20);
    private static final Duration REFRESH = Duration.ofSeconds(30);

    private final FakeScheduler time = new FakeScheduler();
    private final FakeCluster cluster = new FakeCluster().savingSessions();
    private final SocketIoServer io = SocketIoServer.builder()
            .scheduler(time)
            .executor(Runnable::run)
            .pingInterval(Duration.ofHours(1))
            .connectionStateRecovery(ConnectionStateRecovery.defaults())
            .adapter(context -> cluster)
            .build();

    @AfterEach
    void leavesNothingBehind() {
        io.close();
        assertThat(time.pending()).isZero();
    }

    private RecoveringClient connect() {
        RecoveringClient client = RecoveringClient.connect(io);
        time.advance(SOON);
        return client;
    }

    private List<String> saved() {
        List<String> saved = List.copyOf(cluster.sessions());
        cluster.sessions().clear();
        return saved;
    }

    @Test
    void soonAfterTheClientHasConnected() {
        RecoveringClient client = RecoveringClient.connect(io);
        time.advance(SOON.minusNanos(1));
        assertThat(saved()).isEmpty();

        time.advance(Duration.ofNanos(1));

        assertThat(saved()).containsExactly("save " + client.pid() + " " + Set.of(client.id()) + " {}");
    }

    @Test
    void onceAfterSeveralChanges() {
        RecoveringClient client = connect();
        saved();
        Socket socket = client.socket();
        socket.join("a", "b");
        socket.leave("a");
        socket.data().put("name", "ann");
        assertThat(saved()).isEmpty();

        time.advance(SOON);

        assertThat(saved()).hasSize(1).first().asString().contains("b").endsWith("{\"name\":\"ann\"}");
        socket.expiresAt(Instant.MAX);
        time.advance(SOON);
        assertThat(saved()).hasSize(1);
        time.advance(SOON);
        assertThat(saved()).isEmpty();
    }

    @Test
    void againBeforeTheyExpire() {
        connect();
        saved();
        for (int i = 0; i < 3; i++) {
            time.advance(REFRESH);
            assertThat(saved()).hasSize(1);
        }
    }

    @Test
    void againIfThatHasFailed() {
        RecoveringClient client = connect();
        saved();
        cluster.failToSave(true);
        client.socket().join("a");
        time.advance(SOON);
        assertThat(saved()).hasSize(1);
        cluster.failToSave(false);

        time.advance(Duration.ofSeconds(1));
        assertThat(saved()).hasSize(1);
        time.advance(Duration.ofSeconds(1));
        assertThat(saved()).isEmpty();
    }

    @Test
    void notAfterTheEnd() {
        RecoveringClient client = connect();
        saved();
        client.socket().join("a");
        client.hangUp();
        assertThat(saved()).hasSize(1).first().asString().startsWith("persist " + client.pid());

        time.advance(REFRESH.multipliedBy(2));
        assertThat(saved()).isEmpty();
    }

    @Test
    void forgottenWhenTheClientLeaves() {
        RecoveringClient client = connect();
        saved();
        client.connection().send("1");

        assertThat(saved()).containsExactly("forget " + client.pid());
    }

    @Test
    void manyInBatches() {
        for (int i = 0; i < 1_200; i++) {
            RecoveringClient.connect(io);
        }
        time.advance(SOON);
        assertThat(saved()).hasSize(500);
        time.advance(SOON);
        assertThat(saved()).hasSize(500);
        time.advance(SOON);
        assertThat(saved()).hasSize(200);
    }

    @Test
    void theSocketEndsWhoseSessionAnotherServerHasTaken() {
        RecoveringClient client = connect();
        Socket socket = client.socket();
        client.received();

        cluster.take(client.pid());

        assertThat(socket.isConnected()).isFalse();
        assertThat(client.connection().isClosed()).isTrue();
    }
}
