package dev.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.engine.CloseReason;
import dev.socketio.engine.EnginePacket;
import dev.socketio.time.FakeScheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ends a connection in each possible way, and looks at what the disconnect listener is told. */
class DisconnectReasonTest {

    private final FakeScheduler time = new FakeScheduler();
    private final SocketIoServer io = SocketIoServer.builder()
            .scheduler(time)
            .executor(Runnable::run)
            .maxOutboxBytes(1_000)
            .maxHttpBufferSize(1_000)
            .build();
    private final List<String> told = new ArrayList<>();
    private final FakeClient client = FakeClient.open(io);
    private final Socket socket = client.connect();

    DisconnectReasonTest() {
        listenTo(socket);
    }

    private void listenTo(Socket ending) {
        ending.onDisconnect(reason -> told.add(reason.toString()));
    }

    @AfterEach
    void leavesNothingBehind() {
        assertThat(io.sockets().sockets()).isEmpty();
        assertThat(socket.isConnected()).isFalse();
        assertThat(socket.rooms()).isEmpty();
        assertThat(socket.emit("late")).isFalse();
        io.close();
        client.hangUp();
        assertThat(told).hasSize(1);
        assertThat(time.pending()).isZero();
    }

    @Test
    void tellsThatTheServerDisconnectedTheSocket() {
        socket.disconnect();

        assertThat(told).containsExactly("server namespace disconnect");
        assertThat(client.received()).containsExactly("1");
        assertThat(client.isClosed()).isFalse();
    }

    @Test
    void tellsThatTheClientLeft() {
        client.send("1");

        assertThat(told).containsExactly("client namespace disconnect");
        assertThat(client.received()).isEmpty();
        assertThat(client.isClosed()).isFalse();
    }

    @Test
    void tellsThatTheServerIsClosing() {
        io.close();

        assertThat(told).containsExactly("server shutting down");
        assertThat(client.received()).isEmpty();
        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void tellsThatAPingWasNotAnswered() {
        time.advance(Duration.ofSeconds(25));
        time.advance(Duration.ofSeconds(20).minusNanos(1));
        assertThat(told).isEmpty();

        time.advance(Duration.ofNanos(1));
        assertThat(told).containsExactly("ping timeout");
    }

    @Test
    void tellsThatTheConnectionBroke() {
        client.hangUp();

        assertThat(told).containsExactly("transport close");
    }

    @Test
    void tellsThatTheClientClosedItsConnection() {
        client.sendRaw("1");

        assertThat(told).containsExactly("transport close");
    }

    @Test
    void tellsThatTheConnectionWasReset() {
        client.fail(new IOException("reset"));

        assertThat(told).containsExactly("transport close");
    }

    @Test
    void tellsThatTheClientBrokeItsTransport() {
        client.fail(new IllegalStateException("a frame that is not masked"));

        assertThat(told).containsExactly("transport error");
    }

    @Test
    void tellsThatAMessageWasTooLarge() {
        client.send("2[\"e\",\"" + "x".repeat(1_000) + "\"]");

        assertThat(told).containsExactly("transport error");
        assertThat(client.channelCalls()).containsExactly("close 1009");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "7"})
    void tellsThatAMessageWasNoEnginePacket(String message) {
        client.sendRaw(message);

        assertThat(told).containsExactly("parse error");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "7",
                "2[]",
                "2{}",
                "2[{}]",
                "2[\"e\"",
                "2[\"e\"]x",
                "2abc[\"e\"]",
                "212{}",
                "3{}",
                "1{}",
                "50-[\"e\"]",
                "5[\"e\"]",
                "511-[\"e\"]"
            })
    void tellsThatAMessageWasNoPacket(String packet) {
        client.send(packet);

        assertThat(told).containsExactly("forced close");
        assertThat(client.channelCalls()).containsExactly("close 1005");
    }

    @Test
    void tellsThatAnAttachmentCameWithoutItsPacket() {
        client.send(new byte[] {1});

        assertThat(told).containsExactly("forced close");
    }

    @Test
    void tellsThatTextCameInsteadOfAnAttachment() {
        client.send("51-[\"e\",{\"_placeholder\":true,\"num\":0}]");
        client.send("2[\"e\"]");

        assertThat(told).containsExactly("forced close");
    }

    @Test
    void tellsThatTheServerClosedTheConnection() {
        socket.conn().close();

        assertThat(told).containsExactly("forced close");
    }

    @Test
    void tellsThatTheClientBrokeTheRules() {
        client.send("0");

        assertThat(told).containsExactly("forced close");
    }

    @Test
    void tellsThatTooMuchWaitedForTheClient() {
        client.stall();
        socket.emit("e", "x".repeat(500));
        assertThat(socket.emit("e", "x".repeat(400))).isTrue();
        assertThat(told).isEmpty();

        assertThat(socket.emit("e", "x".repeat(500))).isFalse();

        assertThat(told).containsExactly("outbox full");
        assertThat(client.channelCalls()).containsExactly("abort");
    }

    @Test
    void namesAllAsTheDocumentationDoes() {
        assertThat(DisconnectReason.values())
                .extracting(DisconnectReason::toString)
                .containsExactly(
                        "server namespace disconnect",
                        "client namespace disconnect",
                        "server shutting down",
                        "ping timeout",
                        "transport close",
                        "transport error",
                        "parse error",
                        "forced close",
                        "forced server close",
                        "outbox full",
                        "expired");
        client.hangUp();
    }

    @ParameterizedTest
    @EnumSource
    void coversEveryEndOfAConnection(CloseReason reason) {
        assertThat(DisconnectReason.of(reason)).hasToString(reason.toString());
        client.hangUp();
    }

    @Test
    void tellsTheEndInsteadOfAPing() {
        client.hangUp();
        time.advance(Duration.ofMinutes(5));

        assertThat(client.frames()).extracting(EnginePacket::type).doesNotContain(EnginePacket.Type.PING);
    }
}
