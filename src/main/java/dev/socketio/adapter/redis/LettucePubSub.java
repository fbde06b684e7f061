package dev.socketio.adapter.redis;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.socketio.adapter.ClusterHealth;
import dev.socketio.adapter.redis.RedisClients.Commands;
import dev.socketio.time.Scheduler;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The channels of a Redis by way of Lettuce, over two connections: one that publishes, one that has subscribed. Lettuce
 * brings them back when they break; the first time, this class tries until it succeeds.
 */
final class LettucePubSub implements PubSub, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LettucePubSub.class);

    /** What the connections are for. */
    enum Use {
        /** There are two. */
        PUBLISHES_AND_SUBSCRIBES,
        /** One is enough. */
        PUBLISHES_ONLY
    }

    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

    private final String name;
    private final RedisSettings settings;
    private final PubSubCommands kind;
    private final Use use;
    private final Scheduler scheduler;
    private final RedisClients clients;
    private final Traffic traffic;
    private final Audience audience;
    private final Subscriber subscriber;

    /** Completes when both connections have come for the first time. */
    private final CompletableFuture<Void> started = new CompletableFuture<>();

    private final Object lock = new Object();

    @GuardedBy("lock")
    private @Nullable Commands commands;

    @GuardedBy("lock")
    private boolean up;

    @GuardedBy("lock")
    private boolean closed;

    /** @param name of this server, for the log */
    LettucePubSub(String name, RedisSettings settings, PubSubCommands kind, Use use, Scheduler scheduler) {
        this.name = name;
        this.settings = settings;
        this.kind = kind;
        this.use = use;
        this.scheduler = scheduler;
        this.clients = new RedisClients(settings.uri(), settings.connectTimeout());
        this.traffic = new Traffic(name, settings.maxWaitingBytes(), scheduler);
        this.audience = new Audience(scheduler);
        this.subscriber = new Subscriber(name, kind, clients, traffic, scheduler);
        clients.addListener(new ConnectionListener());
    }

    /**
     * Connects.
     *
     * @throws IllegalStateException if Redis is required and cannot be reached; nothing is left behind then
     */
    void start() {
        connect();
        if (!settings.required()) {
            return;
        }
        try {
            started.get(settings.connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            close();
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw new IllegalStateException("Redis at " + settings.uri() + " cannot be reached within "
                    + settings.connectTimeout() + ": check the address, or let the server start without it"
                    + " (redis.required=false)");
        }
    }

    private void connect() {
        synchronized (lock) {
            if (closed) {
                return;
            }
        }
        CompletionStage<Void> all = clients.send(this::connectAll);
        all.whenComplete((done, failure) -> onAttempt(failure));
    }

    private void onAttempt(@Nullable Throwable failure) {
        boolean over;
        synchronized (lock) {
            over = closed;
        }
        if (failure == null) {
            startIfOpen();
        } else if (!over) {
            log.warn("{}: Redis at {} cannot be reached, trying on: {}", name, settings.uri(), cause(failure));
            scheduler.schedule(RETRY, this::connect);
        }
    }

    private static String cause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    private CompletionStage<Void> connectAll() {
        return connectPublisher().thenCompose(done -> connectSubscriber());
    }

    private CompletionStage<Void> connectPublisher() {
        if (commands() != null) { // from an attempt that failed later
            return CompletableFuture.completedFuture(null);
        }
        return clients.connect().thenAccept(connected -> {
            synchronized (lock) {
                commands = connected;
            }
        });
    }

    private CompletionStage<Void> connectSubscriber() {
        return use == Use.PUBLISHES_ONLY ? CompletableFuture.completedFuture(null) : subscriber.connect();
    }

    /** @param connection one of the two, or one of the many that Lettuce has to the nodes of a Redis Cluster */
    private void onConnected(Object connection) {
        subscriber.onConnected(connection);
        startIfOpen();
    }

    private void startIfOpen() {
        if (isOpen()) {
            started.complete(null);
            tellState(/* connected= */ true);
        }
    }

    private boolean isOpen() {
        Commands redis = commands();
        return redis != null && redis.connection().isOpen() && (use == Use.PUBLISHES_ONLY || subscriber.isOpen());
    }

    private @Nullable Commands commands() {
        synchronized (lock) {
            return commands;
        }
    }

    private void onDisconnected(Object connection) {
        Commands redis = commands();
        if (redis != null && redis.connection() == connection && !clients.isCluster()) {
            audience.onLost();
        }
        subscriber.onDisconnected();
        tellState(/* connected= */ false);
    }

    private void tellState(boolean connected) {
        synchronized (lock) {
            if (closed || up == connected) {
                return;
            }
            up = connected;
        }
        if (connected) {
            audience.onBack();
            log.info("{}: connected to Redis at {}", name, settings.uri());
        } else {
            log.warn("{}: the connection to Redis at {} is lost; this server goes on alone", name, settings.uri());
        }
    }

    RedisClients clients() {
        return clients;
    }

    Traffic traffic() {
        return traffic;
    }

    ClusterHealth health() {
        return traffic.health(isUp());
    }

    private boolean isUp() {
        return isOpen() && (use == Use.PUBLISHES_ONLY || subscriber.isComplete());
    }

    @Override
    public void publish(Wire.Frame message) {
        CompletionStage<Long> sending = send(message);
        sending.exceptionally(lost -> 0L); // it has been counted
    }

    @Override
    public CompletionStage<Integer> ask(Wire.Frame message) {
        if (!isUp()) {
            return refuse();
        }
        if (!clients.isCluster()) {
            return send(message).thenApply(Long::intValue);
        }
        // Each node of a Redis Cluster knows of its own subscribers only.
        return subscribers(message.channel()).thenCombine(send(message), (all, ofNode) -> all);
    }

    private <T> CompletionStage<T> refuse() {
        traffic.begin(0);
        traffic.end(0, /* taken= */ false, RedisClients.NOT_CONNECTED);
        return RedisClients.unavailable();
    }

    private CompletionStage<Long> send(Wire.Frame message) {
        if (isAway()) {
            return refuse();
        }
        int size = message.bytes().length;
        if (!traffic.begin(size)) {
            return RedisClients.unavailable();
        }
        CompletionStage<Long> sending = call(redis -> kind.publish(redis, message.channel(), message.bytes()));
        CompletionStage<Boolean> reaching = reachesAll(message, sending);
        reaching.whenComplete((all, failure) -> {
            if (failure == null) {
                traffic.end(size, /* taken= */ true, all ? null : "some servers are not back yet");
            } else {
                traffic.end(size, /* taken= */ false, cause(failure));
            }
        });
        return sending;
    }

    /** Redis would not tell whether it is this server or another that has not subscribed again. */
    private boolean isAway() {
        if (!audience.isAway()) {
            return false;
        }
        if (!isUp()) {
            return true;
        }
        audience.onSubscribed();
        return false;
    }

    private CompletionStage<Boolean> reachesAll(Wire.Frame message, CompletionStage<Long> sending) {
        String group = message.group();
        boolean isKnown = !group.isEmpty() && !clients.isCluster(); // whose nodes know of their own subscribers only
        if (isKnown && message.isForAll()) {
            return sending.thenApply(receivers -> audience.isComplete(group, receivers));
        }
        if (!isKnown || !audience.isToBeCounted(group)) {
            return sending.thenApply(receivers -> true);
        }
        CompletionStage<Boolean> counting = subscribers(group)
                .thenApply(all -> audience.isComplete(group, all))
                .exceptionally(unknown -> true);
        return sending.thenCombine(counting, (receivers, all) -> all);
    }

    /** Sends a command; fails at once if there is no connection. */
    <T> CompletionStage<T> call(Function<Commands, CompletionStage<T>> command) {
        Commands redis = commands();
        return redis == null ? RedisClients.unavailable() : clients.send(() -> command.apply(redis));
    }

    @Override
    public CompletionStage<Integer> subscribers(String channel) {
        CompletionStage<List<Map<String, Long>>> byNode = call(redis -> kind.subscribers(redis, channel));
        return byNode.thenApply(nodes -> nodes.stream()
                .mapToInt(node -> node.getOrDefault(channel, 0L).intValue())
                .sum());
    }

    @Override
    public CompletionStage<Set<String>> channels(String pattern) {
        CompletionStage<List<List<String>>> byNode = call(redis -> kind.channels(redis, pattern));
        return byNode.thenApply(nodes -> {
            Set<String> all = new HashSet<>();
            nodes.forEach(all::addAll);
            return all;
        });
    }

    @Override
    public void subscribe(Collection<String> names, Listener listener) {
        subscriber.subscribe(names, listener);
    }

    @Override
    public void subscribePattern(String pattern, Listener listener) {
        subscriber.subscribePattern(pattern, listener);
    }

    @Override
    public void unsubscribe(Collection<String> names, Listener listener) {
        subscriber.unsubscribe(names, listener);
    }

    @Override
    public void onMalformed(String channel, String problem) {
        traffic.onMalformed(channel, problem);
    }

    /** Waits until Redis has taken what was published, if it is there. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
        }
        if (isOpen()) {
            traffic.awaitEnd(CLOSE_PATIENCE);
        }
        clients.close();
    }

    private final class ConnectionListener implements RedisConnectionStateListener {

        @Override
        public void onRedisConnected(RedisChannelHandler<?, ?> connection, SocketAddress address) {
            onConnected(connection);
        }

        @Override
        public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
            onDisconnected(connection);
        }

        @Override
        public void onRedisExceptionCaught(RedisChannelHandler<?, ?> connection, Throwable failure) {
            log.debug("{}: a connection to Redis has failed", name, failure);
        }
    }
}
