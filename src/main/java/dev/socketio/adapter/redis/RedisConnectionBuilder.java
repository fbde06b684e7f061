package dev.socketio.adapter.redis;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How to reach Redis; part of {@link RedisAdapter.Builder} and {@link RedisEmitter.Builder}.
 *
 * @param <B> the builder, which every method returns
 */
public abstract class RedisConnectionBuilder<B extends RedisConnectionBuilder<B>> {

    private final RedisAddress uri;
    private String key = "socket.io";
    private Duration connectTimeout = Duration.ofSeconds(5);
    private boolean required = true;
    private int maxWaitingBytes = 16_000_000;

    RedisConnectionBuilder(RedisAddress uri) {
        this.uri = uri;
    }

    abstract B self();

    final RedisSettings settings() {
        return new RedisSettings(uri, required, connectTimeout, maxWaitingBytes);
    }

    final String key() {
        return key;
    }

    /** Sets what the names of all channels begin with; {@code socket.io} unless set. Clusters with two are two. */
    public final B key(String key) {
        if (requireNonNull(key, "key").isEmpty()) {
            throw new IllegalArgumentException("key is empty: give a text such as socket.io");
        }
        this.key = key;
        return self();
    }

    /**
     * Sets whether nothing starts without Redis; true unless set. With false it starts all the same, and joins its cluster
     * when Redis can be reached.
     */
    public final B required(boolean required) {
        this.required = required;
        return self();
    }

    /** Sets how long connecting may take; 5 s unless set. So long the start waits for a Redis that is required. */
    public final B connectTimeout(Duration timeout) {
        this.connectTimeout = positive("connectTimeout", timeout);
        return self();
    }

    /** Sets how many bytes of messages may wait for a Redis that is slow; 16 MB unless set. What is more is lost. */
    public final B maxWaitingBytes(int bytes) {
        if (bytes <= 0) {
            throw new IllegalArgumentException("maxWaitingBytes is " + bytes + ": give a number of more than zero");
        }
        this.maxWaitingBytes = bytes;
        return self();
    }

    static Duration positive(String name, Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException(name + " is " + time + ": give a time of more than zero");
        }
        return time;
    }
}
