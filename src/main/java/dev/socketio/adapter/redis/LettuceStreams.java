package dev.socketio.adapter.redis;

import dev.socketio.adapter.AdapterContext;
import dev.socketio.adapter.ClusterHealth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The streams of one server, and the channels beside them. */
final class LettuceStreams implements AutoCloseable {

    /** How long {@link #close} waits for Redis to take the sessions of the clients that have just gone. */
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

    private final RedisStreams options;
    private final RedisSettings settings;
    private final LettucePubSub pubSub;
    private final StreamCommands commands;
    private final List<StreamLog> logs = new ArrayList<>();
    private final List<StreamReader> readers = new ArrayList<>();

    /** @param self the id of this server */
    LettuceStreams(
            String self, RedisStreams options, RedisSettings settings, LettucePubSub pubSub, AdapterContext context) {
        this.settings = settings;
        this.options = options;
        this.pubSub = pubSub;
        this.commands = new StreamCommands(pubSub, options.maxLen());
        for (int i = 0; i < options.streamCount(); i++) {
            StreamLog log = new StreamLog(
                    options.key(i),
                    self,
                    commands,
                    pubSub.traffic(),
                    new InFlight(settings.maxWaitingBytes(), context.scheduler()),
                    new Unread(pubSub.traffic(), options.maxLen()),
                    new RecentEvents(options.maxLen()));
            logs.add(log);
            readers.add(new StreamReader(pubSub.clients(), log, self, options, context.scheduler()));
        }
    }

    /**
     * Begins to read.
     *
     * @throws IllegalStateException if Redis is required and the streams cannot be read in time; nothing is left behind then
     */
    void start() {
        readers.forEach(StreamReader::read);
        if (!settings.required()) {
            return;
        }
        CompletableFuture<Void> all = CompletableFuture.allOf(
                readers.stream().map(StreamReader::started).toArray(CompletableFuture[]::new));
        try {
            all.get(settings.connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            close();
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw new IllegalStateException("the stream " + options.streamName() + " of Redis at " + settings.uri()
                    + " cannot be read within " + settings.connectTimeout()
                    + ": see the log, and check that the key is a stream and that the user may read it");
        }
    }

    LettucePubSub pubSub() {
        return pubSub;
    }

    StreamCommands commands() {
        return commands;
    }

    String sessionKeyPrefix() {
        return options.sessionKeyPrefix();
    }

    /** Returns the stream of a namespace. */
    StreamLog log(String namespace) {
        return logs.get(options.index(namespace));
    }

    ClusterHealth health() {
        ClusterHealth health = pubSub.health();
        boolean isUp = health.isUp() && readers.stream().allMatch(StreamReader::isReading);
        return new ClusterHealth(
                health.id(),
                isUp,
                health.sent(),
                health.lost(),
                health.received(),
                health.malformed(),
                health.waiting());
    }

    @Override
    public void close() {
        if (pubSub.health().isUp()) {
            commands.flush(CLOSE_PATIENCE);
            pubSub.traffic().awaitEnd(CLOSE_PATIENCE); // which comes by reading
        }
        readers.forEach(StreamReader::close);
        logs.forEach(StreamLog::close);
        pubSub.close();
    }
}
