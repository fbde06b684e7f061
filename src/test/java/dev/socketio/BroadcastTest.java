package dev.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socketio.engine.EnginePacket;
import dev.socketio.time.FakeScheduler;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BroadcastTest {

    private final SocketIoServer io = SocketIoServer.builder()
            .scheduler(new FakeScheduler())
            .executor(Runnable::run)
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
        assertReached("");
    }

    /** Says which of the three has got the event e, in letters, and forgets it. */
    private void assertReached(String expected) {
        String reached = "";
        reached += a.received().contains("2[\"e\"]") ? "a" : "";
        reached += b.received().contains("2[\"e\"]") ? "b" : "";
        reached += c.received().contains("2[\"e\"]") ? "c" : "";
        assertThat(reached).isEqualTo(expected);
    }

    @Test
    void reachesEverybody() {
        io.emit("e");
        assertReached("abc");
        io.sockets().emit("e");
        assertReached("abc");
    }

    @Test
    void reachesManyInTheOrderInWhichItWasSent() {
        List<FakeClient> many =
                Stream.generate(() -> FakeClient.open(io)).limit(300).toList();
        many.forEach(FakeClient::connect);
        many.forEach(FakeClient::received);

        io.emit("e", 1);
        socketA.emit("e", 2);
        io.emit("e", 3);

        assertThat(a.received()).containsExactly("2[\"e\",1]", "2[\"e\",2]", "2[\"e\",3]");
        assertThat(many)
                .allSatisfy(client -> assertThat(client.received()).containsExactly("2[\"e\",1]", "2[\"e\",3]"));
    }

    @Test
    void reachesARoom() {
        io.to("ab").emit("e");
        assertReached("ab");
        io.in("bc").emit("e");
        assertReached("bc");
        io.sockets().in("ab").emit("e");
        assertReached("ab");
        io.to("nobody").emit("e");
        assertReached("");
    }

    @Test
    void reachesOneSocketByItsId() {
        io.to(socketB.id()).emit("e");
        assertReached("b");
    }

    @Test
    void reachesSeveralRooms() {
        io.to("ab", socketC.id()).emit("e");
        assertReached("abc");
        io.to(socketA.id()).in(socketC.id()).emit("e");
        assertReached("ac");
    }

    @Test
    void reachesNobodyTwice() {
        io.to("ab").to("bc").emit("once");

        assertThat(a.received()).containsExactly("2[\"once\"]");
        assertThat(b.received()).containsExactly("2[\"once\"]");
        assertThat(c.received()).containsExactly("2[\"once\"]");
    }

    @Test
    void leavesOutARoom() {
        io.except("ab").emit("e");
        assertReached("c");
        io.to("bc").except("ab").emit("e");
        assertReached("c");
        io.except("ab").except("bc").emit("e");
        assertReached("");
        io.except(socketA.id(), socketB.id()).emit("e");
        assertReached("c");
        io.except("nobody").emit("e");
        assertReached("abc");
    }

    @Test
    void leavesOutTheSocketThatSends() {
        socketA.broadcast().emit("e");
        assertReached("bc");
        socketA.to("ab").emit("e");
        assertReached("b");
        socketB.in("ab", "bc").emit("e");
        assertReached("ac");
        socketA.except("bc").emit("e");
        assertReached("");
        socketA.to(socketA.id()).emit("e");
        assertReached("");
    }

    @Test
    void keepsAnOperatorAsItWas() {
        BroadcastOperator room = io.to("ab");
        assertThat(room.to("bc")).isNotSameAs(room);
        assertThat(room.except("bc")).isNotSameAs(room);

        room.emit("e");
        assertReached("ab");
        room.except("bc").emit("e");
        assertReached("a");
        room.emit("e");
        assertReached("ab");
    }

    @Test
    void reachesThoseWhoAreInTheRoomWhenItIsSent() {
        BroadcastOperator room = io.to("late");
        socketC.join("late");

        room.emit("e");

        assertReached("c");
    }

    @Test
    void stillReachesOthersInTheNameOfASocketThatIsGone() {
        a.hangUp();

        socketA.broadcast().emit("e");

        assertReached("bc");
    }

    @Test
    void passesOverASocketThatIsDisconnected() {
        socketB.disconnect();
        b.received();

        io.emit("e");

        assertReached("ac");
    }

    @Test
    void passesOverASocketThatHasNotConnectedYet() {
        CompletableFuture<Void> decision = new CompletableFuture<>();
        io.useAsync(socket -> {
            socket.join("ab");
            return decision;
        });
        FakeClient pending = FakeClient.open(io);
        pending.send("0");

        io.emit("e");
        io.to("ab").emit("e");
        assertThat(pending.received()).isEmpty();

        decision.complete(null);
        io.to("ab").emit("e");
        assertThat(pending.received()).hasSize(2).last().isEqualTo("2[\"e\"]");
    }

    @Test
    void staysInItsNamespace() {
        io.of("/admin");
        a.connect("/admin");

        io.of("/admin").emit("e");

        assertThat(a.received()).containsExactly("2/admin,[\"e\"]");
        assertReached("");
    }

    @Test
    void isEncodedOnceForAll() {
        a.frames();
        b.frames();

        io.emit("e", "some text", new byte[] {1});

        EnginePacket[] first = a.frames().toArray(EnginePacket[]::new);
        EnginePacket[] second = b.frames().toArray(EnginePacket[]::new);
        assertThat(first).hasSize(2);
        assertThat(second[0].text()).isSameAs(first[0].text());
        assertThat(second[1].bytes()).isSameAs(first[1].bytes());
    }

    @Test
    void reachesTheOthersIfOneReadsTooSlowly() {
        SocketIoServer small = SocketIoServer.builder()
                .scheduler(new FakeScheduler())
                .executor(Runnable::run)
                .maxOutboxBytes(500)
                .build();
        FakeClient slow = FakeClient.open(small);
        FakeClient fast = FakeClient.open(small);
        slow.connect();
        fast.connect();
        slow.stall();

        for (int i = 0; i < 10; i++) {
            small.emit("e", "x".repeat(100));
        }

        assertThat(fast.received()).hasSize(10);
        assertThat(slow.isClosed()).isTrue();
        assertThat(small.sockets().sockets()).hasSize(1);
    }

    @Test
    void sendsNothingIfAValueCannotBeWritten() {
        assertThatThrownBy(() -> io.emit("e", new Object())).isInstanceOf(IllegalArgumentException.class);
        assertReached("");
    }
}
