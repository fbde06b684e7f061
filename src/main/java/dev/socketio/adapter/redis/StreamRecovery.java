package dev.socketio.adapter.redis;

import dev.socketio.adapter.AdapterContext;
import dev.socketio.adapter.LocalSockets;
import dev.socketio.adapter.Missed;
import dev.socketio.adapter.Recovered;
import dev.socketio.adapter.Session;
import dev.socketio.protocol.PacketException;
import io.lettuce.core.StreamMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one namespace in Redis, and what their clients have missed. A session is there while its client is here,
 * too, so that it outlives this server: it begins with the id of the server that goes on with it, and only that one writes it.
 */
final class StreamRecovery {

    /** More than ids of sessions have, from Java or Node. */
    private static final int MAX_PID_LENGTH = 100;

    private static final int PAGE = 500;

    private final StreamCommands redis;
    private final StreamLog log;
    private final LocalSockets local;
    private final AdapterContext context;
    private final SessionCodec codec;
    private final String keyPrefix;
    private final byte[] owner;
    private final Duration time;
    private final Services services;

    /**
     * What it needs of its adapter.
     *
     * @param start the position from which on the adapter has had part in the recent events
     * @param event makes what can be sent again of an entry; null if it is none
     * @param onTaken is told the pid of a session that another server may still go on with
     * @param onMalformed is told what cannot be read
     */
    record Services(
            LongSupplier start,
            BiFunction<Map<String, byte[]>, Place, RecentEvents.@Nullable Event> event,
            Consumer<String> onTaken,
            Consumer<String> onMalformed) {}

    /** @param time that clients may be away */
    StreamRecovery(
            StreamCommands redis,
            StreamLog log,
            LocalSockets local,
            AdapterContext context,
            SessionCodec codec,
            String keyPrefix,
            Duration time,
            Services services) {
        this.redis = redis;
        this.log = log;
        this.local = local;
        this.context = context;
        this.codec = codec;
        this.keyPrefix = keyPrefix;
        this.owner = codec.owner();
        this.time = time;
        this.services = services;
    }

    /** Keeps the session of a client that has gone. */
    CompletionStage<Void> keep(Session session) {
        return set(session, time);
    }

    /** Keeps the session of a client that is here: until it is saved again, and as long as the client may be away. */
    CompletionStage<Void> save(Session session) {
        return set(session, time.plus(time.dividedBy(2)));
    }

    private CompletionStage<Void> set(Session session, Duration expiry) {
        return redis.set(keyPrefix + session.pid(), codec.write(session), expiry)
                .thenAccept(kept -> {
                    if (!kept) {
                        local.onSessionTaken(session.pid());
                    }
                });
    }

    void forget(String pid) {
        redis.delete(keyPrefix + pid, owner);
    }

    CompletionStage<Optional<Recovered>> restore(String pid, @Nullable String offset) {
        boolean malformed = offset != null && Place.position(offset) == Place.NOWHERE;
        if (malformed || pid.length() > MAX_PID_LENGTH) {
            return CompletableFuture.completedStage(Optional.empty());
        }
        return redis.take(keyPrefix + pid, owner).thenCompose(value -> {
            Session session = value == null ? null : read(pid, value);
            if (value == null || session == null) {
                return CompletableFuture.completedStage(Optional.empty());
            }
            if (!Arrays.equals(Arrays.copyOf(value, owner.length), owner)) {
                services.onTaken().accept(pid);
            }
            return recovered(session, received(session, offset));
        });
    }

    private @Nullable Session read(String pid, byte[] value) {
        try {
            Session session = codec.read(value);
            return session != null && session.pid().equals(pid) ? session : null;
        } catch (PacketException e) {
            services.onMalformed().accept(String.valueOf(e.getMessage()));
            return null;
        }
    }

    /**
     * Returns up to where the client has got everything. An offset from before the session does not count, clients bring
     * them from an earlier one. Who has got what was sent last has missed nothing up to when that was looked up.
     */
    private static long received(Session session, @Nullable String offset) {
        long position = offset == null ? session.since() : Math.max(session.since(), Place.position(offset));
        return Objects.equals(offset, session.sent()) ? Math.max(position, session.until()) : position;
    }

    private CompletionStage<Optional<Recovered>> recovered(Session session, long position) {
        Optional<Recovered> recovered = Optional.of(new Recovered(session, position));
        if (position <= log.position() && isRecent(position)) {
            return CompletableFuture.completedStage(recovered);
        }
        return isThere(position).thenApply(there -> {
            if (!there) {
                forget(session.pid());
            }
            return there ? recovered : Optional.empty();
        });
    }

    /** Returns whether nothing after a position has been removed from the stream. */
    private CompletionStage<Boolean> isThere(long position) {
        if (position == Place.NOWHERE) {
            return CompletableFuture.completedStage(false);
        }
        String id = Place.id(position);
        return redis.range(log.key(), id, 1).thenApply(found -> startsAt(found, id));
    }

    private static boolean startsAt(List<StreamMessage<String, byte[]>> entries, String id) {
        return !entries.isEmpty() && entries.get(0).getId().equals(id);
    }

    private boolean isRecent(long position) {
        return position >= services.start().getAsLong() && log.recent().reachBackTo(position);
    }

    CompletionStage<Missed> missed(Session session, long after) {
        if (isRecent(after)) {
            return CompletableFuture.completedStage(recent(session, after));
        }
        return log.turns().run(() -> page(session, Place.id(after), new Missed(List.of(), after)));
    }

    private Missed recent(Session session, long after) {
        long upTo = Math.max(after, log.position()); // before the events are looked at, some of which may be newer
        List<Missed.Event> missed = new ArrayList<>();
        for (RecentEvents.Event event : log.recent().after(after)) {
            upTo = Math.max(upTo, event.place().position());
            addIfMissed(event, session, missed);
        }
        return new Missed(missed, upTo);
    }

    private void addIfMissed(RecentEvents.Event event, Session session, List<Missed.Event> missed) {
        Place place = event.place();
        if (event.namespace().equals(local.namespace()) && session.selects(event.options(), place.position())) {
            missed.add(
                    new Missed.Event(event.packet(), place.id(), event.options().flags()));
        }
    }

    /** Reads on from an entry whose events have been read; it has to be there still, or there is a gap after it. */
    private CompletionStage<Missed> page(Session session, String from, Missed before) {
        return redis.range(log.key(), from, PAGE + 1)
                .thenComposeAsync(entries -> onPage(session, from, before, entries), context.executor());
    }

    private CompletionStage<Missed> onPage(
            Session session, String from, Missed before, List<StreamMessage<String, byte[]>> entries) {
        if (!startsAt(entries, from)) {
            return CompletableFuture.failedStage(
                    new IllegalStateException("events of session " + session.id() + " are gone from the stream"));
        }
        List<Missed.Event> missed = new ArrayList<>(before.events());
        long upTo = before.upTo();
        for (StreamMessage<String, byte[]> entry : entries.subList(1, entries.size())) {
            Place place = Place.of(entry.getId());
            RecentEvents.Event event = place.isKnown() ? event(entry, place) : null;
            if (event != null) {
                addIfMissed(event, session, missed);
            }
            upTo = Math.max(upTo, place.position());
        }
        Missed all = new Missed(missed, upTo);
        return entries.size() <= PAGE
                ? CompletableFuture.completedStage(all)
                : page(session, entries.get(PAGE).getId(), all);
    }

    private RecentEvents.@Nullable Event event(StreamMessage<String, byte[]> entry, Place place) {
        try {
            return services.event().apply(entry.getBody(), place);
        } catch (PacketException | IllegalArgumentException | ArithmeticException e) {
            return null; // it was passed over when it came, too
        }
    }
}
