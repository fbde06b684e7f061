package dev.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socketio.time.FakeScheduler;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoomsTest {

    private final SocketIoServer io = SocketIoServer.builder()
            .scheduler(new FakeScheduler())
            .executor(Runnable::run)
            .maxRoomsPerSocket(3)
            .build();
    private final FakeClient client = FakeClient.open(io);
    private final Socket socket = client.connect();

    @Test
    void holdsASocketInTheRoomOfItsId() {
        assertThat(socket.rooms()).containsExactly(socket.id());
    }

    @Test
    void takesASocketIn() {
        socket.join("news", "sports");

        assertThat(socket.rooms()).containsExactlyInAnyOrder(socket.id(), "news", "sports");
        io.to("sports").emit("goal");
        assertThat(client.received()).containsExactly("2[\"goal\"]");
    }

    @Test
    void takesASocketInOnce() {
        socket.join("news");
        socket.join("news", "news");
        socket.leave("news");

        assertThat(socket.rooms()).containsExactly(socket.id());
    }

    @Test
    void letsASocketGo() {
        socket.join("news");

        socket.leave("news");
        socket.leave("never joined");

        io.to("news").emit("headline");
        assertThat(client.received()).isEmpty();
        assertThat(socket.rooms()).containsExactly(socket.id());
    }

    @Test
    void givesACopyOfItsRooms() {
        socket.rooms().clear();

        assertThat(socket.rooms()).containsExactly(socket.id());
    }

    @Test
    void belongsToItsNamespace() {
        io.of("/admin");
        Socket admin = client.connect("/admin");
        socket.join("room");

        io.of("/admin").to("room").emit("e");

        assertThat(admin.rooms()).containsExactly(admin.id());
        assertThat(client.received()).isEmpty();
    }

    @Test
    void refusesMoreRoomsThanAllowed() {
        socket.join("a");

        assertThatThrownBy(() -> socket.join("b", "c"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("socket " + socket.id()
                        + " would be in more than 3 rooms: leave some, or raise maxRoomsPerSocket");

        assertThat(socket.rooms()).containsExactlyInAnyOrder(socket.id(), "a");
        socket.join("a", "b");
        assertThat(socket.rooms()).hasSize(3);
    }

    @Test
    void leavesNothingBehindAfterAJoinOfADisconnectedSocket() {
        client.hangUp();

        socket.join("news");

        assertThat(socket.rooms()).isEmpty();
        io.to("news").emit("headline");
        assertThat(client.received()).isEmpty();
    }

    @Test
    void ignoresAJoinInADisconnectListener() {
        socket.onDisconnect(reason -> socket.join("news"));

        client.send("1");

        assertThat(socket.rooms()).isEmpty();
    }

    @Test
    void areThereWhileDisconnectingAndGoneAfterwards() {
        List<String> seen = new ArrayList<>();
        socket.join("news");
        socket.onDisconnecting(reason -> seen.add(reason + " " + socket.rooms().size() + " "
                + io.sockets().sockets().size()));
        socket.onDisconnect(reason -> seen.add(reason + " " + socket.rooms().size() + " "
                + io.sockets().sockets().size()));

        client.send("1");

        assertThat(seen).containsExactly("client namespace disconnect 2 1", "client namespace disconnect 0 0");
    }

    @Test
    void mayBeToldGoodbyeWhileDisconnecting() {
        FakeClient other = FakeClient.open(io);
        other.connect().join("news");
        socket.join("news");
        socket.onDisconnecting(
                reason -> socket.rooms().forEach(room -> socket.to(room).emit("left")));

        client.hangUp();

        assertThat(other.received()).containsExactly("2[\"left\"]");
    }
}
