package dev.socketio;

import static dev.socketio.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.socketio.adapter.redis.RedisAdapter;
import dev.socketio.adapter.redis.RedisStreams;
import dev.socketio.testing.RedisServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two servers on a stream of Redis, where something is wrong with Redis, with what is in it, or with a client. */
class RedisStreamsIT {

    private static final String NUMBER = "2\\[\"n\",(\\d+)(,\"\\d+-\\d+\")?]";

    private final RedisServer redis = RedisServer.start();
    private final List<SocketIoServer> servers = new ArrayList<>();
    private final SocketIoServer one = server(RedisStreams.defaults());
    private final SocketIoServer two = server(RedisStreams.defaults());

    private SocketIoServer server(RedisStreams streams) {
        SocketIoServer server = server(redis.uri(), streams);
        servers.add(server);
        return server;
    }

    private static SocketIoServer server(String uri, RedisStreams streams) {
        return SocketIoServer.builder()
                .adapter(RedisAdapter.builder(uri)
                        .connectTimeout(Duration.ofSeconds(30))
                        .streams(streams)
                        .build())
                .connectionStateRecovery(ConnectionStateRecovery.defaults())
                .executor(Runnable::run)
                .pingInterval(Duration.ofMinutes(5))
                .build();
    }

    @AfterEach
    void end() {
        servers.forEach(SocketIoServer::close);
        redis.close();
    }

    private String redis(String command) {
        return command(redis, command);
    }

    private static String command(RedisServer redis, String command) {
        try {
            return redis.command(command);
        } catch (IOException e) {
            return ""; // it is about to come
        }
    }

    private static void emit(SocketIoServer from, int first, int end) {
        IntStream.range(first, end).forEach(n -> from.emit("n", n));
    }

    /** Waits until a client has heard so many numbers, and returns them. */
    private static List<Integer> heard(FakeClient client, int count) {
        List<Integer> heard = new ArrayList<>();
        await(() -> {
            for (String packet : client.received()) {
                heard.add(Integer.valueOf(packet.replaceAll(NUMBER, "$1")));
            }
            return heard.size() >= count;
        });
        return heard;
    }

    private static List<Integer> numbers(int end) {
        return IntStream.range(0, end).boxed().toList();
    }

    @Test
    void everybodyHearsAllInTheSameOrder() throws Exception {
        FakeClient a = FakeClient.open(one);
        FakeClient b = FakeClient.open(two);
        a.connect();
        b.connect();
        Thread other = new Thread(() -> emit(two, 1_000, 2_000));
        other.start();
        emit(one, 0, 1_000);
        other.join();

        List<Integer> heard = heard(a, 2_000);
        assertThat(heard(b, 2_000)).isEqualTo(heard).doesNotHaveDuplicates().hasSize(2_000);
        assertThat(heard.stream().filter(n -> n < 1_000).toList()).isEqualTo(numbers(1_000));
    }

    @Test
    void malformedEntriesHarmNothing() {
        FakeClient a = FakeClient.open(one);
        a.connect();
        redis("XADD socket.io * nsp / type 3 uid x data {");
        redis("XADD socket.io * nsp / type x uid x data {}");
        redis("XADD socket.io * nsp / type 3 uid x data ____");
        redis("XADD socket.io * nsp / type 3");
        redis("XADD socket.io * a b");
        redis("XADD socket.io * nsp / type 3 uid x data " + quoted("disconnect"));
        redis("XADD socket.io * seq x uid " + one.clusterHealth().id());
        redis("XADD socket.io * seq 99 uid " + one.clusterHealth().id());

        emit(two, 0, 10);

        assertThat(heard(a, 10)).isEqualTo(numbers(10));
        assertThat(one.clusterHealth().malformed()).isEqualTo(5);
        assertThat(one.clusterHealth().isUp()).isTrue();
    }

    /** An event, as a command in one line needs it. */
    private static String quoted(String event) {
        String data = "{\"packet\":{\"type\":2,\"data\":[\"" + event + "\"]},\"opts\":{}}";
        return '"' + data.replace("\"", "\\\"") + '"';
    }

    @Test
    void hostileClientsGetANewSession() {
        RecoveringClient client = connected(one);
        String pid = client.pid();
        redis("SET sio:session:other 3q2+7w==");
        for (String auth : List.of(
                "{\"pid\":\"" + pid + "\",\"offset\":\"x\"}",
                "{\"pid\":\"other\",\"offset\":\"1-1\"}",
                "{\"pid\":\"" + "x".repeat(1_000) + "\"}",
                "{\"pid\":\"nobody\",\"offset\":\"99999999999999999999-1\"}")) {
            RecoveringClient hostile = RecoveringClient.connect(two).comeBack(auth);
            List<String> received = new ArrayList<>();
            await(() -> received.addAll(hostile.received()) && received.contains("CONNECT"));
            assertThat(hostile.pid()).isNotIn(pid, "other", "nobody").hasSize(pid.length());
        }
        assertThat(client.socket().isConnected()).isTrue();
    }

    /** A client whose session is in Redis. */
    private RecoveringClient connected(SocketIoServer server) {
        RecoveringClient client = RecoveringClient.connect(server);
        await(() -> redis("EXISTS sio:session:" + client.pid()).startsWith(":1"));
        return client;
    }

    @Test
    void aSessionIsThereForLongerThanTheTimeWhileItsClientIs() {
        RecoveringClient client = connected(one);
        String key = "sio:session:" + client.pid();

        assertThat(milliseconds(key)).isBetween(120_001L, 180_000L);
        client.hangUp();
        await(() -> milliseconds(key) <= 120_000);

        assertThat(milliseconds(key)).isGreaterThan(0);
    }

    private long milliseconds(String key) {
        return Long.parseLong(redis("PTTL " + key).replaceAll("\\D", ""));
    }

    @Test
    void theStreamIsLimited() {
        SocketIoServer small =
                server(RedisStreams.defaults().withStreamName("small").withMaxLen(100));
        FakeClient client = FakeClient.open(small);
        client.connect();
        for (int i = 0; i < 20; i++) { // rather than at once: readers would not keep up with so small a stream
            emit(small, 0, 50);
            assertThat(heard(client, 50)).isEqualTo(numbers(50));
        }

        assertThat(Integer.parseInt(redis("XLEN small").replaceAll("\\D", ""))).isBetween(100, 250);
    }

    @Test
    void aClientWhoseEventsAreGoneGetsANewSession() {
        SocketIoServer small =
                server(RedisStreams.defaults().withStreamName("small").withMaxLen(100));
        RecoveringClient client = connected(small);
        emit(small, 0, 1);
        await(() -> client.received().contains("n"));
        client.hangUp();
        emit(small, 1, 1_000);
        await(() ->
                redis("XRANGE small " + client.offset() + " " + client.offset()).startsWith("*0"));
        SocketIoServer later =
                server(RedisStreams.defaults().withStreamName("small").withMaxLen(100));

        RecoveringClient again = comeBack(client, later);

        assertThat(again.pid()).isNotEqualTo(client.pid());
    }

    /** Comes back to another server. */
    private static RecoveringClient comeBack(RecoveringClient client, SocketIoServer server) {
        RecoveringClient again = RecoveringClient.connect(server);
        again.comeBack("{\"pid\":\"" + client.pid() + "\",\"offset\":\"" + client.offset() + "\"}");
        await(() -> again.received().contains("CONNECT"));
        return again;
    }

    @Test
    void eventsReachTheOwnClientsWhileRedisIsAway() {
        FakeClient a = FakeClient.open(one);
        FakeClient b = FakeClient.open(two);
        a.connect();
        b.connect();
        emit(one, 0, 100);
        assertThat(heard(a, 100)).isEqualTo(numbers(100));
        assertThat(heard(b, 100)).isEqualTo(numbers(100));

        redis.stop();
        await(() -> !one.clusterHealth().isUp() && !two.clusterHealth().isUp());
        emit(one, 0, 100);
        assertThat(heard(a, 100)).isEqualTo(numbers(100));
        redis.startAgain();
        await(() -> one.clusterHealth().isUp() && two.clusterHealth().isUp());
        emit(two, 0, 100);

        assertThat(heard(a, 100)).isEqualTo(numbers(100));
        assertThat(heard(b, 100)).isEqualTo(numbers(100));
        assertThat(one.clusterHealth().lost()).isEqualTo(100);
        await(() -> one.clusterHealth().waiting() == 0);
    }

    @Test
    void aRedisThatHangsHoldsEventsUpForAWhileOnly() {
        FakeClient a = FakeClient.open(one);
        a.connect();
        redis.signal("STOP");
        emit(one, 0, 100);

        assertThat(heard(a, 100)).isEqualTo(numbers(100));

        redis.signal("CONT");
        await(() -> one.clusterHealth().isUp() && one.clusterHealth().waiting() == 0);
        emit(two, 0, 100);
        assertThat(heard(a, 100)).isEqualTo(numbers(100));
    }

    @Test
    void leavesNoConnectionsBehind() {
        await(() -> connections() == 6);
        servers.forEach(SocketIoServer::close);

        await(() -> connections() == 0);
    }

    /** Three for each server: one that sends, one that has subscribed, one that reads. */
    private long connections() {
        return redis("CLIENT LIST")
                .lines()
                .filter(line -> line.startsWith("id=") && !line.contains(" cmd=client"))
                .count();
    }

    @Test
    void aRedisClusterHasStreamsToo() {
        assumeTrue(RedisServer.isInstalled(), "a cluster of one node is easily made from Redis 7 on");
        try (RedisServer cluster =
                RedisServer.start("--cluster-enabled", "yes", "--cluster-announce-ip", "127.0.0.1")) {
            await(() -> command(cluster, "CLUSTER ADDSLOTSRANGE 0 16383").startsWith("+OK")
                    || command(cluster, "CLUSTER INFO").contains("cluster_state:ok"));
            await(() -> command(cluster, "CLUSTER INFO").contains("cluster_state:ok"));
            String uri = "redis-cluster://127.0.0.1:" + cluster.port();
            RedisStreams streams = RedisStreams.defaults().withStreamCount(3).withUseShardedPubSub(true);
            try (SocketIoServer first = server(uri, streams);
                    SocketIoServer second = server(uri, streams)) {
                RecoveringClient client = RecoveringClient.connect(first);
                await(() ->
                        command(cluster, "EXISTS sio:session:" + client.pid()).startsWith(":1"));
                emit(second, 0, 1);
                await(() -> client.received().contains("n"));
                client.hangUp();
                second.emit("missed");

                List<String> received = new ArrayList<>();
                RecoveringClient again = RecoveringClient.connect(second)
                        .comeBack("{\"pid\":\"" + client.pid() + "\",\"offset\":\"" + client.offset() + "\"}");
                await(() -> received.addAll(again.received()) && received.contains("CONNECT"));
                assertThat(received).containsExactly("missed", "CONNECT");
                await(() -> first.sockets().adapter().serverCount().join() == 2);
            }
        }
    }

    @Test
    void aUserNeedsFewCommands() {
        redis("ACL SETUSER chat on >secret resetkeys ~socket.io* ~sio:session:* &* +@pubsub +@connection +info"
                + " +xadd +xread +xrange +xrevrange +eval +get +getrange +set +setrange +del");
        try (SocketIoServer server = server("redis://chat:secret@127.0.0.1:" + redis.port(), RedisStreams.defaults())) {
            RecoveringClient client = connected(server);
            emit(server, 0, 1);
            await(() -> client.received().contains("n"));
            client.hangUp();
            server.emit("missed");

            assertThat(comeBack(client, two).pid()).isEqualTo(client.pid());
            RecoveringClient other = connected(server);
            String key = "sio:session:" + other.pid();
            other.connection().send("1");
            await(() -> redis("EXISTS " + key).startsWith(":0"));
        }
        assertThat(one.clusterHealth().lost()).isZero();
    }

    @Test
    void saysWhatIsWrongWithTheStream() {
        redis("SET text x");

        assertThatThrownBy(() -> SocketIoServer.builder()
                        .adapter(RedisAdapter.builder(redis.uri())
                                .connectTimeout(Duration.ofSeconds(3))
                                .streams(RedisStreams.defaults().withStreamName("text"))
                                .build())
                        .build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("text")
                .hasMessageContaining("is a stream");
        await(() -> connections() == 6);
    }
}
