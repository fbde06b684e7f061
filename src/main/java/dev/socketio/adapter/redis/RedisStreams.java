package dev.socketio.adapter.redis;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How events travel through a stream of Redis, in which they stay for a while, so that clients that were away get them from
 * any server of the cluster; see {@link RedisAdapter.Builder#streams}. All servers of a cluster need the same names.
 *
 * @param streamName the key of the stream; where there are several, what their keys begin with
 * @param streamCount how many streams there are; each namespace belongs to one
 * @param maxLen how many events a stream keeps, about
 * @param readCount how many events are read at once
 * @param blockTime how long one command waits for events
 * @param sessionKeyPrefix what the keys of sessions begin with
 * @param useShardedPubSub whether what is not kept travels over the channels of one shard, for a Redis Cluster of version 7
 *     or newer
 */
public record RedisStreams(
        String streamName,
        int streamCount,
        int maxLen,
        int readCount,
        Duration blockTime,
        String sessionKeyPrefix,
        boolean useShardedPubSub) {

    /** Checks. */
    public RedisStreams {
        notEmpty("streamName", streamName);
        positive("streamCount", streamCount);
        positive("maxLen", maxLen);
        positive("readCount", readCount);
        notEmpty("sessionKeyPrefix", sessionKeyPrefix);
        if (blockTime.toMillis() <= 0) {
            throw new IllegalArgumentException("blockTime is " + blockTime + ": give a millisecond or more");
        }
    }

    /**
     * Returns the defaults, which are Node's: one stream {@code socket.io} of 10,000 events, of which 100 are read at once
     * by commands that wait 5 s; sessions in {@code sio:session:}; channels that are not sharded.
     */
    public static RedisStreams defaults() {
        return new RedisStreams("socket.io", 1, 10_000, 100, Duration.ofSeconds(5), "sio:session:", false);
    }

    /** Returns the same with another key; {@code socket.io} unless set. */
    public RedisStreams withStreamName(String name) {
        return new RedisStreams(name, streamCount, maxLen, readCount, blockTime, sessionKeyPrefix, useShardedPubSub);
    }

    /** Returns the same with so many streams, each of which each server reads over a connection of its own; 1 unless set. */
    public RedisStreams withStreamCount(int count) {
        return new RedisStreams(streamName, count, maxLen, readCount, blockTime, sessionKeyPrefix, useShardedPubSub);
    }

    /**
     * Returns the same with streams of about so many events; 10,000 unless set. Clients are recovered as long as what they
     * have missed is there: it has to last for the time that they may be away.
     */
    public RedisStreams withMaxLen(int events) {
        return new RedisStreams(
                streamName, streamCount, events, readCount, blockTime, sessionKeyPrefix, useShardedPubSub);
    }

    /** Returns the same with so many events read at once; 100 unless set. */
    public RedisStreams withReadCount(int events) {
        return new RedisStreams(streamName, streamCount, maxLen, events, blockTime, sessionKeyPrefix, useShardedPubSub);
    }

    /** Returns the same with commands that wait so long for events ({@code blockTimeInMs}); 5 s unless set. */
    public RedisStreams withBlockTime(Duration time) {
        return new RedisStreams(streamName, streamCount, maxLen, readCount, time, sessionKeyPrefix, useShardedPubSub);
    }

    /** Returns the same with other keys for sessions; {@code sio:session:} unless set. */
    public RedisStreams withSessionKeyPrefix(String prefix) {
        return new RedisStreams(streamName, streamCount, maxLen, readCount, blockTime, prefix, useShardedPubSub);
    }

    /** Returns the same with sharded channels or not; not unless set. */
    public RedisStreams withUseShardedPubSub(boolean sharded) {
        return new RedisStreams(streamName, streamCount, maxLen, readCount, blockTime, sessionKeyPrefix, sharded);
    }

    /** Returns the key of one of the streams. */
    String key(int index) {
        return streamCount == 1 ? streamName : streamName + "-" + index;
    }

    /** Returns which of the streams a namespace belongs to. In Node some names belong to a stream that nobody reads. */
    int index(String namespace) {
        return Math.floorMod(namespace.hashCode(), streamCount);
    }

    private static void notEmpty(String name, String text) {
        if (requireNonNull(text, name).isEmpty()) {
            throw new IllegalArgumentException(name + " is empty: give a text such as socket.io");
        }
    }

    private static void positive(String name, int number) {
        if (number <= 0) {
            throw new IllegalArgumentException(name + " is " + number + ": give a number of more than zero");
        }
    }
}
