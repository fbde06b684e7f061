package dev.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socketio.adapter.InMemoryAdapter;
import dev.socketio.protocol.Value;
import dev.socketio.time.FakeScheduler;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.logging.SimpleFormatter;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is done to all sockets that an operator selects. */
class UtilityMethodsTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final FakeScheduler time = new FakeScheduler();
    private final SocketIoServer io = SocketIoServer.builder()
            .scheduler(time)
            .executor(Runnable::run)
            .maxRoomsPerSocket(5)
            .build();
    private final FakeClient a = FakeClient.open(io);
    private final FakeClient b = FakeClient.open(io);
    private final FakeClient c = FakeClient.open(io);
    private final Socket socketA = a.connect();
    private final Socket socketB = b.connect();
    private final Socket socketC = c.connect();

    @BeforeEach
    void joinRooms() {
        socketA.join("ab");
        socketB.join("ab", "bc");
        socketC.join("bc");
    }

    private String letter(String id) {
        return id.equals(socketA.id()) ? "a" : id.equals(socketB.id()) ? "b" : "c";
    }

    private String inRoom(String room) {
        return Stream.of(socketA, socketB, socketC)
                .filter(socket -> socket.rooms().contains(room))
                .map(socket -> letter(socket.id()))
                .collect(Collectors.joining());
    }

    private BroadcastOperator select(String rooms, String except) {
        return io.to(names(rooms)).except(names(except));
    }

    private String[] names(String list) {
        return list.isEmpty() ? new String[0] : list.replace("A", socketA.id()).split(" ", -1);
    }

    private RemoteSocket remote(Socket socket) {
        List<RemoteSocket> found = io.to(socket.id()).fetchSockets().join();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // rooms  | except | who is selected
                "''       | ''     | abc",
                "ab       | ''     | ab",
                "ab bc    | ''     | abc",
                "A bc     | ''     | abc",
                "ab bc    | A      | bc",
                "''       | ab     | c",
                "''       | ab bc  | ''",
                "bc       | ab     | c",
                "nobody   | ''     | ''",
                "nobody A | nobody | a",
            })
    void concernWhoeverIsSelectedOnce(String rooms, String except, String selected) {
        BroadcastOperator operator = select(rooms, except);
        String fetched = operator.fetchSockets().join().stream()
                .map(socket -> letter(socket.id()))
                .sorted()
                .collect(Collectors.joining());
        assertThat(fetched).isEqualTo(selected);
        assertThat(operator.count().join()).isEqualTo(selected.length());

        operator.socketsJoin("x", "y");
        assertThat(inRoom("x")).isEqualTo(selected);
        assertThat(inRoom("y")).isEqualTo(selected);

        operator.socketsLeave("x");
        assertThat(inRoom("x")).isEmpty();
        assertThat(inRoom("y")).isEqualTo(selected);

        operator.disconnectSockets();
        assertThat(io.count().join()).isEqualTo(3 - selected.length());
        assertThat(a.isClosed() || b.isClosed() || c.isClosed()).isFalse();
    }

    @Test
    void concernEverybodyOnServerAndNamespace() {
        assertThat(io.fetchSockets().join()).hasSize(3);
        assertThat(io.sockets().count().join()).isEqualTo(3);
        io.socketsJoin("x");
        assertThat(inRoom("x")).isEqualTo("abc");
        io.of("/").socketsLeave("x");
        assertThat(inRoom("x")).isEmpty();
        io.disconnectSockets();
        assertThat(io.count().join()).isZero();
    }

    @Test
    void disconnectAsTheServerDoes() {
        a.received();
        b.received();
        c.received();

        io.to(socketA.id()).disconnectSockets();
        assertThat(a.received()).containsExactly("1");

        io.except(socketC.id()).disconnectSockets(/* close= */ true);
        assertThat(b.isClosed()).isTrue();
        assertThat(c.isClosed()).isFalse();
        assertThat(socketC.isConnected()).isTrue();
    }

    @Test
    void doNotConcernWhoIsStillInMiddlewares() {
        CompletableFuture<Void> decision = new CompletableFuture<>();
        io.useAsync(socket -> {
            socket.join("ab");
            return decision;
        });
        FakeClient pending = FakeClient.open(io);
        pending.send("0");

        assertThat(io.to("ab").count().join()).isEqualTo(2);
        assertThat(io.to("ab").fetchSockets().join()).hasSize(2);
        assertThat(io.sockets().adapter().sockets(Set.of("ab"))).containsExactlyInAnyOrder(socketA.id(), socketB.id());
        io.disconnectSockets();
        decision.complete(null);

        assertThat(io.count().join()).isEqualTo(1);
    }

    @Test
    void doNotLetASocketIntoTooManyRooms() {
        try (LogCapture logs = new LogCapture(InMemoryAdapter.class)) {
            io.socketsJoin("x", "y", "z"); // b is in three rooms already

            assertThat(logs.records())
                    .singleElement()
                    .satisfies(record -> assertThat(new SimpleFormatter().formatMessage(record))
                            .contains(socketB.id())
                            .contains("maxRoomsPerSocket"));
        }
        assertThat(inRoom("x")).isEqualTo("ac");
        assertThat(inRoom("y")).isEqualTo("ac");
    }

    @Test
    void showASocketAsItWas() {
        socketA.data().put("user", "ann");
        socketA.data().put("score", List.of(1, 2));
        socketA.data().put("bytes", new byte[] {1});
        socketA.data().put("connection", new Object());

        RemoteSocket remote = remote(socketA);
        socketA.data().put("user", "bob");
        socketA.leave("ab");

        assertThat(remote.id()).isEqualTo(socketA.id());
        assertThat(remote.rooms()).containsExactlyInAnyOrder(socketA.id(), "ab");
        assertThat(remote.handshake()).isSameAs(socketA.handshake());
        assertThat(remote.data().get("user", String.class)).contains("ann");
        assertThat(remote.data().get("score", JsonNode.class)).hasToString("Optional[[1,2]]");
        assertThat(remote.data().get("bytes", byte[].class)).contains(new byte[] {1});
        assertThat(remote.data().get("connection", Object.class)).isEmpty();
        assertThat(remote).hasToString("/#" + socketA.id());
    }

    @Test
    void giveSocketsThatCanBeToldWhatToDo() {
        RemoteSocket remote = remote(socketA);
        a.received();

        remote.join("x", "y");
        assertThat(inRoom("x")).isEqualTo("a");
        remote.leave("x");
        assertThat(inRoom("x")).isEmpty();
        assertThat(inRoom("y")).isEqualTo("a");
        remote.emit("e", 1);
        assertThat(a.received()).containsExactly("2[\"e\",1]");
        remote.disconnect();
        assertThat(a.received()).containsExactly("1");
        assertThat(a.isClosed()).isFalse();
        remote(socketB).disconnect(/* close= */ true);
        assertThat(b.isClosed()).isTrue();

        remote.join("x");
        remote.emit("late");
        assertThat(socketA.rooms()).isEmpty();
        assertThat(a.received()).isEmpty();
    }

    @Test
    void giveSocketsThatAnswer() {
        RemoteSocket remote = remote(socketA);

        CompletableFuture<Value> answer = remote.emitWithAck("ask");
        CompletableFuture<Value> late = remote.timeout(TIMEOUT).emitWithAck("ask");
        a.send("30[\"yes\",2]");
        assertThat(answer.join()).hasToString("\"yes\"");

        time.advance(TIMEOUT);
        assertThatThrownBy(late::get)
                .cause()
                .isExactlyInstanceOf(TimeoutException.class)
                .hasMessage("operation has timed out");

        CompletableFuture<Value> lost = remote.emitWithAck("ask");
        a.hangUp();
        assertThatThrownBy(lost::get).cause().isInstanceOf(DisconnectedException.class);
        CompletableFuture<Value> tooLate = remote.emitWithAck("ask");
        assertThatThrownBy(tooLate::get).cause().isInstanceOf(DisconnectedException.class);
    }

    @Test
    void forgetAnAnswerThatNobodyWantsAnyMore() {
        int timers = time.pending();
        CompletableFuture<Value> answer = remote(socketA).timeout(TIMEOUT).emitWithAck("ask");
        assertThat(time.pending()).isEqualTo(timers + 1);

        assertThat(answer.cancel(true)).isTrue();

        assertThat(time.pending()).isEqualTo(timers);
    }

    @Test
    void showRooms() {
        assertThat(io.sockets().adapter().rooms())
                .containsExactlyInAnyOrder("ab", "bc", socketA.id(), socketB.id(), socketC.id());
        assertThat(io.sockets().adapter().serverCount().join()).isEqualTo(1);
    }
}
