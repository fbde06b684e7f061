package dev.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socketio.engine.TransportName;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SocketIoServerTest {

    @Test
    void hasTheDefaultsOfSocketIo() {
        ServerOptions options = SocketIoServer.builder().options();

        assertThat(options.path()).isEqualTo("/socket.io");
        assertThat(options.serveClient()).isTrue();
        assertThat(options.cors()).isEqualTo(Cors.none());
        assertThat(options.connectTimeout()).isEqualTo(Duration.ofSeconds(45));
        assertThat(options.maxAttachments()).isEqualTo(10);
        assertThat(options.engine().pingInterval()).isEqualTo(Duration.ofSeconds(25));
        assertThat(options.engine().pingTimeout()).isEqualTo(Duration.ofSeconds(20));
        assertThat(options.engine().upgradeTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(options.engine().maxHttpBufferSize()).isEqualTo(1_000_000);
        assertThat(options.engine().transports()).containsExactlyInAnyOrder(TransportName.values());
        assertThat(options.engine().allowUpgrades()).isTrue();
        assertThat(options.engine().roles()).isEmpty();
    }

    @Test
    void hasTheLimitsThatItsBuilderDocuments() {
        ServerOptions options = SocketIoServer.builder().options();

        assertThat(options.maxNamespacesPerConnection()).isEqualTo(100);
        assertThat(options.maxRoomsPerSocket()).isEqualTo(10_000);
        assertThat(options.maxPendingAcks()).isEqualTo(10_000);
        assertThat(options.maxQueuedEvents()).isEqualTo(1_000);
        assertThat(options.listenerThreads()).isEqualTo(256);
        assertThat(options.engine().maxOutboxBytes()).isEqualTo(8 * 1024 * 1024);
        assertThat(options.engine().maxSessions()).isEqualTo(100_000);
    }

    @Test
    void takesWhatItsBuilderIsGiven() {
        Cors cors = Cors.origins("*");
        ServerOptions options = SocketIoServer.builder()
                .path("/chat")
                .serveClient(false)
                .cors(cors)
                .transports(List.of(TransportName.POLLING))
                .allowUpgrades(false)
                .roles(List.of("admin"))
                .maxSessions(3)
                .options();

        assertThat(options.path()).isEqualTo("/chat");
        assertThat(options.serveClient()).isFalse();
        assertThat(options.cors()).isSameAs(cors);
        assertThat(options.engine().transports()).isEqualTo(Set.of(TransportName.POLLING));
        assertThat(options.engine().allowUpgrades()).isFalse();
        assertThat(options.engine().roles()).containsExactly("admin");
        assertThat(options.engine().maxSessions()).isEqualTo(3);
    }

    @Test
    void namesTheOptionThatItsBuilderRefuses() {
        SocketIoServer.Builder builder = SocketIoServer.builder();

        assertThatThrownBy(() -> builder.maxPendingAcks(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxPendingAcks is 0: give a number of more than zero");
        assertThatThrownBy(() -> builder.connectTimeout(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("connectTimeout is PT0S: give a time of more than zero");
        assertThatThrownBy(() -> builder.path("socket.io"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("path is \"socket.io\": give one such as /socket.io");
    }

    @Test
    void runsListenersOnThreadsOfItsOwn() throws Exception {
        try (SocketIoServer io = SocketIoServer.builder().build()) {
            CompletableFuture<Thread> thread = new CompletableFuture<>();
            io.onConnection(socket -> thread.complete(Thread.currentThread()));

            FakeClient.open(io).send("0");

            Thread listening = thread.get(10, TimeUnit.SECONDS);
            assertThat(listening).isNotSameAs(Thread.currentThread());
            assertThat(listening.isDaemon()).isTrue();
        }
    }

    @Test
    void waitsForDisconnectListenersWhenItCloses() throws Exception {
        SocketIoServer io = SocketIoServer.builder().build();
        AtomicReference<String> told = new AtomicReference<>("");
        CountDownLatch connected = new CountDownLatch(1);
        io.onConnection(socket -> {
            socket.onDisconnect(reason -> told.set(reason.toString()));
            connected.countDown();
        });
        FakeClient client = FakeClient.open(io);
        client.send("0");
        assertThat(connected.await(10, TimeUnit.SECONDS)).isTrue();

        io.close();

        assertThat(told).hasValue("server shutting down");
        assertThat(client.isClosed()).isTrue();
        io.close();
    }

    @Test
    void hearsEverythingBeforeItCloses() throws Exception {
        SocketIoServer io = SocketIoServer.builder().build();
        CountDownLatch connected = new CountDownLatch(1);
        CountDownLatch closing = new CountDownLatch(1);
        CountDownLatch heard = new CountDownLatch(600);
        CountDownLatch told = new CountDownLatch(1);
        io.onConnection(socket -> {
            socket.on("e", heard::countDown);
            socket.on("block", () -> closing.await());
            socket.onDisconnect(reason -> told.countDown());
            connected.countDown();
        });
        FakeClient client = FakeClient.open(io);
        client.send("0");
        assertThat(connected.await(10, TimeUnit.SECONDS)).isTrue();
        client.send("2[\"block\"]");
        for (int i = 0; i < 600; i++) {
            client.send("2[\"e\"]");
        }

        Thread closer = new Thread(io::close);
        closer.start();
        while (closer.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait(); // until it waits for the listeners
        }
        closing.countDown();
        closer.join(10_000);

        assertThat(heard.getCount()).isZero();
        assertThat(told.getCount()).isZero();
    }
}
