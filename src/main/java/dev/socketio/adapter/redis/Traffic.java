package dev.socketio.adapter.redis;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.socketio.adapter.ClusterHealth;
import dev.socketio.time.Scheduler;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts messages to and from Redis, limits those under way, and reports those that are lost. */
final class Traffic {

    private static final Logger log = LoggerFactory.getLogger(Traffic.class);

    /** Between two lines of the log on the same trouble. */
    private static final Duration REPORT_INTERVAL = Duration.ofSeconds(10);

    /** A message that Redis has not taken for so long is stuck. */
    private static final long STUCK_NANOS = Duration.ofSeconds(3).toNanos();

    private final String name;
    private final int maxWaitingBytes;
    private final Scheduler scheduler;

    private final Object lock = new Object();

    @GuardedBy("lock")
    private long sent;

    @GuardedBy("lock")
    private long lost;

    @GuardedBy("lock")
    private long received;

    @GuardedBy("lock")
    private long malformed;

    @GuardedBy("lock")
    private int waiting;

    @GuardedBy("lock")
    private long waitingBytes;

    /** Messages that Redis has taken, of which it is not known yet whether they can be read. */
    @GuardedBy("lock")
    private int unread;

    /** When Redis last took a message, or the first began to wait. */
    @GuardedBy("lock")
    private long movedAt;

    /** Lost messages that the log does not tell of yet. */
    @GuardedBy("lock")
    private long unreported;

    @GuardedBy("lock")
    private boolean reporting;

    /** Somebody waits until nothing is under way. */
    @GuardedBy("lock")
    private @Nullable CountDownLatch end;

    /** @param name of the server, for the log */
    Traffic(String name, int maxWaitingBytes, Scheduler scheduler) {
        this.name = name;
        this.maxWaitingBytes = maxWaitingBytes;
        this.scheduler = scheduler;
    }

    /** A message is to go out; false if too many wait already, which loses it. */
    boolean begin(int bytes) {
        synchronized (lock) {
            if (waiting == 0 || waitingBytes + bytes <= maxWaitingBytes) {
                if (waiting == 0) {
                    movedAt = scheduler.nanoTime();
                }
                waiting++;
                waitingBytes += bytes;
                return true;
            }
        }
        onLost(1, "Redis does not keep up, or hangs");
        return false;
    }

    /**
     * A message has gone out, or is lost.
     *
     * @param taken whether Redis has taken it
     * @param problem why it is lost; null if it is not
     */
    void end(int bytes, boolean taken, @Nullable String problem) {
        synchronized (lock) {
            leave(bytes, taken);
            if (problem == null) {
                sent++;
            }
        }
        if (problem != null) {
            onLost(1, problem);
        }
    }

    /** Redis has taken a message; whether it can be read there is to be told by {@link #onRead} or {@link #onUnread}. */
    void onTaken(int bytes) {
        synchronized (lock) {
            leave(bytes, /* taken= */ true);
            unread++;
        }
    }

    @GuardedBy("lock")
    private void leave(int bytes, boolean taken) {
        waiting--;
        waitingBytes -= bytes;
        if (taken) {
            movedAt = scheduler.nanoTime();
        }
        if (waiting == 0 && end != null) {
            end.countDown();
        }
    }

    /** A message that Redis had taken has gone out. */
    void onRead() {
        synchronized (lock) {
            unread--;
            sent++;
        }
    }

    /** Messages that Redis had taken are lost. */
    void onUnread(int count, String problem) {
        if (count > 0) {
            synchronized (lock) {
                unread -= count;
            }
            onLost(count, problem);
        }
    }

    /** Waits until nothing is under way any more. */
    void awaitEnd(Duration patience) {
        CountDownLatch nothing = new CountDownLatch(1);
        synchronized (lock) {
            if (waiting == 0) {
                return;
            }
            end = nothing;
        }
        try {
            if (!nothing.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("{}: Redis does not take the last messages", name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void onLost(int count, String problem) {
        synchronized (lock) {
            lost += count;
            unreported += count;
            if (reporting) {
                return;
            }
            reporting = true;
        }
        log.warn("{}: messages to the other servers of the cluster are being lost: {}", name, problem);
        scheduler.schedule(REPORT_INTERVAL, this::report);
    }

    private void report() {
        long more;
        long all;
        synchronized (lock) {
            more = unreported;
            all = lost;
            unreported = 0;
            reporting = more > 0;
        }
        if (more > 0) {
            log.warn("{}: {} messages to the other servers have been lost lately, {} in all", name, more, all);
            scheduler.schedule(REPORT_INTERVAL, this::report);
        }
    }

    void onReceived() {
        synchronized (lock) {
            received++;
        }
    }

    void onMalformed(String channel, String problem) {
        long count;
        synchronized (lock) {
            count = ++malformed;
        }
        if (Long.bitCount(count) == 1) { // ever more seldom
            log.warn("{}: {} messages cannot be read, the last on {}: {}", name, count, channel, problem);
        }
    }

    /** @param connected whether the connections are there */
    ClusterHealth health(boolean connected) {
        synchronized (lock) {
            boolean stuck = waiting > 0 && scheduler.nanoTime() - movedAt > STUCK_NANOS;
            return new ClusterHealth(name, connected && !stuck, sent, lost, received, malformed, waiting + unread);
        }
    }
}
