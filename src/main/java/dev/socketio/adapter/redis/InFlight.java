package dev.socketio.adapter.redis;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.socketio.time.Scheduler;
import dev.socketio.time.Scheduler.Cancellable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What this server has added to a stream and has not read there yet. Its own clients get it when it is read, so that
 * everybody gets everything in the same order. What is not going to be read is lost for other servers; the own clients get
 * it without a place, in the order in which it was emitted.
 */
final class InFlight {

    /** What has not been read for so long is not waited for any more: Redis hangs. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final int maxBytes;
    private final Scheduler scheduler;

    /*
     * Concurrency. `lock` guards all below and the fields of entries; deliveries run after it has been released. What is
     * lost is delivered by one thread at a time, the one that found `delivering` false, which keeps its order.
     */
    private final Object lock = new Object();

    /** By number. */
    @GuardedBy("lock")
    private final TreeMap<Long, Entry> entries = new TreeMap<>();

    @GuardedBy("lock")
    private long lastNumber;

    @GuardedBy("lock")
    private long bytes;

    /** The position up to which the stream has been read. */
    @GuardedBy("lock")
    private long readUpTo;

    @GuardedBy("lock")
    private boolean delivering;

    @GuardedBy("lock")
    private @Nullable Cancellable timer;

    private static final class Entry {

        private final int size;
        private final long at;
        private final Consumer<@Nullable Place> delivery;

        /** {@link Place#NOWHERE} until Redis has told it. */
        private long position = Place.NOWHERE;

        private boolean lost;

        Entry(int size, long at, Consumer<@Nullable Place> delivery) {
            this.size = size;
            this.at = at;
            this.delivery = delivery;
        }
    }

    /** @param maxBytes if there are more, none of them is waited for */
    InFlight(int maxBytes, Scheduler scheduler) {
        this.maxBytes = maxBytes;
        this.scheduler = scheduler;
    }

    /**
     * An entry is about to be added.
     *
     * @param delivery brings it to the clients of this server; called once, with its place or with null
     * @return its number
     */
    long begin(int size, Consumer<@Nullable Place> delivery) {
        long number;
        synchronized (lock) {
            number = ++lastNumber;
            entries.put(number, new Entry(size, scheduler.nanoTime(), delivery));
            bytes += size;
            if (bytes > maxBytes) {
                entries.values().forEach(entry -> entry.lost = true);
            } else if (timer == null) {
                timer = scheduler.schedule(PATIENCE, this::onTime);
            }
        }
        deliverLost();
        return number;
    }

    /** An entry has been added; if others that came later have been read, it has been removed from the stream before. */
    void onAdded(long number, long position) {
        synchronized (lock) {
            Entry entry = entries.get(number);
            if (entry != null) {
                entry.position = position;
                entry.lost |= position <= readUpTo;
            }
        }
        deliverLost();
    }

    /** An entry could not be added, or it is not known whether it was. */
    void onFailure(long number) {
        synchronized (lock) {
            Entry entry = entries.get(number);
            if (entry != null) {
                entry.lost = true;
            }
        }
        deliverLost();
    }

    /**
     * An own entry has been read.
     *
     * @return false if nothing was to be done, because it is lost and so is delivered without its place
     */
    boolean onRead(long number, Place place) {
        Entry read;
        synchronized (lock) {
            read = entries.get(number);
            if (read != null && !read.lost) {
                remove(number, read);
            } else {
                read = null;
            }
        }
        if (read != null) {
            read.delivery.accept(place);
        }
        deliverLost();
        return read != null;
    }

    /** The stream is about to be read from a position on: what was added before and has not been read is gone. */
    void onReading(long position) {
        synchronized (lock) {
            readUpTo = position - 1;
            for (Entry oldest : entries.values()) {
                if (oldest.position == Place.NOWHERE || oldest.position > readUpTo) {
                    break; // and those after it were added later
                }
                oldest.lost = true;
            }
        }
        deliverLost();
    }

    @GuardedBy("lock")
    private void remove(long number, Entry entry) {
        entries.remove(number);
        bytes -= entry.size;
    }

    private void onTime() {
        synchronized (lock) {
            timer = null;
            long now = scheduler.nanoTime();
            for (Entry entry : entries.values()) {
                Duration left = PATIENCE.minusNanos(now - entry.at);
                if (!left.isNegative() && !left.isZero()) {
                    timer = scheduler.schedule(left, this::onTime);
                    break;
                }
                entry.lost = true;
            }
        }
        deliverLost();
    }

    /** Delivers what is lost, up to the first entry that may still be read. */
    private void deliverLost() {
        while (true) {
            List<Entry> lost;
            synchronized (lock) {
                if (delivering) {
                    return;
                }
                lost = takeLost();
                if (lost.isEmpty()) {
                    return;
                }
                delivering = true;
            }
            lost.forEach(entry -> entry.delivery.accept(null));
            synchronized (lock) {
                delivering = false;
            }
        }
    }

    @GuardedBy("lock")
    private List<Entry> takeLost() {
        List<Entry> lost = new ArrayList<>();
        Iterator<Entry> oldest = entries.values().iterator();
        while (oldest.hasNext()) {
            Entry entry = oldest.next();
            if (!entry.lost) {
                break;
            }
            oldest.remove();
            bytes -= entry.size;
            lost.add(entry);
        }
        return lost;
    }

    /** Delivers nothing more. */
    void close() {
        synchronized (lock) {
            entries.clear();
            if (timer != null) {
                timer.cancel();
                timer = null;
            }
        }
    }
}
