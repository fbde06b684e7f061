package dev.socketio.adapter.redis;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.socketio.time.Scheduler;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many servers usually get what this one publishes. When Redis has been away they find it again one after the other;
 * what Redis takes before as many have subscribed as before misses somebody.
 *
 * <p>A server that comes for the first time just then stands in for one that is not back: Redis tells numbers, not names.
 */
final class Audience {

    /** Who is not back by then has left for good. */
    private static final long PATIENCE_NANOS = Duration.ofSeconds(5).toNanos();

    /** A number that has not been reached for so long is the usual one no more. */
    private static final long MEMORY_NANOS = Duration.ofSeconds(10).toNanos();

    /** Of more groups than that, those that got no message for the longest time are forgotten. */
    private static final int MAX_GROUPS = 1_000;

    private final Scheduler scheduler;

    private final Object lock = new Object();

    @GuardedBy("lock")
    private final Map<String, Group> groups = new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true) {

        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Group> eldest) {
            return size() > MAX_GROUPS;
        }
    };

    /** Whether this server is not among those that are counted. */
    @GuardedBy("lock")
    private boolean away;

    @GuardedBy("lock")
    private boolean connected;

    @GuardedBy("lock")
    private long backAt;

    /** Servers that have all subscribed to the same. */
    private static final class Group {

        private long usual;

        /** When there were as many. */
        private long at;

        /** Whether they have not been as many since the connection came back. */
        private boolean isGathering;
    }

    Audience(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** The connection is lost: others may have lost theirs. */
    void onLost() {
        synchronized (lock) {
            away = true;
            connected = false;
            groups.values().forEach(group -> group.isGathering = true);
        }
    }

    /** The connection is back. */
    void onBack() {
        synchronized (lock) {
            if (!connected) {
                connected = true;
                backAt = scheduler.nanoTime();
            }
        }
    }

    /** This server has subscribed again; {@link #onBack} may come a moment later. */
    void onSubscribed() {
        onBack();
        synchronized (lock) {
            away = false;
        }
    }

    /** Returns whether the connection has been lost and {@link #onSubscribed} is to come. */
    boolean isAway() {
        synchronized (lock) {
            return away;
        }
    }

    /** Returns whether it is unknown how many there are now. */
    boolean isToBeCounted(String group) {
        synchronized (lock) {
            Group known = groups.get(group);
            return known == null || known.isGathering || scheduler.nanoTime() - known.at >= MEMORY_NANOS;
        }
    }

    /**
     * A message has reached so many of a group.
     *
     * @return whether these are all
     */
    boolean isComplete(String group, long receivers) {
        synchronized (lock) {
            Group known = groups.computeIfAbsent(group, name -> new Group());
            long now = scheduler.nanoTime();
            if (known.isGathering && receivers < known.usual && now - backAt < PATIENCE_NANOS) {
                return false;
            }
            if (known.isGathering || receivers >= known.usual || now - known.at >= MEMORY_NANOS) {
                known.usual = receivers;
                known.at = now;
                known.isGathering = false;
            }
            return true;
        }
    }
}
