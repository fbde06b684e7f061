package dev.socketio.adapter.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisAdvancedClusterAsyncCommands;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.RedisCommand;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lettuce, set up so that nothing waits for Redis: while it is not connected, commands fail at once; those under way when
 * the connection breaks fail, too, rather than being sent a second time, since nobody wants an event twice.
 */
final class RedisClients implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RedisClients.class);

    static final String NOT_CONNECTED = "there is no connection to Redis";

    private static final RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);
    private static final Duration MAX_RECONNECT_DELAY = Duration.ofMillis(500);
    private static final Set<String> NOT_TWICE =
            Set.of(CommandType.PUBLISH.name(), CommandType.SPUBLISH.name(), CommandType.XADD.name());

    /** Commands that may wait for a reply; messages are limited by their bytes before. */
    private static final int MAX_COMMANDS = 100_000;

    /** How long {@link #close} waits for connections and threads to end. */
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

    /**
     * A connection for commands.
     *
     * @param cluster the same commands if this is a Redis Cluster, which can also be given to each node
     */
    record Commands(
            StatefulConnection<String, byte[]> connection,
            RedisClusterAsyncCommands<String, byte[]> async,
            @Nullable RedisAdvancedClusterAsyncCommands<String, byte[]> cluster) {}

    private final RedisAddress address;
    private final ClientResources resources;
    private final AbstractRedisClient client;

    /** Sends all commands, which keeps their order. */
    private final Executor sender;

    RedisClients(RedisAddress address, Duration connectTimeout) {
        this.address = address;
        this.resources = DefaultClientResources.builder()
                .ioThreadPoolSize(2)
                .computationThreadPoolSize(2)
                .reconnectDelay(Delay.exponential(Duration.ofMillis(10), MAX_RECONNECT_DELAY, 2, TimeUnit.MILLISECONDS))
                .build();
        address.nodes().forEach(node -> node.setTimeout(connectTimeout));
        this.client = address.isCluster() ? clusterClient(connectTimeout) : client(connectTimeout);
        this.sender = resources.eventExecutorGroup().next();
        FastThreadLocal.removeAll();
    }

    private AbstractRedisClient client(Duration connectTimeout) {
        RedisClient standalone = RedisClient.create(resources);
        standalone.setOptions(options(ClientOptions.builder(), connectTimeout).build());
        return standalone;
    }

    private AbstractRedisClient clusterClient(Duration connectTimeout) {
        RedisClusterClient cluster = RedisClusterClient.create(resources, address.nodes());
        ClusterClientOptions.Builder builder = ClusterClientOptions.builder()
                .topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
                        .enablePeriodicRefresh(Duration.ofSeconds(30))
                        .build());
        options(builder, connectTimeout);
        cluster.setOptions(builder.build());
        return cluster;
    }

    private static ClientOptions.Builder options(ClientOptions.Builder builder, Duration connectTimeout) {
        return builder.autoReconnect(true)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .replayFilter(RedisClients::isNotToBeRepeated)
                .requestQueueSize(MAX_COMMANDS)
                .timeoutOptions(TimeoutOptions.builder()
                        .timeoutSource(new Patience(connectTimeout))
                        .build())
                .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                .socketOptions(keepAlive(SocketOptions.builder())
                        .connectTimeout(connectTimeout)
                        .tcpNoDelay(true)
                        .build());
    }

    /** Lettuce refuses to connect with times of ours where it cannot set them, as in a deployment on WildFly. */
    private static SocketOptions.Builder keepAlive(SocketOptions.Builder builder) {
        if (!canSetTimes()) {
            log.info(
                    "the container hides the module jdk.net: it takes the time that the system's keep-alive has to find"
                            + " out that Redis is gone without a word. On WildFly, \"Dependencies: jdk.net\" in the WAR's"
                            + " META-INF/MANIFEST.MF makes it 30 s");
            return builder.keepAlive(true);
        }
        return builder.keepAlive(SocketOptions.KeepAliveOptions.builder()
                .enable()
                .idle(Duration.ofSeconds(15))
                .interval(Duration.ofSeconds(5))
                .count(3)
                .build());
    }

    private static boolean canSetTimes() {
        try {
            Class.forName("jdk.net.ExtendedSocketOptions", false, RedisClients.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException hidden) {
            return false;
        }
    }

    /** Limits the time of commands, but not of those that wait for what comes: keep-alive finds out if Redis is gone. */
    private static final class Patience extends TimeoutOptions.TimeoutSource {

        private static final long NO_LIMIT = 0;

        private final long millis;

        Patience(Duration time) {
            this.millis = time.toMillis();
        }

        @Override
        public long getTimeout(RedisCommand<?, ?, ?> command) {
            return command.getType() == CommandType.XREAD ? NO_LIMIT : millis;
        }
    }

    private static boolean isNotToBeRepeated(RedisCommand<?, ?, ?> command) {
        return NOT_TWICE.contains(command.getType().toString());
    }

    /** Is told when connections come and go. */
    void addListener(RedisConnectionStateListener listener) {
        client.addListener(listener);
    }

    boolean isCluster() {
        return address.isCluster();
    }

    /**
     * Has a command sent by a thread of Lettuce's. Netty leaves objects behind on the threads that call it, and on a thread
     * of the container these would keep the whole web application in memory after its end.
     *
     * @return fails if the command does
     */
    <T> CompletionStage<T> send(Supplier<CompletionStage<T>> command) {
        CompletableFuture<T> reply = new CompletableFuture<>();
        try {
            sender.execute(() -> {
                try {
                    CompletionStage<T> sent = command.get();
                    sent.whenComplete((value, failure) -> complete(reply, value, failure));
                } catch (RuntimeException e) { // Lettuce refuses some at once
                    reply.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException closed) {
            reply.completeExceptionally(closed);
        }
        return reply;
    }

    /** Returns the failure of a command for which there has never been a connection. */
    static <T> CompletionStage<T> unavailable() {
        return CompletableFuture.failedStage(new IllegalStateException(NOT_CONNECTED));
    }

    private static <T> void complete(CompletableFuture<T> reply, T value, @Nullable Throwable failure) {
        if (failure == null) {
            reply.complete(value);
        } else {
            reply.completeExceptionally(failure);
        }
    }

    CompletionStage<Commands> connect() {
        if (client instanceof RedisClusterClient cluster) {
            return cluster.refreshPartitionsAsync()
                    .thenCompose(known -> cluster.connectAsync(CODEC))
                    .thenCompose(RedisClients::connectNodes);
        }
        return ((RedisClient) client)
                .connectAsync(CODEC, uri())
                .thenApply(connection -> new Commands(connection, connection.async(), null));
    }

    /** Lettuce connects to a node with its first command, and rejects that command meanwhile. */
    private static CompletionStage<Commands> connectNodes(StatefulRedisClusterConnection<String, byte[]> cluster) {
        RedisAdvancedClusterAsyncCommands<String, byte[]> async = cluster.async();
        CompletionStage<?> pings = async.all().commands().ping();
        return pings.thenApply(done -> new Commands(cluster, async, async));
    }

    CompletionStage<? extends StatefulRedisPubSubConnection<String, byte[]>> connectPubSub() {
        if (client instanceof RedisClusterClient cluster) {
            return cluster.connectPubSubAsync(CODEC);
        }
        return ((RedisClient) client).connectPubSubAsync(CODEC, uri());
    }

    private RedisURI uri() {
        return address.nodes().get(0);
    }

    @Override
    public void close() {
        try {
            client.shutdown(Duration.ZERO, CLOSE_PATIENCE);
            resources
                    .shutdown(0, CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .get(CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            // It ends by itself, a second after its last task: too late for the container, which looks for threads now.
            GlobalEventExecutor.INSTANCE.awaitInactivity(CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            log.warn("the connections to Redis do not end in time", e);
        } finally {
            FastThreadLocal.removeAll();
        }
    }
}
