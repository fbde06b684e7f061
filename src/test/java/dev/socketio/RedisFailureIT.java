package dev.socketio;

import static dev.socketio.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.socketio.adapter.ClusterHealth;
import dev.socketio.adapter.redis.RedisAdapter;
import dev.socketio.adapter.redis.RedisEmitter;
import dev.socketio.adapter.redis.SubscriptionMode;
import dev.socketio.testing.ExternalProcess;
import dev.socketio.testing.NodeScript;
import dev.socketio.testing.RedisServer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.pubsub.api.sync.RedisPubSubCommands;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of two servers, with a client each, when Redis fails, and when another server does. */
class RedisFailureIT {

    private final RedisServer redis = RedisServer.start();
    private final List<SocketIoServer> servers = new ArrayList<>();

    /** A server, one of its clients, and what that has heard. */
    private final class Node {

        private final SocketIoServer io;
        private final FakeClient client;
        private final List<Integer> heard = new ArrayList<>();

        Node(UnaryOperator<RedisAdapter.Builder> options) {
            RedisAdapter adapter =
                    options.apply(RedisAdapter.builder(redis.uri())).build();
            io = SocketIoServer.builder()
                    .adapter(adapter)
                    .executor(Runnable::run)
                    .pingInterval(Duration.ofMinutes(5))
                    .build();
            servers.add(io);
            client = FakeClient.open(io);
            client.connect();
        }

        ClusterHealth health() {
            return io.clusterHealth();
        }

        List<Integer> heard() {
            for (String packet : client.received()) {
                heard.add(Integer.valueOf(packet.replaceAll("\\D*\\d+\\[\"n\",(\\d+).*", "$1")));
            }
            return heard;
        }

        void emitToRoom(int times) {
            IntStream.range(0, times).forEach(n -> io.to("r").emit("n", n));
        }

        void emit(int from, int to) {
            IntStream.range(from, to).forEach(n -> io.emit("n", n));
        }
    }

    @AfterEach
    void end() {
        servers.forEach(SocketIoServer::close);
        redis.close();
    }

    /** A new server is up before Redis has got what it subscribes to. */
    private void awaitUp(Node... nodes) {
        await(() -> List.of(nodes).stream().allMatch(node -> node.health().isUp()) && subscribers() == nodes.length);
    }

    private long subscribers() {
        try {
            return redis.command("CLIENT LIST")
                    .lines()
                    .filter(line -> line.contains("psub=1"))
                    .count();
        } catch (IOException e) {
            return 0; // it is about to come
        }
    }

    private static void awaitDown(Node... nodes) {
        await(() -> List.of(nodes).stream().noneMatch(node -> node.health().isUp()));
    }

    @Test
    void countsWhatIsLostWhileRedisIsGone() {
        Node one = new Node(options -> options);
        Node two = new Node(options -> options);
        awaitUp(one, two);
        one.emit(0, 100);
        await(() -> two.heard().size() == 100);

        redis.stop();
        awaitDown(one, two);
        one.emit(100, 400);
        await(() -> one.health().lost() == 300);
        redis.startAgain();
        awaitUp(one, two);
        one.emit(400, 500);

        await(() -> two.heard().size() == 200);
        assertThat(two.heard())
                .isEqualTo(IntStream.concat(IntStream.range(0, 100), IntStream.range(400, 500))
                        .boxed()
                        .toList());
        assertThat(one.heard()).isEqualTo(IntStream.range(0, 500).boxed().toList());
        await(() -> one.health().waiting() == 0);
        assertThat(one.health().sent()).isEqualTo(200);
        assertThat(one.health().lost()).isEqualTo(300);
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "classic with rooms", "sharded"})
    void countsWhatRedisTakesBeforeTheOthersAreBack(String kind) {
        assumeTrue(!kind.equals("sharded") || RedisServer.isInstalled(), "sharded channels need Redis 7");
        Node one = new Node(options -> kind.equals("sharded")
                ? options.sharded(SubscriptionMode.DYNAMIC)
                : options.subscribeToRooms(kind.equals("classic with rooms")));
        await(() -> one.health().isUp());
        try (Subscriber other = new Subscriber(kind)) {
            one.emitToRoom(10);
            await(() -> other.messages.get() == 10 && one.health().sent() == 10);
        }
        redis.stop();
        awaitDown(one);
        redis.startAgain();
        await(() -> one.health().isUp());

        one.emitToRoom(20);
        await(() -> one.health().lost() == 20);
        try (Subscriber other = new Subscriber(kind)) {
            one.emitToRoom(30);
            await(() -> other.messages.get() == 30 && one.health().sent() == 40);
        }
        one.emitToRoom(1); // the other one has left while all is well
        await(() -> one.health().sent() == 41);
        assertThat(one.health().lost()).isEqualTo(20);
    }

    /** What Redis knows of another server, which comes and goes when the test wants it. */
    private final class Subscriber extends RedisPubSubAdapter<String, String> implements AutoCloseable {

        private final RedisClient client = RedisClient.create(redis.uri());
        private final AtomicInteger messages = new AtomicInteger();

        Subscriber(String kind) {
            StatefulRedisPubSubConnection<String, String> connection = client.connectPubSub();
            connection.addListener(this);
            RedisPubSubCommands<String, String> commands = connection.sync();
            switch (kind) {
                case "classic" -> commands.psubscribe("socket.io#/#*");
                case "sharded" -> commands.ssubscribe("socket.io#/#", "socket.io#/#r#");
                default -> commands.subscribe("socket.io-request#/#", "socket.io#/#r#");
            }
        }

        @Override
        public void message(String channel, String message) {
            messages.incrementAndGet();
        }

        @Override
        public void message(String pattern, String channel, String message) {
            messages.incrementAndGet();
        }

        @Override
        public void smessage(String channel, String message) {
            messages.incrementAndGet();
        }

        @Override
        public void close() {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        }
    }

    @Test
    void goesOnUnderLoadWhileRedisIsGone() throws Exception {
        Node one = new Node(options -> options);
        Node two = new Node(options -> options);
        awaitUp(one, two);
        AtomicInteger emitted = new AtomicInteger();
        AtomicBoolean over = new AtomicBoolean();
        Thread load = new Thread(() -> {
            while (!over.get()) {
                one.io.emit("n", emitted.getAndIncrement());
                LockSupport.parkNanos(100_000);
            }
        });
        load.start();
        try {
            await(() -> two.heard().size() > 200);
            redis.stop();
            awaitDown(one, two);
            int down = emitted.get();
            await(() -> emitted.get() > down + 500);
            int stillDown = emitted.get();
            await(() ->
                    one.health().lost() >= stillDown - 1 - down && one.health().waiting() == 0);
            long sent = one.health().sent();
            redis.startAgain();
            awaitUp(one, two);
            int up = emitted.get();
            await(() -> emitted.get() > up + 500);
            over.set(true);
            load.join();

            int all = emitted.get();
            await(() -> one.health().waiting() == 0 && two.heard().contains(all - 1));
            assertThat(one.heard()).isEqualTo(IntStream.range(0, all).boxed().toList());
            assertThat(one.client.isClosed() || two.client.isClosed()).isFalse();
            assertThat(one.health().sent() + one.health().lost()).isEqualTo(all);
            assertThat(two.heard()).filteredOn(n -> n >= stillDown).hasSize((int)
                    (one.health().sent() - sent));
            assertThat(two.heard()).isSorted().doesNotHaveDuplicates();
            assertThat(two.heard()).containsAll(IntStream.range(up, all).boxed().toList());
            assertThat(two.heard())
                    .doesNotContainAnyElementsOf(
                            IntStream.range(down + 1, stillDown).boxed().toList());
        } finally {
            over.set(true);
            load.join();
        }
    }

    @Test
    void aRedisThatHangsHoldsNobodyUp() {
        Node one = new Node(options -> options.maxWaitingBytes(20_000));
        Node two = new Node(options -> options);
        awaitUp(one, two);

        redis.signal("STOP");
        one.emit(0, 2_000);
        assertThat(one.heard()).hasSize(2_000);
        assertThat(one.health().waiting()).isBetween(1L, 1_999L);
        assertThat(one.health().lost() + one.health().waiting() + one.health().sent())
                .isEqualTo(2_000);
        awaitDown(one);
        redis.signal("CONT");
        awaitUp(one, two);

        await(() -> one.health().waiting() == 0);
        assertThat(one.health().sent() + one.health().lost()).isEqualTo(2_000);
        await(() -> two.heard().size() == one.health().sent());
        assertThat(one.client.isClosed() || two.client.isClosed()).isFalse();
    }

    @Test
    void startsWithoutRedisWhereThatIsAllowed() {
        redis.stop();
        Node one = new Node(options -> options.required(false));
        Node two = new Node(options -> options.required(false));
        one.emit(0, 1);
        assertThat(one.heard()).containsExactly(0);
        await(() -> one.health().lost() == 1);
        assertThat(one.health().isUp()).isFalse();

        redis.startAgain();
        awaitUp(one, two);
        one.emit(1, 2);

        await(() -> two.heard().equals(List.of(1)));
    }

    @Test
    void refusesToStartWithoutRedisOtherwise() {
        redis.stop();

        assertThatThrownBy(() -> new Node(options -> options.connectTimeout(Duration.ofMillis(200))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Redis at 127.0.0.1:" + redis.port() + " cannot be reached within PT0.2S");
    }

    @Test
    void questionsFailAtOnceWhileRedisIsGone() {
        Node one = new Node(options -> options);
        redis.stop();
        awaitDown(one);

        assertThatThrownBy(() -> one.io.all().count().join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        MissingServersException.class,
                        failure -> assertThat(failure.count()).isEqualTo(1));
    }

    @Test
    void anEmitterSendsAllBeforeItEnds() {
        Node one = new Node(options -> options);
        awaitUp(one);

        try (RedisEmitter emitter = RedisEmitter.builder(redis.uri()).build()) {
            IntStream.range(0, 5_000).forEach(n -> emitter.emit("n", n));
        }

        await(() -> one.heard().size() == 5_000);
        assertThat(one.heard()).isSorted();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "socket.io#/#, garbage",
                "socket.io#/#, {}",
                "socket.io#/#, ``",
                "socket.io#/#, `[\"a\"]`",
                "socket.io-request#/#, `{\"type\":4}`",
                "socket.io-request#/#, `{\"type\":5}`",
                "socket.io-request#/#, `[[`",
                "socket.io-response#/#, `{\"type\":8}`",
                "socket.io-response#/#, `{\"sockets\":[{}]}`",
            })
    void aMessageThatMakesNoSenseIsPassedOver(String channel, String message) throws Exception {
        Node one = new Node(options -> options);
        awaitUp(one);

        redis.command("PUBLISH " + channel + " '" + message + "'");

        await(() -> one.health().malformed() == 1);
        one.emit(0, 1);
        assertThat(one.heard()).containsExactly(0);
    }

    @Test
    void tellsWhichServerHasNotAnswered() {
        Node one = new Node(options -> options.requestsTimeout(Duration.ofSeconds(1)));
        Node two = new Node(options -> options);
        two.io.on("who", String.class, (question, ack) -> ack.send("two"));
        awaitUp(one, two);
        try (ExternalProcess silent = NodeScript.start("silent-node.mjs", Integer.toString(redis.port()), "classic")) {
            String line = silent.awaitLine(Pattern.compile("silent from now on"), 0, Duration.ofSeconds(30));
            String id = line.substring(line.lastIndexOf(' ') + 1);

            assertThatThrownBy(() -> one.io.all().fetchSockets().join())
                    .cause()
                    .isInstanceOfSatisfying(MissingServersException.class, failure -> {
                        assertThat(failure).hasMessageContaining("1 of 2 other servers");
                        assertThat(failure.sockets()).hasSize(2);
                        assertThat(failure.servers()).containsExactly(id);
                    });
            assertThatThrownBy(() -> one.io.all().count().join())
                    .cause()
                    .isInstanceOfSatisfying(
                            MissingServersException.class,
                            failure -> assertThat(failure.count()).isEqualTo(2));
            assertThatThrownBy(() ->
                            one.io.sockets().serverSideEmitWithAck("who", "").join())
                    .cause()
                    .isInstanceOfSatisfying(MissingAcksException.class, failure -> {
                        assertThat(failure.responses()).hasSize(1);
                        assertThat(failure.silentServers()).containsExactly(id);
                    });
        }
    }
}
