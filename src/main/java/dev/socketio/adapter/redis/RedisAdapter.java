package dev.socketio.adapter.redis;

import static java.util.Objects.requireNonNull;

import dev.socketio.adapter.Adapter;
import dev.socketio.adapter.AdapterContext;
import dev.socketio.adapter.Adapters;
import dev.socketio.adapter.ClusterHealth;
import dev.socketio.adapter.LocalSockets;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Connects servers through Redis, so that a broadcast on one of them reaches the clients of all. They may run on Node as
 * well: what goes through Redis is what {@code @socket.io/redis-adapter} 8 sends and takes, or with {@linkplain
 * Builder#streams streams}, {@code @socket.io/redis-streams-adapter} 0.3.
 *
 * <pre>{@code
 * SocketIoServer io = SocketIoServer.builder()
 *         .adapter(RedisAdapter.builder("redis://localhost:6379").build())
 *         .build();
 * }</pre>
 *
 * <p>Each server has two connections to Redis, whatever the number of its namespaces, and one more for each stream. No
 * thread ever waits for Redis: events reach the clients of the same server at once, with streams when they have been read
 * there or 3 s later at most, and what cannot be sent to the others is counted and logged, see {@link ClusterHealth}. A
 * message goes out once or not at all.
 *
 * <p>Immutable; may be given to several servers.
 */
public final class RedisAdapter implements Adapter.Factory {

    private final RedisSettings redis;
    private final String key;
    private final Duration requestsTimeout;
    private final boolean publishOnSpecificResponseChannel;
    private final boolean subscribeToRooms;

    /** Null for the classic adapter. */
    private final @Nullable SubscriptionMode sharded;

    /** Null without streams. */
    private final @Nullable RedisStreams streams;

    private RedisAdapter(Builder builder) {
        redis = builder.settings();
        key = builder.key();
        requestsTimeout = builder.requestsTimeout;
        publishOnSpecificResponseChannel = builder.publishOnSpecificResponseChannel;
        subscribeToRooms = builder.subscribeToRooms;
        sharded = builder.sharded;
        streams = builder.streams;
    }

    /**
     * Starts with the defaults, which are Node's.
     *
     * @param uri where Redis is: {@code redis://host:6379}; {@code rediss://user:password@host:6380} with TLS and a user;
     *     {@code redis-sentinel://host:26379,host:26379#name-of-the-master}; {@code redis-cluster://host:7000,host:7001},
     *     or {@code rediss-cluster} for TLS
     * @throws IllegalArgumentException if it is malformed
     */
    public static Builder builder(String uri) {
        return new Builder(RedisAddress.parse(uri));
    }

    @Override
    public Adapters open(AdapterContext context) {
        return streams == null ? openChannels(context) : openStreams(streams, context);
    }

    private Adapters openStreams(RedisStreams options, AdapterContext context) {
        String self = ShardedWire.newId();
        LettucePubSub pubSub = startPubSub(self, options.useShardedPubSub(), context);
        LettuceStreams opened = new LettuceStreams(self, options, redis, pubSub, context);
        opened.start();
        Trees trees = new Trees(context.json());
        return new OfServer(
                local -> {
                    Wire wire = ShardedWire.besideStreams(trees, key, local.namespace(), self);
                    return new StreamsAdapter(local, opened, wire, trees, context, requestsTimeout).open();
                },
                opened::health,
                opened::close);
    }

    private Adapters openChannels(AdapterContext context) {
        String self = sharded == null ? ClassicWire.newId() : ShardedWire.newId();
        LettucePubSub pubSub = startPubSub(self, sharded != null, context);
        Trees trees = new Trees(context.json());
        return new OfServer(
                local -> {
                    Wire wire = wire(trees, local.namespace(), self);
                    PubSubAdapter adapter = new PubSubAdapter(local, pubSub, wire, trees, context, requestsTimeout);
                    adapter.listen();
                    return adapter;
                },
                pubSub::health,
                pubSub::close);
    }

    private LettucePubSub startPubSub(String self, boolean shardedChannels, AdapterContext context) {
        PubSubCommands kind = shardedChannels ? PubSubCommands.SHARDED : PubSubCommands.GLOBAL;
        LettucePubSub pubSub =
                new LettucePubSub(self, redis, kind, LettucePubSub.Use.PUBLISHES_AND_SUBSCRIBES, context.scheduler());
        pubSub.start();
        return pubSub;
    }

    private Wire wire(Trees trees, String namespace, String self) {
        return sharded == null
                ? new ClassicWire(trees, key, namespace, self, subscribeToRooms, publishOnSpecificResponseChannel)
                : new ShardedWire(trees, key, namespace, self, sharded);
    }

    /** The adapters of one server. */
    private record OfServer(Function<LocalSockets, Adapter> adapters, Supplier<ClusterHealth> state, Runnable end)
            implements Adapters {

        @Override
        public Adapter create(LocalSockets local) {
            return adapters.apply(local);
        }

        @Override
        public ClusterHealth health() {
            return state.get();
        }

        @Override
        public void close() {
            end.run();
        }
    }

    /** Collects options; every method checks its argument and returns this builder. */
    public static final class Builder extends RedisConnectionBuilder<Builder> {

        private Duration requestsTimeout = Duration.ofSeconds(5);
        private boolean publishOnSpecificResponseChannel;
        private boolean subscribeToRooms;
        private @Nullable SubscriptionMode sharded;
        private @Nullable RedisStreams streams;

        private Builder(RedisAddress uri) {
            super(uri);
        }

        @Override
        Builder self() {
            return this;
        }

        /** Sets how long other servers may take to answer; 5 s unless set. */
        public Builder requestsTimeout(Duration timeout) {
            this.requestsTimeout = positive("requestsTimeout", timeout);
            return this;
        }

        /**
         * Sets whether an answer goes to the server that has asked, rather than to all; false unless set, as in Node. It
         * saves traffic, and every version of the classic adapter from 7 on understands it.
         */
        public Builder publishOnSpecificResponseChannel(boolean publish) {
            this.publishOnSpecificResponseChannel = publish;
            return this;
        }

        /**
         * Sets whether the classic adapter subscribes to each room that a socket of this server is in; false unless set, as
         * in Node. With true a server gets only the events of rooms that concern it, rather than all of them. But a socket
         * that has just joined may miss what other servers send before Redis has got the subscription, about as long as
         * one message takes; the sharded adapter is like that, too.
         */
        public Builder subscribeToRooms(boolean subscribe) {
            this.subscribeToRooms = subscribe;
            return this;
        }

        /**
         * Chooses the sharded adapter, for a Redis Cluster of version 7 or newer. It does not understand the classic one:
         * all servers of a cluster need the same.
         */
        public Builder sharded(SubscriptionMode mode) {
            this.sharded = requireNonNull(mode, "mode");
            return this;
        }

        /**
         * Chooses the streams adapter, with which clients that were away get what they have missed from any server: set
         * {@code connectionStateRecovery}, too. What goes through Redis is what {@code @socket.io/redis-streams-adapter} 0.3
         * sends and takes; it does not understand the other adapters: all servers of a cluster need the same.
         */
        public Builder streams(RedisStreams options) {
            this.streams = requireNonNull(options, "options");
            return this;
        }

        /** Returns what has been chosen of the streams adapter so far. */
        RedisStreams streams() {
            return streams == null ? RedisStreams.defaults() : streams;
        }

        /**
         * Returns the adapter; Redis is not asked for before a server is built.
         *
         * @throws IllegalStateException if both streams and the sharded adapter have been chosen
         */
        public RedisAdapter build() {
            if (streams != null && sharded != null) {
                throw new IllegalStateException("streams and sharded are set: choose one; for sharded channels beside"
                        + " streams, give RedisStreams.withUseShardedPubSub(true)");
            }
            return new RedisAdapter(this);
        }
    }
}
