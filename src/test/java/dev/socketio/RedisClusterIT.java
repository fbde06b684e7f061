package dev.socketio;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.socketio.adapter.redis.RedisEmitter;
import dev.socketio.servlet.SocketIoInitializer;
import dev.socketio.testing.Container;
import dev.socketio.testing.EmbeddedServer;
import dev.socketio.testing.NodeScript;
import dev.socketio.testing.RedisServer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two servers on Java and one on Node share their rooms over Redis. */
@Execution(ExecutionMode.SAME_THREAD)
class RedisClusterIT {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    private static final Map<String, String> CLASSIC = Map.of("adapter", "redis");

    private static final Map<String, String> OWN_CHANNELS = Map.of(
            "adapter", "redis", "redis.publishOnSpecificResponseChannel", "true", "redis.subscribeToRooms", "true");

    private static final Map<String, String> STREAMS_WITH_RECOVERY = Map.of(
            "adapter", "redis-streams",
            "connectionStateRecovery", "true",
            "redis.streamName", "events",
            "redis.streamCount", "3",
            "redis.maxLen", "5000");

    @Test
    void theClassicAdapterIsNodes() {
        run("classic", CLASSIC);
    }

    @Test
    void theClassicAdapterIsNodesWithOtherChannels() {
        run("own-channels", OWN_CHANNELS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"static", "dynamic", "dynamic-private"})
    void theShardedAdapterIsNodes(String mode) {
        assumeTrue(RedisServer.isInstalled(), "sharded channels need Redis 7");
        run(mode, Map.of("adapter", "redis-sharded", "redis.subscriptionMode", mode));
    }

    @Test
    void theStreamsAdapterIsNodes() {
        run("streams", Map.of("adapter", "redis-streams"));
    }

    @Test
    void theStreamsAdapterIsNodesWithSeveralStreamsAndRecovery() {
        run("streams-recovery", STREAMS_WITH_RECOVERY);
    }

    private static void run(String adapter, Map<String, String> options) {
        try (RedisServer redis = RedisServer.start();
                RedisEmitter emitter = RedisEmitter.builder(redis.uri()).build();
                EmbeddedServer one = start(Container.JETTY, redis, options, emitter);
                EmbeddedServer two = start(Container.TOMCAT, redis, options, emitter)) {
            NodeScript.run(
                    "redis-cluster.mjs",
                    LIMIT,
                    Integer.toString(redis.port()),
                    adapter,
                    one.uri("").toString(),
                    two.uri("").toString());
        }
    }

    /** As operators do it, without a word in the application. */
    private static EmbeddedServer start(
            Container container, RedisServer redis, Map<String, String> options, RedisEmitter emitter) {
        return container.start(context -> {
            context.setInitParameter("socketio.redis.uri", redis.uri());
            options.forEach((name, text) -> context.setInitParameter("socketio." + name, text));
            SocketIoInitializer.register(context, new ClusterApp(emitter));
        });
    }
}
