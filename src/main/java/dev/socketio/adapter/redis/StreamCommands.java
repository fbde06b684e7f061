package dev.socketio.adapter.redis;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XAddArgs;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done with streams and sessions but the reading that waits: over the connection that publishes, too. */
final class StreamCommands {

    private static final Logger log = LoggerFactory.getLogger(StreamCommands.class);

    /** Keeps a value unless another server has written it: {@code OWNER_LENGTH} characters tell who has. */
    private static final String SET = "local owner = redis.call('GETRANGE', KEYS[1], 0, ARGV[3] - 1)"
            + " if owner ~= '' and owner ~= string.sub(ARGV[1], 1, ARGV[3]) then return 0 end"
            + " redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2]) return 1";

    /** Returns a value and makes it one's own; one that a server on Node has written, which does not say so, is deleted. */
    private static final String TAKE = "local value = redis.call('GET', KEYS[1]) if not value then return value end"
            + " if string.sub(value, 1, ARGV[2]) == string.sub(ARGV[1], 1, ARGV[2])"
            + " then redis.call('SETRANGE', KEYS[1], 0, ARGV[1]) else redis.call('DEL', KEYS[1]) end return value";

    private static final String DELETE =
            "if redis.call('GETRANGE', KEYS[1], 0, #ARGV[1] - 1) == ARGV[1] then redis.call('DEL', KEYS[1]) end return 1";

    private final LettucePubSub redis;
    private final XAddArgs limit;

    StreamCommands(LettucePubSub redis, int maxLen) {
        this.redis = redis;
        this.limit = XAddArgs.Builder.maxlen(maxLen).approximateTrimming();
    }

    /** Adds an entry and returns its id. */
    CompletionStage<String> add(String stream, Map<String, byte[]> fields) {
        return redis.call(commands -> commands.async().xadd(stream, limit, fields));
    }

    /** Returns entries from an id on, which is included. */
    CompletionStage<List<StreamMessage<String, byte[]>>> range(String stream, String from, int count) {
        return redis.call(commands -> commands.async().xrange(stream, Range.create(from, "+"), Limit.from(count)));
    }

    /** Keeps a session; returns false if it is another server's by now. */
    CompletionStage<Boolean> set(String key, byte[] session, Duration time) {
        return redis.call(commands -> commands.async()
                .<Long>eval(
                        SET,
                        ScriptOutputType.INTEGER,
                        new String[] {key},
                        session,
                        number(time.toMillis()),
                        number(SessionCodec.OWNER_LENGTH))
                .thenApply(kept -> kept == 1));
    }

    /** Takes a session; null if there is none. */
    CompletionStage<byte @Nullable []> take(String key, byte[] owner) {
        return redis.call(commands -> commands.async()
                .eval(TAKE, ScriptOutputType.VALUE, new String[] {key}, owner, number(SessionCodec.MARK_LENGTH)));
    }

    /** Deletes a session unless it is another server's. */
    void delete(String key, byte[] owner) {
        CompletionStage<Long> deleting = redis.call(
                commands -> commands.async().eval(DELETE, ScriptOutputType.INTEGER, new String[] {key}, owner));
        deleting.exceptionally(failure -> {
            log.debug("a session stays in Redis until its time is over", failure);
            return 0L;
        });
    }

    private static byte[] number(long number) {
        return StreamCodec.bytes(Long.toString(number));
    }

    /** Waits until Redis has got what was sent to it, such as the sessions of all clients when a server stops. */
    void flush(Duration patience) {
        try {
            redis.call(commands -> commands.async().ping())
                    .toCompletableFuture()
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            log.warn("Redis has not taken all sessions before the end of the server", e);
        }
    }
}
