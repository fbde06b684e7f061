package dev.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socketio.time.FakeScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients of Socket.IO 1 and 2, where they differ from later ones. */
class ProtocolV4Test {

    private final FakeScheduler time = new FakeScheduler();
    private final ManualExecutor executor = new ManualExecutor();
    private final SocketIoServer io = SocketIoServer.builder()
            .scheduler(time)
            .executor(executor)
            .allowEIO3(true)
            .maxNamespacesPerConnection(3)
            .build();
    private final List<Socket> connected = new ArrayList<>();
    private final List<String> events = new ArrayList<>();

    private FakeClient open() {
        FakeClient client = FakeClient.openV4(io);
        executor.runAll();
        return client;
    }

    private List<String> send(FakeClient client, String packet) {
        client.send(packet);
        executor.runAll();
        return client.received();
    }

    @Test
    void isNotServedUnlessItIsAllowed() {
        SocketIoServer strict =
                SocketIoServer.builder().scheduler(time).executor(Runnable::run).build();

        assertThatThrownBy(() -> FakeClient.openV4(strict)).hasMessageContaining("Unsupported protocol version");
    }

    @Test
    void joinsTheMainNamespaceByConnecting() {
        io.onConnection(connected::add);

        FakeClient client = open();

        assertThat(client.received()).containsExactly("0");
        Socket socket = connected.get(0);
        assertThat(socket.id()).isEqualTo(socket.conn().id());
        assertThat(socket.conn().protocol()).isEqualTo(3);
        assertThat(socket.handshake().auth()).hasToString("{}");
        assertThat(socket.handshake().query()).containsEntry("token", "of the connection");
        assertThat(socket.rooms()).containsExactly(socket.id());
        assertThat(io.sockets().socket(socket.id())).containsSame(socket);
    }

    @Test
    void isToldSoInAResponseOfItsOwnOverPolling() {
        SocketIoServer direct = SocketIoServer.builder()
                .scheduler(time)
                .executor(Runnable::run)
                .allowEIO3(true)
                .build();

        PollingClient client = PollingClient.open(direct, /* protocol= */ 3);
        client.poll();

        assertThat(client.replies).hasSize(2).last().isEqualTo("200 2:40");
        assertThat(client.replies.get(0)).matches("200 \\d+:0\\{.*}");
    }

    @Test
    void neverWaitsForAnotherNamespaceToBeOfUse() {
        FakeClient client = open();

        for (int i = 0; i < 10; i++) {
            time.advance(Duration.ofSeconds(25));
            client.sendRaw("2");
        }

        assertThat(client.isClosed()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0", "0/", "'0/?token=1,'", "'0{\"token\":1}'"})
    void closesIfItAsksForTheMainNamespace(String packet) {
        FakeClient client = open();

        send(client, packet);

        assertThat(client.isClosed()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "0/admin,                          | {}",
                "0/admin                           | {}",
                "0/admin?,                         | {}",
                "0/admin?token=1&a,                | {\"token\":\"1\",\"a\":\"\"}",
                "0/admin?token=1                   | {\"token\":\"1\"}",
                "0/admin?token=1&token=2,          | {\"token\":\"2\"}",
                "0/admin?a=b%2Cc+d%C3%A9&%26=?,    | {\"a\":\"b,c dé\",\"&\":\"?\"}",
                "0/admin?a=1,{\"ignored\":true}    | {\"a\":\"1\"}",
                "0/admin?__proto__=1,              | {\"__proto__\":\"1\"}",
            })
    void bringsAQueryToJoinANamespace(String packet, String auth) {
        Namespace admin = io.of("/admin");
        admin.onConnection(connected::add);
        FakeClient client = open();
        client.received();

        assertThat(send(client, packet)).containsExactly("0/admin,");

        Socket socket = connected.get(0);
        assertThat(socket.handshake().auth()).hasToString(auth);
        assertThat(socket.handshake().query())
                .isEqualTo(Map.of("EIO", "3", "transport", "websocket", "token", "of the connection"));
        assertThat(socket.id()).isEqualTo("/admin#" + socket.conn().id());
        assertThat(admin.socket(socket.id())).containsSame(socket);
    }

    @Test
    void mayBringSoMuchAndNoMore() {
        io.of("/admin").onConnection(connected::add);
        io.of("/other").onConnection(connected::add);

        send(open(), "0/admin?" + parameters(1_000) + ",");
        assertThat(connected).hasSize(1);

        FakeClient greedy = open();
        send(greedy, "0/other?" + parameters(1_001) + ",");
        assertThat(connected).hasSize(1);
        assertThat(greedy.isClosed()).isTrue();
    }

    private static String parameters(int number) {
        return IntStream.range(0, number).mapToObj(i -> "p" + i + "=1").collect(Collectors.joining("&"));
    }

    @Test
    void isToldOfAnUnknownNamespaceAsLaterClientsAre() {
        FakeClient client = open();
        client.received();

        assertThat(send(client, "0/unknown?a=1,")).containsExactly("4/unknown,{\"message\":\"Invalid namespace\"}");
        assertThat(client.isClosed()).isFalse();
    }

    @Test
    void isToldTheMessageOfARefusalAlone() {
        io.use(socket -> {
            throw new ConnectErrorException("not \"authorized\"");
        });

        assertThat(open().received()).containsExactly("4\"not \\\"authorized\\\"\"");
    }

    @Test
    void isToldTheDataOfARefusalInPlaceOfTheMessage() {
        io.of("/admin").use(socket -> {
            throw new ConnectErrorException("not authorized", Map.of("code", 401));
        });
        FakeClient client = open();
        client.received();

        assertThat(send(client, "0/admin,")).containsExactly("4/admin,{\"code\":401}");
    }

    @Test
    void mayAskAgainAfterARefusal() {
        io.use(socket -> {
            if (connected.isEmpty()) {
                connected.add(socket);
                throw new ConnectErrorException("not yet");
            }
        });
        FakeClient client = open();

        assertThat(client.received()).containsExactly("4\"not yet\"");
        assertThat(send(client, "0")).containsExactly("0");
    }

    @Test
    void exchangesEventsInEveryNamespace() {
        for (String name : List.of("/", "/admin")) {
            io.of(name)
                    .onConnection(socket -> socket.on("echo", (arguments, ack) -> {
                        ack.send(arguments.toArray());
                        socket.emit("back", arguments.toArray());
                    }));
        }
        FakeClient client = open();
        send(client, "0/admin?token=1,");

        assertThat(send(client, "2[\"echo\",1]")).containsExactly("2[\"back\",1]");
        assertThat(send(client, "27[\"echo\",1]")).containsExactly("37[1]", "2[\"back\",1]");
        assertThat(send(client, "2/admin,[\"echo\",1]")).containsExactly("2/admin,[\"back\",1]");
        assertThat(send(client, "2/admin?token=1,7[\"echo\",1]"))
                .containsExactly("3/admin,7[1]", "2/admin,[\"back\",1]");
    }

    @Test
    void exchangesBytes() {
        io.onConnection(socket -> socket.on("echo", byte[].class, bytes -> socket.emit("back", bytes)));
        FakeClient client = open();
        client.received();

        client.send("51-[\"echo\",{\"_placeholder\":true,\"num\":0}]");
        client.send(new byte[] {4, 1, 2, 3});
        executor.runAll();

        assertThat(client.received()).containsExactly("51-[\"back\",{\"_placeholder\":true,\"num\":0}]", "<04010203>");
    }

    @Test
    void hasTheSameIdWhenItComesBack() {
        io.of("/admin").onConnection(connected::add);
        FakeClient client = open();
        send(client, "0/admin,");
        send(client, "1/admin,");

        assertThat(send(client, "0/admin,")).containsExactly("0/admin,");

        assertThat(connected).hasSize(2);
        assertThat(connected.get(1)).isNotSameAs(connected.get(0));
        assertThat(connected.get(1).id()).isEqualTo(connected.get(0).id());
    }

    @Test
    void comesBackWhenTheEndOfItsLastSocketIsOver() {
        Namespace admin = io.of("/admin");
        admin.onConnection(socket -> {
            events.add("connected");
            socket.join("room");
            socket.onDisconnecting(reason -> events.add("disconnecting"));
        });
        FakeClient client = open();
        send(client, "0/admin,");

        client.send("1/admin,");
        client.send("0/admin?again=1,");
        executor.runAll();

        assertThat(events).containsExactly("connected", "disconnecting", "connected");
        Socket socket = admin.sockets().iterator().next();
        assertThat(socket.isConnected()).isTrue();
        assertThat(socket.handshake().auth().get("again", String.class)).contains("1");
        assertThat(socket.rooms()).containsExactlyInAnyOrder("room", socket.id());
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"'0/admin,', '0/admin,'", "'2/admin,[\"x\"]', -"})
    void closesIfItDoesMoreThanAskOnceWhileItComesBack(String packet, @Nullable String next) {
        Namespace admin = io.of("/admin");
        FakeClient client = open();
        send(client, "0/admin,");

        client.send("1/admin,");
        client.send(packet);
        if (next != null) {
            client.send(next);
        }
        executor.runAll();

        assertThat(client.isClosed()).isTrue();
        assertThat(admin.sockets()).isEmpty();
    }

    @Test
    void doesNotComeBackOnceItIsGone() {
        Namespace admin = io.of("/admin");
        admin.onConnection(connected::add);
        FakeClient client = open();
        send(client, "0/admin,");

        client.send("1/admin,");
        client.send("0/admin,");
        client.hangUp();
        executor.runAll();

        assertThat(connected).hasSize(1);
        assertThat(admin.sockets()).isEmpty();
        assertThat(connected.get(0).rooms()).isEmpty();
    }

    @Test
    void joinsNoMoreNamespacesThanOthers() {
        IntStream.range(0, 4).forEach(i -> io.of("/" + i));
        FakeClient client = open();
        client.received();

        assertThat(send(client, "0/0,")).containsExactly("0/0,");
        assertThat(send(client, "0/1,")).containsExactly("0/1,");
        assertThat(send(client, "0/2,")).containsExactly("4/2,{\"message\":\"Too many namespaces\"}");
    }
}
