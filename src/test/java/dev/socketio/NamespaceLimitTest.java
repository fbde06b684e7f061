package dev.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.adapter.Adapter;
import dev.socketio.adapter.InMemoryAdapter;
import dev.socketio.time.FakeScheduler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** How namespaces that clients have brought to life come to an end. */
class NamespaceLimitTest {

    private final FakeScheduler time = new FakeScheduler();
    private final SocketIoServer.Builder options =
            SocketIoServer.builder().scheduler(time).executor(Runnable::run).maxDynamicNamespaces(2);

    private static List<String> names(SocketIoServer io) {
        return io.namespaces().all().stream().map(Namespace::name).sorted().toList();
    }

    private SocketIoServer server() {
        SocketIoServer io = options.build();
        io.of(Pattern.compile("^/room-\\d+$"));
        return io;
    }

    @Test
    void anEmptyChildStaysUnlessAskedOtherwise() {
        SocketIoServer io = server();
        FakeClient client = FakeClient.open(io);
        client.connect("/room-1");

        client.send("1/room-1,");

        assertThat(names(io)).containsExactly("/", "/room-1");
    }

    @Test
    void anEmptyChildIsCleanedUp() {
        SocketIoServer io = options.cleanupEmptyChildNamespaces(true).build();
        ParentNamespace rooms = io.of(Pattern.compile("^/room-\\d+$"));
        FakeClient client = FakeClient.open(io);
        FakeClient other = FakeClient.open(io);
        Namespace first = client.connect("/room-1").namespace();
        other.connect("/room-1");

        client.send("1/room-1,");
        assertThat(names(io)).containsExactly("/", "/room-1");
        other.hangUp();

        assertThat(names(io)).containsExactly("/");
        assertThat(rooms.children()).isEmpty();
        assertThat(client.connect("/room-1").namespace()).isNotSameAs(first);
    }

    @Test
    void aChildIsCleanedUpWhenItsMiddlewareRefusesTheOnlyClient() {
        SocketIoServer io = options.cleanupEmptyChildNamespaces(true).build();
        io.of(Pattern.compile("^/room-\\d+$")).use(socket -> {
            if (!socket.namespace().sockets().isEmpty()) {
                throw new ConnectErrorException("full");
            }
            if (socket.handshake().auth().get("key", String.class).isEmpty()) {
                throw new ConnectErrorException("no key");
            }
        });
        FakeClient client = FakeClient.open(io);
        FakeClient other = FakeClient.open(io);

        client.send("0/room-1,");
        assertThat(client.received()).containsExactly("4/room-1,{\"message\":\"no key\"}");
        assertThat(names(io)).containsExactly("/");
        client.send("0/room-1,{\"key\":\"k\"}");
        other.send("0/room-1,");

        assertThat(other.received()).containsExactly("4/room-1,{\"message\":\"full\"}");
        assertThat(names(io)).containsExactly("/", "/room-1");
    }

    @Test
    void aChildIsKeptForAClientThatIsStillInItsMiddlewares() {
        SocketIoServer io = options.cleanupEmptyChildNamespaces(true).build();
        CompletableFuture<Void> decision = new CompletableFuture<>();
        io.of(Pattern.compile("^/room-\\d+$"))
                .useAsync(socket ->
                        socket.handshake().auth().get("wait", Boolean.class).isPresent()
                                ? decision
                                : CompletableFuture.completedFuture(null));
        FakeClient client = FakeClient.open(io);
        FakeClient other = FakeClient.open(io);
        Namespace room = client.connect("/room-1").namespace();
        other.send("0/room-1,{\"wait\":true}");

        client.hangUp();
        decision.complete(null);

        assertThat(names(io)).containsExactly("/", "/room-1");
        assertThat(room.sockets()).hasSize(1);
        other.hangUp();
        assertThat(names(io)).containsExactly("/");
    }

    @Test
    void theAdapterEndsWithItsNamespace() {
        List<String> closed = new ArrayList<>();
        SocketIoServer io = options.cleanupEmptyChildNamespaces(true)
                .adapter(context -> local -> noting(local.namespace(), new InMemoryAdapter(local), closed))
                .build();
        io.of(Pattern.compile("^/room-\\d+$"));
        FakeClient client = FakeClient.open(io);
        client.connect("/room-1");
        assertThat(closed).isEmpty();

        client.send("1/room-1,");

        assertThat(closed).containsExactly("/room-1");
    }

    /** Notes that an adapter is closed. */
    private static Adapter noting(String name, Adapter adapter, List<String> closed) {
        return (Adapter)
                Proxy.newProxyInstance(Adapter.class.getClassLoader(), new Class<?>[] {Adapter.class}, (p, call, a) -> {
                    if (call.getName().equals("close")) {
                        closed.add(name);
                    }
                    return call.invoke(adapter, a);
                });
    }

    @Test
    void otherNamespacesAreNotCleanedUp() {
        SocketIoServer io = options.cleanupEmptyChildNamespaces(true).build();
        io.of("/own");
        FakeClient client = FakeClient.open(io);
        client.connect("/own");

        client.send("1/own,");

        assertThat(names(io)).containsExactly("/", "/own");
    }

    @Test
    void refusesMoreThanAllowedWhileAllAreInUse() {
        SocketIoServer io = server();
        FakeClient.open(io).connect("/room-1");
        FakeClient.open(io).connect("/room-2");
        FakeClient client = FakeClient.open(io);

        client.send("0/room-3,");

        assertThat(client.received()).containsExactly("4/room-3,{\"message\":\"Too many namespaces\"}");
        assertThat(names(io)).containsExactly("/", "/room-1", "/room-2");
        assertThat(client.connect("/room-2").isConnected()).isTrue();
    }

    @Test
    void theNamespaceThatHasBeenEmptyLongestGivesWay() {
        SocketIoServer io = server();
        FakeClient client = FakeClient.open(io);
        client.connect("/room-1");
        client.connect("/room-2");
        client.send("1/room-2,");
        client.send("1/room-1,");

        client.connect("/room-3");
        assertThat(names(io)).containsExactly("/", "/room-1", "/room-3");
        client.connect("/room-4");

        assertThat(names(io)).containsExactly("/", "/room-3", "/room-4");
    }

    @Test
    void whatTheApplicationAsksForIsItsOwnAndDoesNotCount() {
        SocketIoServer io = server();
        FakeClient client = FakeClient.open(io);
        client.connect("/room-1");
        client.send("1/room-1,");
        io.of("/room-1");
        io.of("/room-2");

        client.connect("/room-3");
        client.connect("/room-4");

        assertThat(names(io)).containsExactly("/", "/room-1", "/room-2", "/room-3", "/room-4");
    }

    @Test
    void oneClientThatComesAndGoesLeavesRoomForOthers() {
        SocketIoServer io = server();
        FakeClient hostile = FakeClient.open(io);
        for (int i = 0; i < 100; i++) {
            hostile.connect("/room-" + i);
            hostile.send("1/room-" + i + ",");
        }

        assertThat(names(io)).hasSize(3);
        assertThat(FakeClient.open(io).connect("/room-1000").isConnected()).isTrue();
    }
}
