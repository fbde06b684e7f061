package dev.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socketio.time.FakeScheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectTest {

    private final FakeScheduler time = new FakeScheduler();
    private final SocketIoServer io = SocketIoServer.builder()
            .scheduler(time)
            .executor(Runnable::run)
            .maxNamespacesPerConnection(2)
            .build();
    private final List<Socket> connected = new ArrayList<>();
    private final FakeClient client = FakeClient.open(io);

    @Test
    void answersWithTheIdOfTheSocket() {
        io.onConnection(connected::add);

        client.send("0");

        Socket socket = connected.get(0);
        assertThat(client.received()).containsExactly("0{\"sid\":\"" + socket.id() + "\"}");
        assertThat(io.sockets().socket(socket.id())).containsSame(socket);
        assertThat(io.sockets().sockets()).containsExactly(socket);
        assertThat(socket.isConnected()).isTrue();
        assertThat(socket.namespace()).isSameAs(io.sockets());
        assertThat(socket).hasToString("/#" + socket.id());
    }

    @Test
    void keepsTheSessionIdOfTheConnectionSecret() {
        Socket socket = client.connect();

        assertThat(socket.id()).isNotEqualTo(socket.conn().id());
    }

    @Test
    void putsTheAuthIntoTheHandshake() {
        io.onConnection(connected::add);

        client.send("0{\"token\":\"secret\",\"age\":3}");

        Handshake handshake = connected.get(0).handshake();
        assertThat(handshake.auth().get("token", String.class)).contains("secret");
        assertThat(handshake.auth().as(Object.class)).isEqualTo(Map.of("token", "secret", "age", 3));
    }

    @Test
    void readsAMissingAuthAsAnObjectWithoutProperties() {
        Socket socket = client.connect();

        assertThat(socket.handshake().auth()).hasToString("{}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0[]", "0null", "0\"token\"", "0{"})
    void closesOnAnAuthThatIsNoObject(String packet) {
        client.send(packet);

        assertThat(client.isClosed()).isTrue();
        assertThat(client.received()).isEmpty();
    }

    @Test
    void joinsANamespaceByItsName() {
        Namespace admin = io.of("admin");

        client.send("0/admin,{\"token\":1}");

        Socket socket = admin.sockets().iterator().next();
        assertThat(client.received()).containsExactly("0/admin,{\"sid\":\"" + socket.id() + "\"}");
        assertThat(io.of("/admin")).isSameAs(admin);
        assertThat(socket).hasToString("/admin#" + socket.id());
        assertThat(io.sockets().sockets()).isEmpty();
    }

    @Test
    void refusesAnUnknownNamespaceAndKeepsTheConnection() {
        client.send("0/nobody,");

        assertThat(client.received()).containsExactly("4/nobody,{\"message\":\"Invalid namespace\"}");
        assertThat(client.connect().isConnected()).isTrue();
    }

    @Test
    void takesAQueryAsAPartOfTheName() {
        io.of("/room");

        client.send("0/room?a=b,");

        assertThat(client.received()).containsExactly("4/room?a=b,{\"message\":\"Invalid namespace\"}");
    }

    @Test
    void keepsTheNamespacesOfOneConnectionApart() {
        io.of("/admin");
        List<String> heard = new ArrayList<>();
        Socket main = client.connect();
        Socket admin = client.connect("/admin");
        main.on("where", () -> heard.add("main"));
        admin.on("where", () -> heard.add("admin"));

        client.send("2/admin,[\"where\"]");
        admin.emit("here", 1);
        main.emit("here", 2);

        assertThat(heard).containsExactly("admin");
        assertThat(client.received()).containsExactly("2/admin,[\"here\",1]", "2[\"here\",2]");
        assertThat(main.id()).isNotEqualTo(admin.id());
        assertThat(main.conn()).isSameAs(admin.conn());
    }

    @Test
    void refusesMoreNamespacesThanAllowedUntilOneIsLeft() {
        io.of("/second");
        io.of("/third");
        client.connect();
        client.connect("/second");

        client.send("0/third,");

        assertThat(client.received()).containsExactly("4/third,{\"message\":\"Too many namespaces\"}");
        client.send("1/second,");
        assertThat(client.connect("/third").isConnected()).isTrue();
    }

    @Test
    void closesOnASecondConnect() {
        client.connect();

        client.send("0");

        assertThat(client.isClosed()).isTrue();
        assertThat(io.sockets().sockets()).isEmpty();
        assertThat(time.pending()).isZero();
    }

    @Test
    void closesOnASecondConnectWhileTheFirstIsUnderWay() {
        io.useAsync(socket -> new CompletableFuture<>());
        client.send("0");

        client.send("0");

        assertThat(client.isClosed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2[\"early\"]", "31[]", "1", "2/nobody,[\"early\"]", "4{\"message\":\"no\"}"})
    void closesOnAPacketForANamespaceThatWasNotJoined(String packet) {
        client.send(packet);

        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void closesOnAnEventThatDoesNotWaitForTheAnswer() {
        io.useAsync(socket -> new CompletableFuture<>());
        client.send("0");

        client.send("2[\"early\"]");

        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void closesOnAConnectErrorFromTheClient() {
        client.connect();

        client.send("4{\"message\":\"no\"}");

        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void letsAClientComeBackAfterItLeft() {
        Socket first = client.connect();
        client.send("1");

        Socket second = client.connect();

        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(io.sockets().sockets()).containsExactly(second);
        assertThat(first.isConnected()).isFalse();
    }

    @Test
    void letsAClientComeBackAfterItWasDisconnected() {
        client.connect().disconnect();
        client.received();

        assertThat(client.connect().isConnected()).isTrue();
    }

    @Test
    void closesOnAnEventAfterTheClientLeft() {
        client.connect();
        client.send("1");

        client.send("2[\"late\"]");

        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void callsConnectionListenersInOrderUntilTheyAreRemoved() throws Exception {
        List<String> calls = new ArrayList<>();
        try (Registration first = io.onConnection(socket -> calls.add("first"))) {
            assertThat(first).isNotNull();
            io.onConnection(socket -> calls.add("second"));
            FakeClient.open(io).connect();
        }

        FakeClient.open(io).connect();

        assertThat(calls).containsExactly("first", "second", "second");
    }

    @Test
    void goesOnAfterAConnectionListenerThatFails() {
        io.onConnection(socket -> {
            throw new IllegalStateException("broken");
        });
        io.onConnection(connected::add);

        try (LogCapture log = new LogCapture(Namespace.class)) {
            Socket socket = client.connect();

            assertThat(connected).containsExactly(socket);
            assertThat(log.records()).hasSize(1);
            assertThat(log.records().get(0).getMessage()).contains(socket.id());
        }
    }

    @Test
    void hearsTheFirstEventAfterTheConnectionListener() {
        List<String> heard = new ArrayList<>();
        io.onConnection(socket -> {
            client.send("2[\"eager\"]");
            socket.on("eager", () -> heard.add("eager"));
            heard.add("connection");
        });

        client.connect();

        assertThat(heard).containsExactly("connection", "eager");
    }

    @Test
    void rejectsANameWithAComma() {
        assertThatThrownBy(() -> io.of("/a,b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("/a,b");
    }

    @Test
    void finishesAnEmptyNameToTheMainNamespace() {
        assertThat(io.of("")).isSameAs(io.sockets());
        assertThat(io.of("/").server()).isSameAs(io);
    }
}
