package dev.socketio;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.socketio.adapter.redis.RedisAdapter;
import dev.socketio.adapter.redis.SubscriptionMode;
import dev.socketio.servlet.SocketIoInitializer;
import dev.socketio.testing.Container;
import dev.socketio.testing.EmbeddedServer;
import dev.socketio.testing.NodeScript;
import dev.socketio.testing.RedisServer;
import java.time.Duration;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two servers on Java and one on Node share their rooms over Redis. */
@Execution(ExecutionMode.SAME_THREAD)
class RedisClusterIT {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    @Test
    void theClassicAdapterIsNodes() {
        run("classic", redis -> redis);
    }

    @Test
    void theClassicAdapterIsNodesWithOtherChannels() {
        run(
                "own-channels",
                redis -> redis.publishOnSpecificResponseChannel(true).subscribeToRooms(true));
    }

    @ParameterizedTest
    @EnumSource
    void theShardedAdapterIsNodes(SubscriptionMode mode) {
        assumeTrue(RedisServer.isInstalled(), "sharded channels need Redis 7");
        run(mode.name().toLowerCase(Locale.ROOT).replace('_', '-'), redis -> redis.sharded(mode));
    }

    private static void run(String adapter, UnaryOperator<RedisAdapter.Builder> options) {
        try (RedisServer redis = RedisServer.start();
                EmbeddedServer one = start(Container.JETTY, redis, options);
                EmbeddedServer two = start(Container.TOMCAT, redis, options)) {
            NodeScript.run(
                    "redis-cluster.mjs",
                    LIMIT,
                    Integer.toString(redis.port()),
                    adapter,
                    one.uri("").toString(),
                    two.uri("").toString());
        }
    }

    private static EmbeddedServer start(
            Container container, RedisServer redis, UnaryOperator<RedisAdapter.Builder> options) {
        RedisAdapter adapter = options.apply(RedisAdapter.builder(redis.uri())).build();
        return container.start(context -> SocketIoInitializer.register(context, new ClusterApp(adapter)));
    }
}
