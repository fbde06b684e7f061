package dev.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.time.FakeScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackpressureTest {

    private static final Duration ATTACHMENTS_TIMEOUT = Duration.ofSeconds(45);
    private static final Duration TICK = Duration.ofNanos(1);

    private final FakeScheduler time = new FakeScheduler();
    private final ManualExecutor executor = new ManualExecutor();
    private final SocketIoServer io = SocketIoServer.builder()
            .scheduler(time)
            .executor(executor)
            .maxQueuedEvents(4)
            .pingInterval(Duration.ofMinutes(10))
            .build();
    private final FakeClient client = FakeClient.open(io);
    private final List<Integer> heard = new ArrayList<>();

    private void connect(String packet) {
        client.send(packet);
        executor.runAll();
    }

    private void listen(Namespace namespace) {
        namespace.onConnection(socket -> socket.on("e", Integer.class, number -> heard.add(number)));
    }

    @Test
    void stopsReadingWhileTheLaneIsFull() {
        listen(io.sockets());
        connect("0");

        for (int i = 0; i < 3; i++) {
            client.send("2[\"e\"," + i + "]");
        }
        assertThat(client.channelCalls()).isEmpty();
        client.send("2[\"e\",3]");
        assertThat(client.channelCalls()).containsExactly("pause");

        executor.runAll();
        assertThat(client.channelCalls()).containsExactly("pause", "resume");
        assertThat(heard).containsExactly(0, 1, 2, 3);
    }

    @Test
    void readsOnWhenHalfOfTheLaneIsDone() {
        List<String> calls = new ArrayList<>();
        io.onConnection(
                socket -> socket.on("e", Integer.class, number -> calls.add(number + "" + client.channelCalls())));
        connect("0");

        for (int i = 0; i < 4; i++) {
            client.send("2[\"e\"," + i + "]");
        }
        executor.runAll();

        assertThat(calls).containsExactly("0[pause]", "1[pause, resume]", "2[pause, resume]", "3[pause, resume]");
    }

    @Test
    void takesWhatTheContainerHadReadAlready() {
        listen(io.sockets());
        connect("0");

        for (int i = 0; i < 10; i++) {
            client.send("2[\"e\"," + i + "]");
        }
        executor.runAll();

        assertThat(heard).hasSize(10);
        assertThat(client.channelCalls()).containsExactly("pause", "resume");
    }

    @Test
    void waitsForAllNamespacesOfTheConnection() {
        listen(io.sockets());
        listen(io.of("/other"));
        connect("0");
        connect("0/other,");

        for (int i = 0; i < 4; i++) {
            client.send("2[\"e\"," + i + "]");
            client.send("2/other,[\"e\"," + i + "]");
        }
        assertThat(client.channelCalls()).containsExactly("pause");

        executor.runAll();
        assertThat(client.channelCalls()).containsExactly("pause", "resume");
        assertThat(heard).hasSize(8);
    }

    @Test
    void givesUpAClientWhoseListenersAreStuck() {
        connect("0");
        Socket socket = io.sockets().sockets().iterator().next();
        for (int i = 0; i < 4; i++) {
            client.send("2[\"e\"," + i + "]");
        }

        time.advance(Duration.ofMinutes(30)); // the listener might be waiting for an answer that is not being read

        assertThat(socket.isConnected()).isFalse();
    }

    @Test
    void letsAcksPassAFullLane() {
        connect("0");
        Socket socket = io.sockets().sockets().iterator().next();
        var answer = socket.emitWithAck("ask");
        for (int i = 0; i < 4; i++) {
            client.send("2[\"e\"," + i + "]");
        }

        client.send("30[1]");
        executor.runAll();

        assertThat(answer).isCompleted();
    }

    @Test
    void closesAConnectionWhoseBinaryPacketStaysIncomplete() {
        connect("0");
        client.send("52-[\"e\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]");
        client.send(new byte[] {1});

        time.advance(ATTACHMENTS_TIMEOUT.minus(TICK));
        assertThat(client.isClosed()).isFalse();

        time.advance(TICK);
        assertThat(client.isClosed()).isTrue();
        executor.runAll();
        assertThat(io.sockets().sockets()).isEmpty();
        assertThat(time.pending()).isZero();
    }

    @Test
    void forgetsTheTimeOfABinaryPacketThatIsComplete() {
        connect("0");
        int before = time.pending();
        for (int i = 0; i < 3; i++) {
            client.send("51-[\"e\",{\"_placeholder\":true,\"num\":0}]");
            assertThat(time.pending()).isEqualTo(before + 1);
            client.send(new byte[] {1});
            assertThat(time.pending()).isEqualTo(before);
            time.advance(ATTACHMENTS_TIMEOUT.minus(TICK));
        }

        assertThat(client.isClosed()).isFalse();
    }

    @Test
    void forgetsTheTimeOfABinaryPacketWithItsConnection() {
        connect("0");
        client.send("51-[\"e\",{\"_placeholder\":true,\"num\":0}]");

        client.hangUp();

        assertThat(time.pending()).isZero();
    }
}
