package dev.socketio.adapter.redis;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.socketio.adapter.redis.RedisClients.Commands;
import dev.socketio.time.Scheduler;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a stream from its end on, over a connection of its own, since each command waits for what comes. It goes on where it
 * was when the connection comes back.
 */
final class StreamReader {

    private static final Logger log = LoggerFactory.getLogger(StreamReader.class);

    private static final Duration RETRY = Duration.ofMillis(250);

    private final RedisClients clients;
    private final StreamLog stream;
    private final String self;
    private final XReadArgs args;
    private final int readCount;
    private final Scheduler scheduler;
    private final CompletableFuture<Void> started = new CompletableFuture<>();

    private final Object lock = new Object();

    @GuardedBy("lock")
    private @Nullable Commands commands;

    /** The entry that was read last; null until it is known where the stream ends. */
    @GuardedBy("lock")
    private @Nullable String last;

    /** What went wrong last, until something goes well. */
    @GuardedBy("lock")
    private @Nullable String problem;

    @GuardedBy("lock")
    private boolean closed;

    StreamReader(RedisClients clients, StreamLog stream, String self, RedisStreams options, Scheduler scheduler) {
        this.clients = clients;
        this.stream = stream;
        this.self = self;
        this.args = XReadArgs.Builder.block(options.blockTime().toMillis()).count(options.readCount());
        this.readCount = options.readCount();
        this.scheduler = scheduler;
    }

    /** Completes when the end of the stream has been found. */
    CompletableFuture<Void> started() {
        return started;
    }

    /** Returns whether entries come. */
    boolean isReading() {
        synchronized (lock) {
            return last != null && problem == null;
        }
    }

    /** Connects if need be, and reads what comes next. */
    void read() {
        Commands redis;
        String after;
        synchronized (lock) {
            if (closed) {
                return;
            }
            redis = commands;
            after = last;
        }
        CompletionStage<Void> step = clients.send(() -> step(redis, after));
        step.whenComplete((done, failure) -> onStep(failure));
    }

    private CompletionStage<Void> step(@Nullable Commands redis, @Nullable String after) {
        if (redis == null) {
            return clients.connect().thenAccept(this::onConnected);
        }
        if (after == null) {
            return end(redis).thenAccept(this::onEnd);
        }
        long reading = stream.beginReading();
        return next(redis, after).thenAccept(entries -> onEntries(reading, entries == null ? List.of() : entries));
    }

    private void onStep(@Nullable Throwable failure) {
        boolean news;
        synchronized (lock) {
            String now = failure == null ? null : String.valueOf(failure.getMessage());
            news = now != null && !now.equals(problem) && !closed;
            problem = now;
        }
        if (failure == null) {
            read();
            return;
        }
        if (news) {
            log.warn("{}: stream {} cannot be read, trying on: {}", self, stream.key(), failure.toString());
        }
        scheduler.schedule(RETRY, this::read);
    }

    private void onConnected(Commands connected) {
        synchronized (lock) {
            commands = connected;
        }
    }

    /** Finds the newest entry. A stream that is empty gets one, which servers of all kinds pass over, to begin from. */
    private CompletionStage<String> end(Commands redis) {
        CompletionStage<List<StreamMessage<String, byte[]>>> newest =
                redis.async().xrevrange(stream.key(), Range.unbounded(), Limit.from(1));
        return newest.thenCompose(entries -> entries.isEmpty()
                ? redis.async().xadd(stream.key(), Map.of("uid", StreamCodec.bytes(self)))
                : CompletableFuture.completedStage(entries.get(0).getId()));
    }

    @SuppressWarnings("unchecked") // an array of one, made for the call
    private CompletionStage<List<StreamMessage<String, byte[]>>> next(Commands redis, String after) {
        return redis.async().xread(args, StreamOffset.from(stream.key(), after));
    }

    private void onEnd(String id) {
        stream.onStart(id);
        synchronized (lock) {
            last = id;
        }
        started.complete(null);
    }

    private void onEntries(long reading, List<StreamMessage<String, byte[]>> entries) {
        for (StreamMessage<String, byte[]> entry : entries) {
            stream.onEntry(entry.getId(), entry.getBody());
            synchronized (lock) {
                last = entry.getId();
            }
        }
        if (entries.size() < readCount) {
            stream.onAllRead(reading);
        }
    }

    void close() {
        synchronized (lock) {
            closed = true;
        }
    }
}
