package dev.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.time.FakeScheduler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class MiddlewareTest {

    private final FakeScheduler time = new FakeScheduler();
    private final SocketIoServer io =
            SocketIoServer.builder().scheduler(time).executor(Runnable::run).build();
    private final FakeClient client = FakeClient.open(io);
    private final List<String> calls = new ArrayList<>();
    private final List<Socket> seen = new ArrayList<>();

    @Test
    void runsInTheOrderInWhichItWasAdded() {
        io.onConnection(socket -> calls.add("connection"));
        io.use(socket -> calls.add("first"));
        io.useAsync(socket -> {
            calls.add("second");
            return CompletableFuture.completedStage(null);
        });
        io.use(socket -> calls.add("third"));

        client.connect();

        assertThat(calls).containsExactly("first", "second", "third", "connection");
    }

    @Test
    void seesASocketThatIsNotConnectedYet() {
        io.use(socket -> calls.add(socket.isConnected() + " " + io.sockets().sockets()));

        client.connect();

        assertThat(calls).containsExactly("false []");
    }

    @Test
    void refusesWithAMessage() {
        io.use(socket -> {
            throw new ConnectErrorException("not authorized");
        });
        io.use(socket -> calls.add("next"));

        client.send("0");

        assertThat(client.received()).containsExactly("4{\"message\":\"not authorized\"}");
        assertThat(client.isClosed()).isFalse();
        assertThat(calls).isEmpty();
    }

    @Test
    void refusesWithData() {
        io.of("/admin").use(socket -> {
            throw new ConnectErrorException("not authorized", Map.of("retryAfter", 5));
        });

        client.send("0/admin,");

        assertThat(client.received())
                .containsExactly("4/admin,{\"message\":\"not authorized\",\"data\":{\"retryAfter\":5}}");
    }

    @Test
    void keepsTheMessageOfAFaultFromTheClient() {
        IOException fault = new IOException("no database at db.example:5432");
        io.use(socket -> {
            throw fault;
        });

        assertRefusedForAFault(fault);
    }

    @Test
    void refusesWhenItFailsWithAnError() {
        NoClassDefFoundError fault = new NoClassDefFoundError("dev/Missing");
        io.use(socket -> {
            throw fault;
        });

        assertRefusedForAFault(fault);
    }

    private void assertRefusedForAFault(Throwable fault) {
        try (LogCapture log = new LogCapture(Admission.class)) {
            client.send("0");

            assertThat(log.records()).hasSize(1);
            assertThat(log.records().get(0).getThrown()).isSameAs(fault);
        }
        assertThat(client.received()).containsExactly("4{\"message\":\"Internal server error\"}");
        assertThat(client.isClosed()).isFalse();
    }

    @Test
    void refusesWithoutDataThatCannotBeWritten() {
        io.use(socket -> {
            throw new ConnectErrorException("no", new Object());
        });

        try (LogCapture log = new LogCapture(Admission.class)) {
            client.send("0");

            assertThat(log.records()).hasSize(1);
        }
        assertThat(client.received()).containsExactly("4{\"message\":\"no\"}");
    }

    @Test
    void leavesNothingOfARefusedSocket() {
        io.use(socket -> {
            seen.add(socket);
            socket.join("news");
            socket.onDisconnect(reason -> calls.add("disconnect"));
            socket.onDisconnecting(reason -> calls.add("disconnecting"));
            throw new ConnectErrorException("no");
        });

        client.send("0");
        client.received();
        io.emit("all");
        io.to("news").emit("some");
        client.hangUp();

        Socket refused = seen.get(0);
        assertThat(refused.rooms()).isEmpty();
        assertThat(refused.isConnected()).isFalse();
        assertThat(refused.emit("one")).isFalse();
        assertThat(io.sockets().sockets()).isEmpty();
        assertThat(client.received()).isEmpty();
        assertThat(calls).isEmpty();
    }

    @Test
    void letsARefusedClientTryAgain() {
        io.use(socket -> {
            if (socket.handshake().auth().get("token", String.class).isEmpty()) {
                throw new ConnectErrorException("no token");
            }
        });
        client.send("0");

        client.send("0{\"token\":\"x\"}");

        assertThat(client.received()).hasSize(2).last().asString().startsWith("0{\"sid\"");
    }

    @Test
    void letsARefusedClientTryAgainAsSoonAsItKnows() {
        io.use(socket -> {
            seen.add(socket);
            if (seen.size() == 1) {
                throw new ConnectErrorException("once more");
            }
        });
        client.onReceive(packet -> {
            if (packet.startsWith("4")) {
                client.send("0");
            }
        });

        client.send("0");

        assertThat(client.isClosed()).isFalse();
        assertThat(io.sockets().sockets()).hasSize(1);
    }

    @Test
    void keepsToItsOwnNamespace() {
        io.of("/admin").use(socket -> calls.add("admin"));

        client.connect();

        assertThat(calls).isEmpty();
    }

    @Test
    void mayEmitBeforeTheAnswerToConnect() {
        io.use(socket -> socket.emit("welcome", 1));

        client.send("0");

        assertThat(client.received()).hasSize(2).first().isEqualTo("2[\"welcome\",1]");
    }

    @Test
    void mayJoinRooms() {
        io.use(socket -> socket.join("news"));

        Socket socket = client.connect();

        assertThat(socket.rooms()).containsExactlyInAnyOrder(socket.id(), "news");
    }

    @Test
    void mayFillAllTheRoomsThatASocketCanHave() {
        SocketIoServer small = SocketIoServer.builder()
                .scheduler(time)
                .executor(Runnable::run)
                .maxRoomsPerSocket(2)
                .build();
        small.use(socket -> socket.join("a"));
        FakeClient allowed = FakeClient.open(small);
        Socket socket = allowed.connect();
        assertThat(socket.rooms()).containsExactlyInAnyOrder(socket.id(), "a");

        small.use(other -> other.join("b"));
        FakeClient refused = FakeClient.open(small);
        try (LogCapture log = new LogCapture(Admission.class)) {
            refused.send("0");
            assertThat(log.records()).hasSize(1);
        }
        assertThat(refused.received()).containsExactly("4{\"message\":\"Internal server error\"}");
    }

    @Test
    void maySendTheClientAway() {
        io.use(Socket::disconnect);

        client.send("0");

        assertThat(client.received()).containsExactly("1");
        assertThat(io.sockets().sockets()).isEmpty();
        assertThat(client.isClosed()).isFalse();
    }
}
