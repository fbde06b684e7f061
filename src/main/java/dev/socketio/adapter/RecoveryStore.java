package dev.socketio.adapter;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.socketio.protocol.OutgoingEvent;
import dev.socketio.protocol.Parser;
import dev.socketio.time.Scheduler;
import dev.socketio.time.Scheduler.Cancellable;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What a server keeps in memory to recover its clients: the events of all its namespaces, and the sessions of those who
 * are away. The limits are shared by the namespaces, so that their number does not matter; the oldest goes first.
 *
 * <p>Thread rules: every method may be called from any thread and returns at once.
 */
public final class RecoveryStore {

    /** Clients keep the offset of the last event when they come back to a server that has been started anew. */
    private static final int PREFIX_LENGTH = 4;

    private static final int RADIX = Character.MAX_RADIX;

    private final Scheduler scheduler;
    private final long sessionNanos;
    private final long eventNanos;
    private final int maxSessions;

    /** Tells offsets of this store from those of others. */
    private final String prefix = randomPrefix();

    private final AtomicLong offsets = new AtomicLong();

    /* Concurrency. `lock` guards all below. It is taken once for each event, and never while an event is encoded. */
    private final Object lock = new Object();

    @GuardedBy("lock")
    private final EventLog log;

    /** By pid, in the order in which their clients went away. */
    @GuardedBy("lock")
    private final Map<String, Absent> sessions = new LinkedHashMap<>();

    /** Drops what has become too old; null while there is nothing. */
    @GuardedBy("lock")
    private @Nullable Cancellable timer;

    @GuardedBy("lock")
    private boolean closed;

    /**
     * A session whose client is away.
     *
     * @param at when it was put here, in nanoseconds of the scheduler
     */
    private record Absent(Session session, String namespace, long at) {}

    /**
     * Creates an empty store.
     *
     * @param sessionAge how long a session is kept
     * @param eventAge how long an event is kept: longer, because a broken connection is not noticed at once and those
     *     events are missed too that were sent before it was
     * @param maxBytes of the events; characters count as one
     */
    public RecoveryStore(
            Scheduler scheduler,
            Duration sessionAge,
            Duration eventAge,
            int maxSessions,
            int maxPackets,
            long maxBytes) {
        this.scheduler = scheduler;
        this.sessionNanos = sessionAge.toNanos();
        this.eventNanos = eventAge.toNanos();
        this.maxSessions = maxSessions;
        this.log = new EventLog(maxPackets, maxBytes);
    }

    private static String randomPrefix() {
        int bound = 1;
        for (int i = 0; i < PREFIX_LENGTH; i++) {
            bound *= RADIX;
        }
        return Integer.toString(ThreadLocalRandom.current().nextInt(bound / RADIX, bound), RADIX);
    }

    /**
     * Encodes an event with an offset and keeps it.
     *
     * @throws IllegalArgumentException if an argument cannot be written
     */
    Broadcast append(Parser.Encoder encoder, OutgoingEvent event, BroadcastOptions options) {
        long offset = offsets.incrementAndGet();
        Broadcast broadcast = new Broadcast(encoder, event, text(offset));
        long now = scheduler.nanoTime();
        long position;
        synchronized (lock) {
            if (closed) {
                return broadcast;
            }
            position = log.append(offset, event.namespace(), options, broadcast.packet(), now);
            startTimer(eventNanos);
        }
        return broadcast.at(position);
    }

    /** Returns the position of the newest event. */
    long position() {
        synchronized (lock) {
            return log.last();
        }
    }

    /** Keeps a session, in place of an older one of the same pid. */
    void persist(String namespace, Session session) {
        long now = scheduler.nanoTime();
        synchronized (lock) {
            if (closed) {
                return;
            }
            sessions.remove(session.pid());
            sessions.put(session.pid(), new Absent(session, namespace, now));
            if (sessions.size() > maxSessions) {
                sessions.remove(sessions.keySet().iterator().next());
            }
            startTimer(sessionNanos);
        }
    }

    /**
     * Takes a session out, so that nobody can have it a second time.
     *
     * @param offset of the last event that the client has got; null if it has got none
     * @return empty if there is no such session, or if events that the client may have missed are gone
     */
    Optional<Recovered> take(String namespace, String pid, @Nullable String offset) {
        long now = scheduler.nanoTime();
        synchronized (lock) {
            Absent absent = sessions.get(pid);
            if (absent == null || !absent.namespace().equals(namespace)) {
                return Optional.empty();
            }
            sessions.remove(pid);
            boolean late = now - absent.at() >= sessionNanos;
            Long position = late ? null : received(absent.session(), offset);
            return position == null ? Optional.empty() : Optional.of(new Recovered(absent.session(), position));
        }
    }

    /**
     * Returns up to where the client has got everything; null if that cannot be told or is too long ago. An offset from
     * before the session does not count, clients bring them from an earlier one.
     */
    @GuardedBy("lock")
    private @Nullable Long received(Session session, @Nullable String offset) {
        Long position = session.since();
        if (offset != null) {
            long number = number(offset);
            if (number < 0) {
                return null;
            }
            Long found = log.find(number);
            position = found == null ? position : Long.valueOf(Math.max(found, position));
        }
        if (log.reaches(position)) {
            return position;
        }
        // What was sent last is gone from the log. That does not matter to a client that has got it.
        boolean complete = offset == null ? session.sent() == null : offset.equals(session.sent());
        return complete && log.reaches(session.until()) ? Long.valueOf(session.until()) : null;
    }

    /**
     * Returns the events after a position that a session is selected by.
     *
     * @throws IllegalStateException if some of them are gone
     */
    Missed missed(String namespace, Session session, long after) {
        List<EventLog.Entry> entries;
        long upTo;
        synchronized (lock) {
            if (!log.reaches(after)) {
                throw new IllegalStateException("events of session " + session.id() + " are gone from the log");
            }
            entries = log.after(after);
            upTo = log.last();
        }
        List<Missed.Event> missed = entries.stream()
                .filter(entry ->
                        entry.namespace().equals(namespace) && session.selects(entry.options(), entry.position()))
                .map(entry -> new Missed.Event(
                        entry.packet(), text(entry.offset()), entry.options().flags()))
                .toList();
        return new Missed(missed, upTo);
    }

    private String text(long offset) {
        return prefix + Long.toString(offset, RADIX);
    }

    /** Returns the number of an offset, or -1 if this store has not given it. */
    private long number(String offset) {
        if (!offset.startsWith(prefix)) {
            return -1;
        }
        try {
            long number = Long.parseLong(offset.substring(PREFIX_LENGTH), RADIX);
            return number > 0 && number <= offsets.get() ? number : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    @GuardedBy("lock")
    private void startTimer(long nanos) {
        if (timer == null) {
            timer = scheduler.schedule(Duration.ofNanos(nanos), this::dropExpired);
        }
    }

    private void dropExpired() {
        long now = scheduler.nanoTime();
        synchronized (lock) {
            timer = null;
            log.expire(now - eventNanos);
            Iterator<Absent> oldestFirst = sessions.values().iterator();
            while (oldestFirst.hasNext() && now - oldestFirst.next().at() >= sessionNanos) {
                oldestFirst.remove();
            }
            if (!closed && (log.oldest() != null || !sessions.isEmpty())) {
                startTimer(Math.max(1, sessionNanos / 8)); // rather than one timer for each that expires
            }
        }
    }

    /** Forgets everything and stops its timer. */
    public void close() {
        synchronized (lock) {
            closed = true;
            sessions.clear();
            log.clear();
            if (timer != null) {
                timer.cancel();
                timer = null;
            }
        }
    }
}
