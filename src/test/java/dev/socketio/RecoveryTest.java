package dev.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.engine.EngineRequest;
import dev.socketio.time.FakeScheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that go away and come back. */
class RecoveryTest {

    private final FakeScheduler time = new FakeScheduler();
    private final SocketIoServer io = SocketIoServer.builder()
            .scheduler(time)
            .executor(Runnable::run)
            .maxOutboxBytes(10_000)
            .allowEIO3(true)
            .connectionStateRecovery(ConnectionStateRecovery.defaults())
            .build();

    @AfterEach
    void leavesNothingBehind() {
        io.close();
        assertThat(io.sockets().sockets()).isEmpty();
        assertThat(time.pending()).isZero();
    }

    @Test
    void bringsTheEventsThatWereMissed() {
        RecoveringClient client = RecoveringClient.connect(io);
        Socket old = client.socket();
        old.join("room");
        io.emit("a");
        client.received();
        client.hangUp();
        io.emit("b");
        io.to("room").emit("c");
        io.to("elsewhere").emit("x");
        io.except("room").emit("x");
        old.emit("d");
        io.asVolatile().emit("x");
        old.broadcast().emit("x");

        assertThat(client.comeBack().received()).containsExactly("b", "c", "d", "CONNECT");
        assertThat(client.isRecovered()).isTrue();
        io.emit("e");
        client.socket().emit("f");
        assertThat(client.received()).containsExactly("e", "f");
    }

    @Test
    void goesOnWithIdRoomsAndData() {
        List<Socket> connected = new ArrayList<>();
        io.onConnection(connected::add);
        RecoveringClient client = RecoveringClient.connect(io);
        Socket old = client.socket();
        old.join("room");
        old.data().put("name", "ann");
        client.hangUp();
        client.comeBack().received();

        assertThat(connected).hasSize(2);
        Socket socket = connected.get(1);
        assertThat(socket).isNotSameAs(old);
        assertThat(socket.id()).isEqualTo(old.id());
        assertThat(socket.isRecovered()).isTrue();
        assertThat(old.isRecovered()).isFalse();
        assertThat(socket.rooms()).containsExactlyInAnyOrder(socket.id(), "room");
        assertThat(socket.data()).isSameAs(old.data());
        assertThat(socket.handshake()).isNotSameAs(old.handshake());
        assertThat(io.sockets().sockets()).containsExactly(socket);
    }

    @Test
    void theOldSocketHasNoSayInTheRoomsOfTheNew() {
        RecoveringClient client = RecoveringClient.connect(io);
        Socket old = client.socket();
        client.hangUp();
        client.comeBack().received();

        old.join("room");
        old.leave(old.id());

        assertThat(old.rooms()).isEmpty();
        assertThat(client.socket().rooms()).containsExactly(old.id());
    }

    @Test
    void whatTheOldSocketEmitsReachesTheClient() {
        RecoveringClient client = RecoveringClient.connect(io);
        Socket old = client.socket();
        client.hangUp();
        assertThat(old.emit("a")).isFalse();
        client.comeBack();
        old.emit("b");

        assertThat(client.received()).containsExactly("a", "CONNECT", "b");
    }

    @Test
    void bringsEverythingToAClientThatHasGotNoEvent() {
        io.emit("before");
        RecoveringClient client = RecoveringClient.connect(io);
        client.hangUp();
        io.emit("a");

        assertThat(client.comeBack().received()).containsExactly("a", "CONNECT");
        assertThat(client.isRecovered()).isTrue();
    }

    @Test
    void bringsNothingToAClientThatHasMissedNothing() {
        RecoveringClient client = RecoveringClient.connect(io);
        client.hangUp();

        assertThat(client.comeBack().received()).containsExactly("CONNECT");
        assertThat(client.isRecovered()).isTrue();
    }

    @Test
    void bringsAgainWhatIsLostAgain() {
        RecoveringClient client = RecoveringClient.connect(io);
        client.hangUp();
        io.emit("a");
        client.comeBack(); // the connection breaks before the client has read anything
        client.hangUp();
        io.emit("b");

        assertThat(client.comeBack().received()).containsExactly("a", "b", "CONNECT");
        client.hangUp();
        io.emit("c");
        assertThat(client.comeBack().received()).containsExactly("c", "CONNECT");
    }

    @Test
    void anOffsetFromAnEarlierSessionBringsNothingOld() {
        RecoveringClient client = RecoveringClient.connect(io);
        io.emit("a");
        client.received();
        client.socket().disconnect();
        client.received();
        client.hangUp();
        io.emit("b");
        assertThat(client.comeBack().received()).containsExactly("CONNECT");
        assertThat(client.isRecovered()).isFalse();
        client.hangUp();
        io.emit("c");

        assertThat(client.comeBack().received()).containsExactly("c", "CONNECT");
        assertThat(client.isRecovered()).isTrue();
    }

    static Stream<Named<Consumer<RecoveringClient>>> endsThatNobodyWanted() {
        return Stream.of(
                Named.of("transport close", RecoveringClient::hangUp),
                Named.of(
                        "transport close by the client",
                        client -> client.connection().sendRaw("1")),
                Named.of("reset", client -> client.connection().fail(new IOException("reset"))),
                Named.of("transport error", client -> client.connection().fail(new IllegalStateException("bad frame"))),
                Named.of(
                        "forced close by a bad packet",
                        client -> client.connection().send("2[]")),
                Named.of(
                        "forced close by the server",
                        client -> client.socket().conn().close()));
    }

    @ParameterizedTest
    @MethodSource("endsThatNobodyWanted")
    void recoversAfterAnEndThatNobodyWanted(Consumer<RecoveringClient> end) {
        RecoveringClient client = RecoveringClient.connect(io);
        end.accept(client);
        assertThat(io.sockets().sockets()).isEmpty();

        client.comeBack().received();

        assertThat(client.isRecovered()).isTrue();
    }

    @Test
    void recoversAfterAPingTimeout() {
        RecoveringClient client = RecoveringClient.connect(io);
        io.emit("a");
        client.received();
        time.advance(Duration.ofSeconds(25));
        io.emit("b"); // the network is dead already
        time.advance(Duration.ofSeconds(20));
        assertThat(io.sockets().sockets()).isEmpty();
        time.advance(Duration.ofMinutes(2).minusNanos(1));

        assertThat(client.comeBack().received()).containsExactly("b", "CONNECT");
    }

    static Stream<Named<Consumer<RecoveringClient>>> endsThatSomebodyWanted() {
        return Stream.of(
                Named.of("client left", client -> client.connection().send("1")),
                Named.of("server disconnected", client -> client.socket().disconnect()),
                Named.of("server disconnected all", client -> client.socket().disconnect(/* close= */ true)),
                Named.of("parse error", client -> client.connection().sendRaw("x")),
                Named.of("outbox full", client -> {
                    client.connection().stall();
                    client.socket().emit("e", "x".repeat(9_000));
                    client.socket().emit("e", "x".repeat(9_000));
                }));
    }

    @ParameterizedTest
    @MethodSource("endsThatSomebodyWanted")
    void doesNotRecoverAfterAnEndThatSomebodyWanted(Consumer<RecoveringClient> end) {
        RecoveringClient client = RecoveringClient.connect(io);
        Socket old = client.socket();
        end.accept(client);
        assertThat(io.sockets().sockets()).isEmpty();
        assertThat(old.emit("late")).isFalse();

        assertThat(client.comeBack().received()).containsExactly("CONNECT");

        assertThat(client.isRecovered()).isFalse();
        assertThat(client.id()).isNotEqualTo(old.id());
        assertThat(client.socket().isRecovered()).isFalse();
    }

    @Test
    void leavingAndJoiningAgainIsANewSession() {
        RecoveringClient client = RecoveringClient.connect(io);
        client.connection().send("1");
        client.connection().send("0{\"pid\":\"" + client.pid() + "\"}");
        client.received();

        assertThat(client.isRecovered()).isFalse();
        assertThat(client.connection().isClosed()).isFalse();
    }

    @Test
    void doesNotRecoverAfterTheTime() {
        RecoveringClient client = RecoveringClient.connect(io);
        client.hangUp();
        time.advance(Duration.ofMinutes(2));

        client.comeBack().received();

        assertThat(client.isRecovered()).isFalse();
    }

    @Test
    void recoversOnce() {
        RecoveringClient client = RecoveringClient.connect(io);
        String auth = "{\"pid\":\"" + client.pid() + "\"}";
        client.hangUp();
        client.comeBack(auth).received();
        client.connection().send("1");
        FakeClient thief = FakeClient.open(io);
        thief.send("0" + auth);

        assertThat(thief.received()).singleElement().asString().doesNotContain(client.id(), client.pid());
    }

    @Test
    void takesOverFromAConnectionThatIsNotKnownToBeDead() {
        List<String> ends = new ArrayList<>();
        RecoveringClient client = RecoveringClient.connect(io);
        FakeClient dead = client.connection();
        Socket old = client.socket();
        old.onDisconnecting(reason -> ends.add("disconnecting " + old.rooms().size()));
        old.onDisconnect(reason -> ends.add(reason.toString()));
        io.onConnection(socket -> ends.add("connected"));
        io.emit("a");

        assertThat(client.comeBack().received()).containsExactly("a", "CONNECT");
        assertThat(client.isRecovered()).isTrue();
        assertThat(ends).containsExactly("disconnecting 1", "transport close", "connected");
        assertThat(dead.isClosed()).isTrue();
        assertThat(io.sockets().sockets()).hasSize(1);
        assertThat(io.engine().clientsCount()).isOne();
    }

    @Test
    void findsNothingForAnUnknownSession() {
        RecoveringClient client = RecoveringClient.connect(io);
        String id = client.id();

        assertThat(client.comeBack("{\"pid\":\"foo\",\"offset\":\"bar\"}").received())
                .containsExactly("CONNECT");
        assertThat(client.isRecovered()).isFalse();
        assertThat(client.id()).isNotEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"pid\":5}", "{\"pid\":null}", "{\"pid\":{\"x\":1}}", "{\"pid\":\"\"}", "{\"offset\":\"x\"}"})
    void aMalformedWishIsAnOrdinaryConnection(String auth) {
        RecoveringClient client = RecoveringClient.connect(io);

        assertThat(client.comeBack(auth).received()).containsExactly("CONNECT");
        assertThat(client.isRecovered()).isFalse();
    }

    @Test
    void aMalformedOffsetIsANewSession() {
        RecoveringClient client = RecoveringClient.connect(io);
        client.hangUp();
        client.comeBack("{\"pid\":\"" + client.pid() + "\",\"offset\":\"hello\"}")
                .received();

        assertThat(client.isRecovered()).isFalse();
    }

    @Test
    void givesOffsetsToEventsThatCanBeSentAgainOnly() {
        RecoveringClient client = RecoveringClient.connect(io);
        Socket socket = client.socket();
        socket.emit("a", 1);
        socket.asVolatile().emit("b", 1);
        assertThat(socket.emitWithAck("c", 1)).isNotDone();
        socket.emit("d", new byte[] {1});

        List<String> packets = client.connection().received();
        assertThat(packets.get(0)).matches("2\\[\"a\",1,\"\\w+\"]");
        assertThat(packets.get(1)).isEqualTo("2[\"b\",1]");
        assertThat(packets.get(2)).isEqualTo("20[\"c\",1]");
        assertThat(packets.get(3)).matches("51-\\[\"d\",\\{\"_placeholder\":true,\"num\":0},\"\\w+\"]");
    }

    @Test
    void bringsBinaryEvents() {
        RecoveringClient client = RecoveringClient.connect(io);
        client.hangUp();
        io.emit("a", new byte[] {1, 2});

        List<String> packets = client.comeBack().connection().received();

        assertThat(packets).hasSize(3);
        assertThat(packets.get(0)).startsWith("51-[\"a\"");
        assertThat(packets.get(1)).isEqualTo("<0102>");
    }

    @Test
    void clientsOfRevision3GetNeitherPidNorOffset() {
        EngineRequest request = new EngineRequest(
                "/socket.io/?EIO=3&transport=websocket",
                Map.of("EIO", "3", "transport", "websocket"),
                Map.of(),
                "127.0.0.1",
                false,
                null,
                Set.of(),
                null);
        FakeClient old = FakeClient.open(io, request);
        RecoveringClient client = RecoveringClient.connect(io);
        assertThat(old.received()).singleElement().asString().doesNotContain("pid");
        io.emit("a");

        assertThat(old.received()).containsExactly("2[\"a\"]");
        assertThat(client.connection().received().get(0)).matches("2\\[\"a\",\"\\w+\"]");
    }

    @Test
    void oneNamespaceDoesNotKnowTheSessionsOfAnother() {
        io.of("/other");
        RecoveringClient client = RecoveringClient.connect(io);
        client.hangUp();
        FakeClient elsewhere = FakeClient.open(io);
        elsewhere.send("0/other,{\"pid\":\"" + client.pid() + "\"}");

        assertThat(elsewhere.received()).singleElement().asString().doesNotContain(client.id());
        client.comeBack().received();
        assertThat(client.isRecovered()).isTrue();
    }

    @Test
    void everyNamespaceOfAConnectionIsRecovered() {
        io.of("/other");
        RecoveringClient client = RecoveringClient.connect(io);
        client.connection().send("0/other,");
        String pid = client.received().get(0).replaceAll(".*\"pid\":\"([^\"]+)\".*", "$1");

        client.comeBack().connection().send("0/other,{\"pid\":\"" + pid + "\"}");

        assertThat(client.received()).hasSize(2).last().asString().contains(pid);
        assertThat(client.isRecovered()).isTrue();
    }

    @Test
    void isOffUnlessSet() {
        SocketIoServer without =
                SocketIoServer.builder().scheduler(time).executor(Runnable::run).build();
        FakeClient client = FakeClient.open(without);
        client.send("0{\"pid\":\"x\",\"offset\":\"y\"}");
        without.emit("a");

        assertThat(client.received()).hasSize(2).first().asString().matches("0\\{\"sid\":\"[^\"]+\"}");
        without.close();
    }
}
