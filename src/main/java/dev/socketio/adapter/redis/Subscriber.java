package dev.socketio.adapter.redis;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.socketio.time.Scheduler;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connection on which messages come, and what it has subscribed to. */
final class Subscriber {

    private static final Logger log = LoggerFactory.getLogger(Subscriber.class);

    private final String name;
    private final PubSubCommands kind;
    private final RedisClients clients;
    private final Traffic traffic;
    private final Subscriptions channels;
    private final Subscriptions patterns;

    private final Object lock = new Object();

    @GuardedBy("lock")
    private @Nullable StatefulRedisPubSubConnection<String, byte[]> connection;

    /** @param name of this server, for the log */
    Subscriber(String name, PubSubCommands kind, RedisClients clients, Traffic traffic, Scheduler scheduler) {
        this.name = name;
        this.kind = kind;
        this.clients = clients;
        this.traffic = traffic;
        this.channels = new Subscriptions(commands(this::subscribeNow, this::unsubscribeNow), scheduler);
        this.patterns = new Subscriptions(
                commands(
                        (redis, names) -> redis.async().psubscribe(names.toArray(String[]::new)),
                        (redis, names) -> redis.async().punsubscribe(names.toArray(String[]::new))),
                scheduler);
    }

    /** Connects for the first time; afterwards Lettuce brings the connection back. */
    CompletionStage<Void> connect() {
        return clients.connectPubSub().thenAccept(connected -> {
            synchronized (lock) {
                connection = connected;
            }
            connected.addListener(new MessageListener());
            onConnected(connected);
        });
    }

    /** @param came a connection of any kind, one of the many that Lettuce has to the nodes of a Redis Cluster included */
    void onConnected(Object came) {
        StatefulRedisPubSubConnection<String, byte[]> redis = connection();
        if (redis != null && redis.isOpen() && (came == redis || clients.isCluster())) {
            channels.onConnected();
            patterns.onConnected();
        }
    }

    /** A connection of any kind is lost. */
    void onDisconnected() {
        StatefulRedisPubSubConnection<String, byte[]> redis = connection();
        if (redis != null && !redis.isOpen()) {
            channels.onDisconnected();
            patterns.onDisconnected();
        }
    }

    boolean isOpen() {
        StatefulRedisPubSubConnection<String, byte[]> redis = connection();
        return redis != null && redis.isOpen();
    }

    /** Returns whether messages come of all that has been subscribed to; what was added later may be under way. */
    boolean isComplete() {
        return isOpen() && channels.isComplete() && patterns.isComplete();
    }

    private @Nullable StatefulRedisPubSubConnection<String, byte[]> connection() {
        synchronized (lock) {
            return connection;
        }
    }

    void subscribe(Collection<String> names, PubSub.Listener listener) {
        channels.add(names, listener);
    }

    void subscribePattern(String pattern, PubSub.Listener listener) {
        patterns.add(List.of(pattern), listener);
    }

    void unsubscribe(Collection<String> names, PubSub.Listener listener) {
        channels.remove(names, listener);
        patterns.remove(names, listener);
    }

    private CompletionStage<Void> subscribeNow(
            StatefulRedisPubSubConnection<String, byte[]> redis, List<String> names) {
        return inOneSlot(names, some -> kind.subscribe(redis.async(), some));
    }

    private CompletionStage<Void> unsubscribeNow(
            StatefulRedisPubSubConnection<String, byte[]> redis, List<String> names) {
        return inOneSlot(names, some -> kind.unsubscribe(redis.async(), some));
    }

    /** The channels of one command must belong to the same shard. */
    private CompletionStage<Void> inOneSlot(List<String> names, Function<String[], CompletionStage<Void>> command) {
        if (kind == PubSubCommands.GLOBAL || !clients.isCluster()) {
            return command.apply(names.toArray(String[]::new));
        }
        return CompletableFuture.allOf(names.stream()
                .map(name -> command.apply(new String[] {name}).toCompletableFuture())
                .toArray(CompletableFuture[]::new));
    }

    private Subscriptions.Commands commands(
            BiFunction<StatefulRedisPubSubConnection<String, byte[]>, List<String>, CompletionStage<Void>> subscribe,
            BiFunction<StatefulRedisPubSubConnection<String, byte[]>, List<String>, CompletionStage<Void>>
                    unsubscribe) {
        return new Subscriptions.Commands() {
            @Override
            public CompletionStage<Void> subscribe(List<String> names) {
                return send(subscribe, names);
            }

            @Override
            public CompletionStage<Void> unsubscribe(List<String> names) {
                return send(unsubscribe, names);
            }
        };
    }

    private CompletionStage<Void> send(
            BiFunction<StatefulRedisPubSubConnection<String, byte[]>, List<String>, CompletionStage<Void>> command,
            List<String> names) {
        StatefulRedisPubSubConnection<String, byte[]> redis = connection();
        return redis == null ? RedisClients.unavailable() : clients.send(() -> command.apply(redis, names));
    }

    private final class MessageListener extends RedisPubSubAdapter<String, byte[]> {

        @Override
        public void message(String channel, byte[] message) {
            deliver(channels, channel, channel, message);
        }

        @Override
        public void message(String pattern, String channel, byte[] message) {
            deliver(patterns, pattern, channel, message);
        }

        @Override
        public void smessage(String channel, byte[] message) {
            deliver(channels, channel, channel, message);
        }

        private void deliver(Subscriptions subscriptions, String subscription, String channel, byte[] message) {
            traffic.onReceived();
            try {
                subscriptions.deliver(subscription, channel, message);
            } catch (RuntimeException | Error e) {
                log.error("{}: a message on {} cannot be delivered", name, channel, e);
            }
        }
    }
}
