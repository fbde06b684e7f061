package dev.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import dev.socketio.time.FakeScheduler;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AckTest {

    private final SocketIoServer io = SocketIoServer.builder()
            .scheduler(new FakeScheduler())
            .executor(Runnable::run)
            .build();
    private final FakeClient client = FakeClient.open(io);
    private final Socket socket = client.connect();
    private final List<Ack> acks = new ArrayList<>();

    @Test
    void answersWithText() {
        socket.on("e", (arguments, ack) -> ack.send("done", 1));
        client.send("20[\"e\"]");
        assertThat(client.received()).containsExactly("30[\"done\",1]");
    }

    @Test
    void answersWithBytes() {
        socket.on("e", (arguments, ack) -> ack.send("done", new byte[] {1}));
        client.send("212[\"e\"]");
        assertThat(client.received()).containsExactly("61-12[\"done\",{\"_placeholder\":true,\"num\":0}]", "<01>");
    }

    @Test
    void answersABinaryEventInItsNamespace() {
        io.of("/admin");
        Socket admin = client.connect("/admin");
        admin.on("e", byte[].class, (bytes, ack) -> ack.send(bytes.length));

        client.send("51-/admin,3[\"e\",{\"_placeholder\":true,\"num\":0}]");
        client.send(new byte[] {1, 2, 3});

        assertThat(client.received()).containsExactly("3/admin,3[3]");
    }

    @Test
    void answersLater() {
        socket.on("e", (arguments, ack) -> acks.add(ack));
        client.send("20[\"e\"]");
        client.send("21[\"e\"]");
        assertThat(client.received()).isEmpty();

        acks.get(1).send("second");
        acks.get(0).send("first");

        assertThat(client.received()).containsExactly("31[\"second\"]", "30[\"first\"]");
    }

    @Test
    void answersOnce() {
        socket.on("e", (arguments, ack) -> {
            ack.send(1);
            ack.send(2);
        });
        socket.on("e", (arguments, ack) -> ack.send(3));

        client.send("20[\"e\"]");

        assertThat(client.received()).containsExactly("30[1]");
    }

    @Test
    void mayAnswerAfterAnAnswerThatCouldNotBeWritten() {
        socket.on("e", (arguments, ack) -> acks.add(ack));
        client.send("20[\"e\"]");

        assertThatThrownBy(() -> acks.get(0).send(new Object())).isInstanceOf(IllegalArgumentException.class);
        acks.get(0).send("fine");

        assertThat(client.received()).containsExactly("30[\"fine\"]");
    }

    @Test
    void tellsWhetherAnAnswerIsWanted() {
        socket.on("e", (arguments, ack) -> acks.add(ack));
        client.send("2[\"e\"]");
        client.send("20[\"e\"]");

        assertThat(acks).extracting(Ack::isRequested).containsExactly(false, true);
    }

    @Test
    void sendsNothingIfNoAnswerIsWanted() {
        socket.on("e", (arguments, ack) -> ack.send(1));
        client.send("2[\"e\"]");
        assertThat(client.received()).isEmpty();
    }

    @Test
    void sendsNothingOnceTheSocketIsDisconnected() {
        socket.on("e", (arguments, ack) -> acks.add(ack));
        client.send("20[\"e\"]");
        socket.disconnect();
        client.received();

        assertDoesNotThrow(() -> acks.get(0).send(1));

        assertThat(client.received()).isEmpty();
    }

    @Test
    void writesTheIdAsTheClientDid() {
        socket.on("e", (arguments, ack) -> ack.send());
        client.send("2007[\"e\"]");
        client.send("2999999999999999[\"e\"]");
        assertThat(client.received()).containsExactly("37[]", "3999999999999999[]");
    }
}
