package dev.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.time.FakeScheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DynamicNamespaceTest {

    private static final Pattern ROOMS = Pattern.compile("^/room-\\d+$");

    private final FakeScheduler time = new FakeScheduler();
    private final SocketIoServer io = SocketIoServer.builder()
            .scheduler(time)
            .executor(Runnable::run)
            .maxNamespacesPerConnection(2)
            .build();
    private final FakeClient client = FakeClient.open(io);
    private final List<String> calls = new ArrayList<>();

    private static String invalid(String name) {
        return "4" + name + ",{\"message\":\"Invalid namespace\"}";
    }

    private boolean exists(String name) {
        return io.namespaces().all().stream()
                .anyMatch(namespace -> namespace.name().equals(name));
    }

    @Test
    void aPatternBringsANamespaceToLife() {
        ParentNamespace rooms = io.of(ROOMS);
        rooms.onConnection(
                socket -> calls.add("connection " + socket.namespace().name()));
        rooms.use(socket -> calls.add("middleware"));

        Socket socket = client.connect("/room-7");

        assertThat(calls).containsExactly("middleware", "connection /room-7");
        assertThat(rooms.children()).containsExactly(socket.namespace());
        assertThat(io.of("/room-7")).isSameAs(socket.namespace());
    }

    @Test
    void otherNamesStayInvalid() {
        io.of(ROOMS);
        io.of((name, auth) -> false);

        client.send("0/room-x,");

        assertThat(client.received()).containsExactly(invalid("/room-x"));
        assertThat(exists("/room-x")).isFalse();
        assertThat(client.connect().isConnected()).isTrue();
    }

    @Test
    void aPatternIsFoundAnywhereInTheName() {
        io.of(Pattern.compile("oo"));

        assertThat(client.connect("/foo-bar").isConnected()).isTrue();
    }

    @Test
    void aFunctionSeesNameAndAuth() {
        io.of((name, auth) -> {
            calls.add(name + " " + auth);
            return auth.get("allow", Boolean.class).orElse(false);
        });

        client.send("0/fn-1,{\"allow\":false}");
        client.send("0/fn-1,");
        client.send("0/fn-1,{\"allow\":true}");

        assertThat(calls).containsExactly("/fn-1 {\"allow\":false}", "/fn-1 {}", "/fn-1 {\"allow\":true}");
        List<String> received = client.received();
        assertThat(received.subList(0, 2)).containsExactly(invalid("/fn-1"), invalid("/fn-1"));
        assertThat(received.get(2)).startsWith("0/fn-1,{\"sid\":");
    }

    @Test
    void aFunctionIsAskedAboutEveryClientAndNotTheFirstAlone() {
        ParentNamespace parent =
                io.of((name, auth) -> auth.get("allow", Boolean.class).orElse(false));
        client.send("0/fn-1,{\"allow\":true}");
        assertThat(parent.children()).hasSize(1);

        FakeClient stranger = FakeClient.open(io);
        stranger.send("0/fn-1,");

        assertThat(stranger.received()).containsExactly(invalid("/fn-1"));
        assertThat(io.of("/fn-1").sockets()).hasSize(1);
    }

    @Test
    void theFirstThatAllowsWins() {
        ParentNamespace no = io.of((name, auth) -> false);
        ParentNamespace later = io.ofAsync((name, auth) -> CompletableFuture.supplyAsync(() -> true, Runnable::run));
        ParentNamespace tooLate = io.of(ROOMS);

        Socket socket = client.connect("/room-7");

        assertThat(later.children()).containsExactly(socket.namespace());
        assertThat(no.children()).isEmpty();
        assertThat(tooLate.children()).isEmpty();
    }

    @Test
    void aNamespaceThatExistsGoesFirst() {
        ParentNamespace parent = io.of((name, auth) -> {
            calls.add("asked");
            return true;
        });
        Namespace own = io.of("/room-7");

        Socket socket = client.connect("/room-7");

        assertThat(socket.namespace()).isSameAs(own);
        assertThat(calls).isEmpty();
        assertThat(parent.children()).isEmpty();
    }

    @Test
    void theApplicationCreatesAChildOfTheFirstPatternThatMatches() {
        io.of((name, auth) -> true);
        ParentNamespace rooms = io.of(ROOMS);
        ParentNamespace all = io.of(Pattern.compile(""));

        Namespace child = io.of("room-7");

        assertThat(rooms.children()).containsExactly(child);
        assertThat(all.children()).isEmpty();
    }

    @Test
    void whatAParentLearnsLaterReachesItsChildrenToo() {
        ParentNamespace rooms = io.of(ROOMS);
        Namespace child = io.of("/room-7");
        child.use(socket -> calls.add("own middleware"));
        child.onConnection(socket -> calls.add("own listener"));
        rooms.use(socket -> calls.add("parent's middleware"));
        Registration registration = rooms.onConnection(socket -> calls.add("parent's listener"));

        client.connect("/room-7");

        assertThat(calls).containsExactly("parent's middleware", "own middleware", "parent's listener", "own listener");
        registration.close();
        calls.clear();
        FakeClient.open(io).connect("/room-7");
        assertThat(calls).doesNotContain("parent's listener");
    }

    @Test
    void aParentReachesAllItsChildrenAndNobodyElse() {
        ParentNamespace rooms = io.of(ROOMS);
        FakeClient other = FakeClient.open(io);
        Socket first = client.connect("/room-1");
        Socket second = other.connect("/room-2");
        client.connect();
        first.join("lobby");
        second.join("lobby", "muted");

        rooms.emit("to all", 1);
        rooms.to("lobby").except("muted").emit("to some", 2);
        rooms.asVolatile().emit("now", 3);

        assertThat(client.received())
                .containsExactly("2/room-1,[\"to all\",1]", "2/room-1,[\"to some\",2]", "2/room-1,[\"now\",3]");
        assertThat(other.received()).containsExactly("2/room-2,[\"to all\",1]", "2/room-2,[\"now\",3]");
    }

    @Test
    void aParentAsksAndFindsTheSocketsOfAllItsChildren() {
        ParentNamespace rooms = io.of(ROOMS);
        Socket first = client.connect("/room-1");
        Socket second = FakeClient.open(io).connect("/room-2");
        client.connect();

        assertThat(rooms.fetchSockets().join()).extracting(RemoteSocket::id).contains(first.id(), second.id());
        assertThat(rooms.count().join()).isEqualTo(2);
        rooms.socketsJoin("lobby");
        assertThat(first.rooms()).contains("lobby");
        rooms.to("lobby").disconnectSockets();

        assertThat(rooms.count().join()).isZero();
        assertThat(io.sockets().sockets()).hasSize(1);
    }

    @Test
    void aFunctionThatFailsCountsAsNoAndIsLogged() {
        io.of((name, auth) -> {
            throw new java.io.IOException("database gone");
        });
        io.ofAsync((name, auth) -> CompletableFuture.failedFuture(new IllegalStateException("still gone")));

        try (LogCapture log = new LogCapture(ParentNamespace.class)) {
            client.send("0/room-7,");

            assertThat(client.received()).containsExactly(invalid("/room-7"));
            assertThat(log.records()).hasSize(2);
            assertThat(log.records().get(0).getMessage()).contains("/room-7");
        }
    }

    @Test
    void aFunctionThatFailsLeavesTheDecisionToTheNext() {
        io.of((name, auth) -> {
            throw new StackOverflowError();
        });
        ParentNamespace rooms = io.of(ROOMS);

        try (LogCapture log = new LogCapture(ParentNamespace.class)) {
            assertThat(rooms.children()).doesNotContain(io.sockets());
            assertThat(client.connect("/room-7").isConnected()).isTrue();
            assertThat(log.records()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/room-7\n", "/room-7\r", "/room-7\u2028", "/room-7\u0085", "/room-7\u0000"})
    void aNameCannotEndInWhatAPatternOverlooks(String name) {
        io.of(ROOMS);

        client.send("0" + name + ",");

        assertThat(client.received()).containsExactly(invalid(name));
    }

    @Test
    void aNameThatAClientChoosesIsNotLong() {
        io.of(Pattern.compile("^/a+$"));
        String longest = "/" + "a".repeat(255);

        client.send("0" + longest + "a,");

        assertThat(client.received()).containsExactly(invalid(longest + "a"));
        assertThat(client.connect(longest).isConnected()).isTrue();
    }

    @Test
    void waitsForAFunctionThatDecidesLater() {
        CompletableFuture<Boolean> decision = new CompletableFuture<>();
        io.ofAsync((name, auth) -> decision);
        client.send("0/late,");
        assertThat(client.received()).isEmpty();

        decision.complete(true);

        assertThat(client.received()).hasSize(1);
        assertThat(io.of("/late").sockets()).hasSize(1);
    }

    @Test
    void closesOnASecondConnectBeforeTheDecision() {
        io.ofAsync((name, auth) -> new CompletableFuture<>());
        client.send("0/late,");

        client.send("0/late,");

        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void closesOnAnEventBeforeTheDecision() {
        io.ofAsync((name, auth) -> new CompletableFuture<>());
        client.send("0/late,");

        client.send("2/late,[\"early\"]");

        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void decisionsUnderWayCountAsNamespacesOfTheConnection() {
        List<CompletableFuture<Boolean>> decisions = new ArrayList<>();
        io.ofAsync((name, auth) -> next(decisions));
        client.send("0/one,");
        client.send("0/two,");

        client.send("0/three,");

        assertThat(client.received()).containsExactly("4/three,{\"message\":\"Too many namespaces\"}");
        assertThat(decisions).hasSize(2);
        decisions.get(0).complete(false);
        assertThat(client.received()).containsExactly(invalid("/one"));
        client.send("0/three,");
        assertThat(decisions).hasSize(3);
    }

    private static CompletionStage<Boolean> next(List<CompletableFuture<Boolean>> decisions) {
        decisions.add(new CompletableFuture<>());
        return decisions.get(decisions.size() - 1);
    }

    @Test
    void aDecisionAfterTheEndOfTheConnectionCreatesNothing() {
        CompletableFuture<Boolean> decision = new CompletableFuture<>();
        ParentNamespace parent = io.ofAsync((name, auth) -> decision);
        io.onNewNamespace(namespace -> calls.add(namespace.name()));
        client.send("0/late,");
        client.hangUp();

        decision.complete(true);

        assertThat(parent.children()).isEmpty();
        assertThat(calls).isEmpty();
        assertThat(time.pending()).isZero();
    }

    @Test
    void twoWhoAreLetInTogetherMeetInOneNamespace() {
        List<CompletableFuture<Boolean>> decisions = new ArrayList<>();
        io.ofAsync((name, auth) -> next(decisions));
        io.onNewNamespace(namespace -> calls.add(namespace.name()));
        FakeClient other = FakeClient.open(io);
        client.send("0/met,");
        other.send("0/met,");

        decisions.forEach(decision -> decision.complete(true));

        assertThat(calls).containsExactly("/met");
        client.received();
        other.received();
        io.of("/met").emit("message");
        assertThat(client.received()).containsExactly("2/met,[\"message\"]");
        assertThat(other.received()).containsExactly("2/met,[\"message\"]");
    }

    @Test
    void newNamespacesAreAnnounced() {
        io.of(ROOMS);
        Registration registration = io.onNewNamespace(namespace -> calls.add(namespace.name()));

        io.of("/own");
        io.of("/own");
        client.connect("/room-7");
        FakeClient.open(io).connect("/room-7");
        registration.close();
        io.of("/late");

        assertThat(calls).containsExactly("/own", "/room-7");
    }

    @Test
    void aListenerToNewNamespacesIsInTimeForTheFirstClient() {
        io.of(ROOMS);
        io.onNewNamespace(namespace -> {
            throw new IllegalStateException("broken");
        });
        io.onNewNamespace(namespace -> namespace.use(socket -> {
            throw new ConnectErrorException("closed");
        }));

        try (LogCapture log = new LogCapture(Namespaces.class)) {
            client.send("0/room-7,");

            assertThat(log.records()).hasSize(1);
        }
        assertThat(client.received()).containsExactly("4/room-7,{\"message\":\"closed\"}");
    }

    @Test
    void aClientWaitsForTheListenersToANewNamespace() {
        CompletableFuture<Namespace> announced = new CompletableFuture<>();
        io.onNewNamespace(namespace -> {
            client.send("0/own,");
            assertThat(client.received()).isEmpty();
            announced.complete(namespace);
        });

        Namespace own = io.of("/own");

        assertThat(announced).isCompletedWithValue(own);
        assertThat(client.received()).hasSize(1);
    }
}
