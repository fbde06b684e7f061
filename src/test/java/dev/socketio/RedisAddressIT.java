package dev.socketio;

import static dev.socketio.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.socketio.adapter.redis.RedisAdapter;
import dev.socketio.adapter.redis.SubscriptionMode;
import dev.socketio.testing.Certificate;
import dev.socketio.testing.RedisServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Redis in all the forms in which operators run it: two servers find each other in each. */
class RedisAddressIT {

    @TempDir
    private Path folder;

    @BeforeAll
    static void needsRedis() {
        assumeTrue(RedisServer.isInstalled(), "the Redis that Maven brings has no TLS");
    }

    private static void talk(String uri, UnaryOperator<RedisAdapter.Builder> options) {
        try (SocketIoServer one = start(uri, options);
                SocketIoServer two = start(uri, options)) {
            FakeClient client = FakeClient.open(two);
            Socket socket = client.connect();
            await(() -> one.sockets().adapter().serverCount().join() == 2
                    && two.clusterHealth().isUp());
            await(() -> {
                one.to(socket.id()).emit("hello", 1);
                return client.received().contains("2[\"hello\",1]");
            });
            await(() -> one.clusterHealth().isUp());
            assertThat(one.all().count().join()).isEqualTo(1);
            assertThat(one.clusterHealth().lost()).isZero();
        }
    }

    private static SocketIoServer start(String uri, UnaryOperator<RedisAdapter.Builder> options) {
        return SocketIoServer.builder()
                .adapter(options.apply(RedisAdapter.builder(uri)).build())
                .executor(Runnable::run)
                .build();
    }

    @Test
    void aUserHasAPassword() throws Exception {
        try (RedisServer redis = RedisServer.start()) {
            redis.command("ACL SETUSER chat on >secret &* +@pubsub +@connection +info");
            redis.command("ACL SETUSER default off");

            talk("redis://chat:secret@127.0.0.1:" + redis.port(), builder -> builder);
        }
    }

    @Test
    void theConnectionIsEncrypted() throws Exception {
        String pem = Certificate.create(folder).pem().toString();
        int port = freePort();
        List<String> tls = List.of("--tls-port", Integer.toString(port), "--tls-cert-file", pem, "--tls-key-file", pem);
        List<String> clients = List.of("--tls-ca-cert-file", pem, "--tls-auth-clients", "no");
        String[] options = Stream.concat(tls.stream(), clients.stream()).toArray(String[]::new);
        try (RedisServer redis = RedisServer.start(options)) {
            assertThat(redis.port()).isNotEqualTo(port);
            talk("rediss://127.0.0.1:" + port + "?verifyPeer=NONE", builder -> builder);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void aSentinelKnowsWhereItIs() {
        try (RedisServer redis = RedisServer.start();
                RedisServer sentinel = RedisServer.startSentinel(redis)) {
            talk("redis-sentinel://127.0.0.1:" + sentinel.port() + "#main", builder -> builder);
        }
    }

    @Test
    void aClusterTakesTheClassicAdapter() throws Exception {
        try (RedisServer redis = startCluster()) {
            talk("redis-cluster://127.0.0.1:" + redis.port(), builder -> builder);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClusterTakesTheShardedAdapter(SubscriptionMode mode) throws Exception {
        try (RedisServer redis = startCluster()) {
            talk("redis-cluster://127.0.0.1:" + redis.port(), builder -> builder.sharded(mode));
        }
    }

    /** Starts one of a single node. */
    private static RedisServer startCluster() throws IOException {
        RedisServer redis = RedisServer.start("--cluster-enabled", "yes");
        redis.command("CLUSTER ADDSLOTSRANGE 0 16383");
        await(() -> isReady(redis));
        return redis;
    }

    private static boolean isReady(RedisServer redis) {
        try {
            return redis.command("CLUSTER INFO").contains("cluster_state:ok");
        } catch (IOException e) {
            return false;
        }
    }
}
