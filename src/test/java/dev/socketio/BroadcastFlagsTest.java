package dev.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.engine.EnginePacket;
import dev.socketio.time.FakeScheduler;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a broadcast travels to clients of which one is busy. */
class BroadcastFlagsTest {

    private final SocketIoServer io = SocketIoServer.builder()
            .scheduler(new FakeScheduler())
            .executor(Runnable::run)
            .build();
    private final FakeClient busy = FakeClient.open(io);
    private final FakeClient idle = FakeClient.open(io);
    private final Socket busySocket = busy.connect();
    private final Socket idleSocket = idle.connect();

    @BeforeEach
    void keepOneBusy() {
        busy.stall();
        busySocket.emit("fill");
        busy.frames();
        idle.frames();
    }

    private List<String> receivedByBusy() {
        busy.unstall();
        return busy.received();
    }

    @Test
    void anOrdinaryEventWaits() {
        io.emit("e");

        assertThat(idle.received()).containsExactly("2[\"e\"]");
        assertThat(receivedByBusy()).containsExactly("2[\"e\"]");
    }

    @Test
    void aVolatileEventIsLostOnWhoIsBusy() {
        io.asVolatile().emit("e");
        io.sockets().asVolatile().emit("f");
        idleSocket.broadcast().asVolatile().emit("g");
        busySocket.asVolatile().broadcast().emit("h");

        assertThat(idle.received()).containsExactly("2[\"e\"]", "2[\"f\"]", "2[\"h\"]");
        assertThat(receivedByBusy()).isEmpty();
    }

    @Test
    void aVolatileEventWithAttachmentsIsSentAsAWholeOrNotAtAll() {
        io.asVolatile().emit("e", new byte[] {1}, new byte[] {2});

        assertThat(idle.received()).hasSize(3);
        assertThat(receivedByBusy()).isEmpty();
    }

    @Test
    void theNewestOfAKeyWaits() {
        for (int i = 0; i < 3; i++) {
            io.asVolatile("price").emit("price", i);
            io.to(busySocket.id()).asVolatile("other").emit("other", i);
        }

        assertThat(idle.received()).containsExactly("2[\"price\",0]", "2[\"price\",1]", "2[\"price\",2]");
        assertThat(receivedByBusy()).containsExactly("2[\"price\",2]", "2[\"other\",2]");
    }

    @Test
    void allFramesSayWhetherTheyMayBeCompressed() {
        io.compress(false).emit("e", new byte[] {1});
        assertThat(idle.frames()).hasSize(2).noneMatch(EnginePacket::isCompressible);
        idleSocket.compress(false).emit("e");
        assertThat(idle.frames()).hasSize(1).noneMatch(EnginePacket::isCompressible);
        io.compress(false).compress(true).emit("e", new byte[] {1});
        assertThat(idle.frames()).hasSize(2).allMatch(EnginePacket::isCompressible);
    }

    @Test
    void flagsStayWithTheOperatorThatHasThem() {
        BroadcastOperator plain = io.to(busySocket.id());
        BroadcastOperator lossy = plain.asVolatile();

        lossy.emit("lost");
        lossy.except("nobody").emit("lost");
        plain.emit("kept");

        assertThat(receivedByBusy()).containsExactly("2[\"kept\"]");
    }

    @Test
    void sendIsAnEventCalledMessage() {
        io.send("a", 1);
        io.sockets().send();
        io.to(idleSocket.id()).send("b");

        assertThat(idle.received()).containsExactly("2[\"message\",\"a\",1]", "2[\"message\"]", "2[\"message\",\"b\"]");
    }
}
