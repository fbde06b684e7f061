package dev.socketio.adapter.redis;

import dev.socketio.adapter.redis.RedisClients.Commands;
import io.lettuce.core.pubsub.api.async.RedisPubSubAsyncCommands;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** The two kinds of channels that Redis has: those of all its nodes, and from version 7 on those of one shard each. */
enum PubSubCommands {
    /** Every node of a Redis Cluster gets every message. */
    GLOBAL {
        @Override
        CompletionStage<Long> publish(Commands redis, String channel, byte[] message) {
            return redis.async().publish(channel, message);
        }

        @Override
        CompletionStage<Void> subscribe(RedisPubSubAsyncCommands<String, byte[]> redis, String... channels) {
            return redis.subscribe(channels);
        }

        @Override
        CompletionStage<Void> unsubscribe(RedisPubSubAsyncCommands<String, byte[]> redis, String... channels) {
            return redis.unsubscribe(channels);
        }

        @Override
        CompletionStage<List<Map<String, Long>>> subscribers(Commands redis, String channel) {
            return redis.cluster() == null
                    ? redis.async().pubsubNumsub(channel).thenApply(List::of)
                    : redis.cluster().all().commands().pubsubNumsub(channel);
        }

        @Override
        CompletionStage<List<List<String>>> channels(Commands redis, String pattern) {
            return redis.cluster() == null
                    ? redis.async().pubsubChannels(pattern).thenApply(List::of)
                    : redis.cluster().all().commands().pubsubChannels(pattern);
        }
    },
    /** Messages stay in the shard that the channel belongs to. */
    SHARDED {
        @Override
        CompletionStage<Long> publish(Commands redis, String channel, byte[] message) {
            return redis.async().spublish(channel, message);
        }

        @Override
        CompletionStage<Void> subscribe(RedisPubSubAsyncCommands<String, byte[]> redis, String... channels) {
            return redis.ssubscribe(channels);
        }

        @Override
        CompletionStage<Void> unsubscribe(RedisPubSubAsyncCommands<String, byte[]> redis, String... channels) {
            return redis.sunsubscribe(channels);
        }

        @Override
        CompletionStage<List<Map<String, Long>>> subscribers(Commands redis, String channel) {
            return redis.cluster() == null
                    ? redis.async().pubsubShardNumsub(channel).thenApply(List::of)
                    : redis.cluster().all().commands().pubsubShardNumsub(channel);
        }

        @Override
        CompletionStage<List<List<String>>> channels(Commands redis, String pattern) {
            return redis.cluster() == null
                    ? redis.async().pubsubShardChannels(pattern).thenApply(List::of)
                    : redis.cluster().all().commands().pubsubShardChannels(pattern);
        }
    };

    abstract CompletionStage<Long> publish(Commands redis, String channel, byte[] message);

    abstract CompletionStage<Void> subscribe(RedisPubSubAsyncCommands<String, byte[]> redis, String... channels);

    abstract CompletionStage<Void> unsubscribe(RedisPubSubAsyncCommands<String, byte[]> redis, String... channels);

    /** Counts the subscribers that each node has. */
    abstract CompletionStage<List<Map<String, Long>>> subscribers(Commands redis, String channel);

    /** Returns the channels that each node has subscribers of. */
    abstract CompletionStage<List<List<String>>> channels(Commands redis, String pattern);
}
