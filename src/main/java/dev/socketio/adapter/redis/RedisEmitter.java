package dev.socketio.adapter.redis;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.socketio.adapter.BroadcastOptions;
import dev.socketio.adapter.ClusterHealth;
import dev.socketio.protocol.Json;
import dev.socketio.time.SystemScheduler;
import org.jspecify.annotations.Nullable;

/**
 * Sends events to the clients of a cluster from a program that has none, such as a nightly job. It does what Node's
 * {@code @socket.io/redis-emitter} does, and reaches servers with the classic adapter, on Java and on Node.
 *
 * <pre>{@code
 * try (RedisEmitter emitter = RedisEmitter.builder("redis://localhost:6379").build()) {
 *     emitter.to("news").emit("headline", "It rains.");
 * }
 * }</pre>
 *
 * <p>Nothing waits for Redis, and nobody answers: what could not be sent is counted and logged, see {@link #health}.
 *
 * <p>Thread rules: every method may be called from any thread.
 */
public final class RedisEmitter implements AutoCloseable {

    private static final String MAIN = "/";

    private final String key;
    private final Trees trees;
    private final SystemScheduler scheduler;
    private final LettucePubSub redis;
    private final EmitterOperator main;

    private RedisEmitter(Builder builder) {
        key = builder.key();
        trees = new Trees(builder.objectMapper == null ? Json.mapper(Integer.MAX_VALUE) : builder.objectMapper);
        scheduler = new SystemScheduler("socketio-emitter");
        redis = new LettucePubSub(
                Message.EMITTER,
                builder.settings(),
                PubSubCommands.GLOBAL,
                LettucePubSub.Use.PUBLISHES_ONLY,
                scheduler);
        main = operator(MAIN);
    }

    /**
     * Starts with the defaults, which are Node's.
     *
     * @param uri where Redis is, as {@link RedisAdapter#builder} takes it
     * @throws IllegalArgumentException if it is malformed
     */
    public static Builder builder(String uri) {
        return new Builder(RedisAddress.parse(uri));
    }

    /** Selects everybody in the main namespace. */
    public EmitterOperator all() {
        return main;
    }

    /** Selects those in any of these rooms of the main namespace; the id of a socket is a room, too. */
    public EmitterOperator to(String... rooms) {
        return main.to(rooms);
    }

    /** Sends an event to everybody in the main namespace; see {@link EmitterOperator#emit}. */
    public void emit(String event, @Nullable Object... arguments) {
        main.emit(event, arguments);
    }

    /**
     * Selects everybody in a namespace.
     *
     * @param namespace with or without the slash at its start
     */
    public EmitterOperator of(String namespace) {
        return operator(namespace.startsWith(MAIN) ? namespace : MAIN + namespace);
    }

    private EmitterOperator operator(String namespace) {
        Wire wire = new ClassicWire(
                trees,
                key,
                namespace,
                Message.EMITTER,
                /* subscribesToRooms= */ false,
                /* ownResponseChannels= */ false);
        return new EmitterOperator(redis, wire, trees, BroadcastOptions.ALL);
    }

    /** Tells whether Redis can be reached, and how many messages have been lost. */
    public ClusterHealth health() {
        return redis.health();
    }

    /** Waits until Redis has got what was sent, 2 s at most, and disconnects. */
    @Override
    public void close() {
        redis.close();
        scheduler.close();
    }

    /** Collects options; every method checks its argument and returns this builder. */
    public static final class Builder extends RedisConnectionBuilder<Builder> {

        private @Nullable ObjectMapper objectMapper;

        private Builder(RedisAddress uri) {
            super(uri);
        }

        @Override
        Builder self() {
            return this;
        }

        /** Sets what writes arguments, of which this takes a copy; one like the servers' unless set. */
        public Builder objectMapper(ObjectMapper objectMapper) {
            this.objectMapper = Json.copy(requireNonNull(objectMapper, "objectMapper"));
            return this;
        }

        /**
         * Connects.
         *
         * @throws IllegalStateException if Redis is {@linkplain #required required} and cannot be reached
         */
        public RedisEmitter build() {
            RedisEmitter emitter = new RedisEmitter(this);
            try {
                emitter.redis.start();
            } catch (RuntimeException | Error e) {
                emitter.close();
                throw e;
            }
            return emitter;
        }
    }
}
