package dev.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socketio.engine.EngineRequest;
import dev.socketio.protocol.Value;
import dev.socketio.time.FakeScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an adapter makes of several servers: two with a client each, and a third. */
class ClusterTest {

    private static final Duration SERVER_TIMEOUT = Duration.ofSeconds(5);

    private static final EngineRequest REQUEST = new EngineRequest(
            "/socket.io/?EIO=4&transport=websocket&lang=de",
            Map.of("EIO", "4", "transport", "websocket", "lang", "de"),
            Map.of("host", "localhost", "origin", "http://localhost"),
            "192.0.2.1",
            true,
            () -> "ann",
            Set.of(),
            null);

    private final FakeScheduler time = new FakeScheduler();
    private final FakeCluster cluster = new FakeCluster();
    private final SocketIoServer here = server(Runnable::run);
    private final SocketIoServer there = server(Runnable::run);
    private final SocketIoServer third = server(Runnable::run);
    private final FakeClient a = FakeClient.open(here);
    private final FakeClient b = FakeClient.open(there, REQUEST);
    private final Socket socketA = a.connect();
    private final Socket socketB = b.connect();
    private final List<String> heard = new ArrayList<>();

    private SocketIoServer server(Executor executor) {
        return SocketIoServer.builder()
                .scheduler(time)
                .executor(executor)
                .maxQueuedEvents(2)
                .adapter(context -> cluster)
                .build();
    }

    @Test
    void broadcastsReachTheClientsOfAllServers() {
        here.emit("e");
        socketB.broadcast().emit("f");
        here.local().emit("g");

        assertThat(a.received()).containsExactly("2[\"e\"]", "2[\"f\"]", "2[\"g\"]");
        assertThat(b.received()).containsExactly("2[\"e\"]");
    }

    @Test
    void broadcastsCollectAnswersFromAllServers() {
        CompletableFuture<List<Value>> future = here.emitWithAck("ask");
        a.send("30[1]");
        assertThat(future).isNotDone();

        b.send("30[2]");

        assertThat(future.join()).extracting(Value::toString).containsExactly("1", "2");
    }

    @Test
    void utilitiesConcernTheSocketsOfAllServers() {
        assertThat(here.count().join()).isEqualTo(2);
        assertThat(here.local().count().join()).isEqualTo(1);
        here.socketsJoin("x");
        assertThat(socketB.rooms()).contains("x");
        there.to("x").socketsLeave("x");
        assertThat(socketA.rooms()).containsExactly(socketA.id());

        here.to(socketB.id()).disconnectSockets(/* close= */ true);

        assertThat(b.isClosed()).isTrue();
        assertThat(here.sockets().adapter().serverCount().join()).isEqualTo(3);
    }

    @Test
    void aRemoteSocketTellsWhatItsServerKnows() {
        socketB.data().put("user", "ann");
        socketB.join("x");

        RemoteSocket remote = here.to(socketB.id()).fetchSockets().join().get(0);

        assertThat(here.sockets().socket(remote.id())).isEmpty();
        assertThat(remote.rooms()).containsExactlyInAnyOrder("x", socketB.id());
        assertThat(remote.data().get("user", String.class)).contains("ann");
        Handshake original = socketB.handshake();
        Handshake handshake = remote.handshake();
        assertThat(handshake.headers()).isEqualTo(original.headers());
        assertThat(handshake.query()).isEqualTo(original.query());
        assertThat(handshake.url()).isEqualTo(original.url());
        assertThat(handshake.address()).isEqualTo(original.address());
        assertThat(handshake.secure()).isTrue();
        assertThat(handshake.xdomain()).isTrue();
        assertThat(handshake.issued()).isEqualTo(original.issued());
        assertThat(handshake.auth()).hasToString("{}");
        assertThat(handshake.principal()).isEmpty();
    }

    @Test
    void aRemoteSocketDoesAsItIsTold() {
        RemoteSocket remote = here.to(socketB.id()).fetchSockets().join().get(0);

        remote.emit("e");
        remote.join("x");
        CompletableFuture<Value> answer = remote.emitWithAck("ask");
        assertThat(b.received()).containsExactly("2[\"e\"]", "20[\"ask\"]");
        b.send("30[true]");

        assertThat(answer.join()).hasToString("true");
        assertThat(socketB.rooms()).contains("x");
        remote.disconnect();
        assertThat(there.count().join()).isEqualTo(1);
        assertThat(socketB.isConnected()).isFalse();
    }

    @Test
    void serversSendEachOtherEvents() {
        here.on("tell", (arguments, ack) -> heard.add("here"));
        there.on("tell", Point.class, byte[].class, (point, bytes) -> heard.add("there " + point + bytes.length));
        third.sockets().on("tell", (arguments, ack) -> heard.add("third " + ack.isRequested()));

        here.serverSideEmit("tell", new Point(1, 2), new byte[] {1, 2, 3});

        assertThat(heard).containsExactlyInAnyOrder("there Point[x=1, y=2]3", "third false");
        assertThat(a.received()).isEmpty();
        assertThat(b.received()).isEmpty();
    }

    private record Point(int x, int y) {}

    @Test
    void serversTellNamespacesApart() {
        for (SocketIoServer io : List.of(here, there)) {
            io.of("/admin").on("tell", () -> heard.add("admin"));
            io.on("tell", () -> heard.add("main"));
        }

        here.of("/admin").serverSideEmit("tell");

        assertThat(heard).containsExactly("admin");
    }

    @Test
    void serversAnswerEachOther() {
        there.on("sum", int.class, int.class, (x, y, ack) -> {
            ack.send(x + y, "ignored");
            ack.send("too late");
        });
        third.on("sum", (arguments, ack) -> ack.send());

        CompletableFuture<List<Value>> answers = here.serverSideEmitWithAck("sum", 1, 2);

        assertThat(answers.join()).extracting(Value::toString).containsExactlyInAnyOrder("3", "null");
        assertThat(cluster.open()).isEqualTo(3);
    }

    @Test
    void aServerThatDoesNotAnswerIsMissed() {
        there.on("ask", (arguments, ack) -> ack.send("yes"));

        CompletableFuture<List<Value>> answers = here.serverSideEmitWithAck("ask");
        time.advance(SERVER_TIMEOUT.minusNanos(1));
        assertThat(answers).isNotDone();
        time.advance(Duration.ofNanos(1));

        assertThatThrownBy(answers::get)
                .cause()
                .isInstanceOfSatisfying(
                        MissingAcksException.class,
                        missing -> assertThat(missing.responses()).hasSize(1));
    }

    @Test
    void aServerThatStandsAloneAsksNobody() {
        SocketIoServer alone =
                SocketIoServer.builder().scheduler(time).executor(Runnable::run).build();
        alone.on("tell", () -> heard.add("alone"));

        alone.serverSideEmit("tell");

        assertThat(alone.serverSideEmitWithAck("tell").join()).isEmpty();
        assertThat(heard).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect", "connection", "new_namespace"})
    void namesOfTheServersOwnEventsAreRefused(String event) {
        assertThatThrownBy(() -> here.serverSideEmit(event))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(event);
        assertThatThrownBy(() -> here.of("/admin").serverSideEmitWithAck(event))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> here.on(event, () -> {})).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void listenersHearEventsInOrderAndLater() {
        ManualExecutor executor = new ManualExecutor();
        SocketIoServer queued = server(executor);
        queued.on("tell", int.class, number -> heard.add("tell " + number));
        queued.on("tell", () -> {
            throw new IllegalStateException("expected by the test");
        });

        try (LogCapture logs = new LogCapture(Listeners.class)) {
            for (int i = 0; i < 3; i++) {
                here.serverSideEmit("tell", i);
            }
            assertThat(heard).isEmpty();
            executor.runAll();
            assertThat(logs.records()).hasSize(3);
        }

        assertThat(heard).containsExactly("tell 0", "tell 1", "tell 2");
    }

    @Test
    void eventsThatNobodyKeepsUpWithAreDropped() {
        ManualExecutor executor = new ManualExecutor();
        SocketIoServer stuck = server(executor);
        stuck.on("tell", () -> heard.add("tell"));

        try (LogCapture logs = new LogCapture(ServerSideEvents.class)) {
            for (int i = 0; i < 100; i++) {
                here.serverSideEmit("tell");
            }
            assertThat(logs.records()).isNotEmpty();
        }

        executor.runAll();
        assertThat(heard).hasSizeBetween(20, 30);
    }

    @Test
    void aServerThatIsClosedLetsGoOfItsAdapters() {
        there.of("/admin");
        assertThat(cluster.open()).isEqualTo(4);

        there.close();

        assertThat(cluster.open()).isEqualTo(2);
        here.emit("e");
        assertThat(a.received()).containsExactly("2[\"e\"]");
    }
}
