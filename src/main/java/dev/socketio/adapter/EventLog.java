package dev.socketio.adapter;

import dev.socketio.protocol.EncodedPacket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The newest events that can be sent again, oldest first, limited in number and size. Each has a position, one more than
 * the event before.
 *
 * <p>It has no lock of its own: its {@link RecoveryStore} calls it under its own. No method calls out.
 */
final class EventLog {

    /** What an event takes in memory beside its packet, about. */
    private static final int ENTRY_COST = 200;

    private static final int MIN_CAPACITY = 16;

    private final int maxPackets;
    private final long maxBytes;

    /** A ring: an event is at its position, modulo the length, which is a power of two. */
    private @Nullable Entry[] ring = new Entry[MIN_CAPACITY];

    /** Finds the position of an offset without a search. */
    private final Map<Long, Long> positions = new HashMap<>();

    /** The position of the oldest event, if there is one. */
    private long first = 1;

    /** The position of the newest event ever; 0 before there has been one. */
    private long last;

    private long bytes;

    /**
     * An event.
     *
     * @param offset a number of its own, in no order
     * @param emittedAt in nanoseconds of the scheduler
     */
    record Entry(
            long position,
            long offset,
            String namespace,
            BroadcastOptions options,
            EncodedPacket packet,
            long emittedAt) {

        /** Returns the memory that it takes, about. */
        long size() {
            return ENTRY_COST + packet.size();
        }
    }

    EventLog(int maxPackets, long maxBytes) {
        this.maxPackets = maxPackets;
        this.maxBytes = maxBytes;
    }

    /** Adds an event, drops the oldest if there is no room, and returns its position. */
    long append(long offset, String namespace, BroadcastOptions options, EncodedPacket packet, long emittedAt) {
        Entry entry = new Entry(last + 1, offset, namespace, options, packet, emittedAt);
        if (size() == ring.length) {
            resize(2 * ring.length);
        }
        last++;
        ring[index(last)] = entry;
        positions.put(offset, last);
        bytes += entry.size();
        while (size() > maxPackets || bytes > maxBytes) {
            removeFirst();
        }
        return last;
    }

    /** Drops the events that were emitted at this time or before. */
    void expire(long threshold) {
        Entry oldest = oldest();
        while (oldest != null && oldest.emittedAt() - threshold <= 0) {
            removeFirst();
            oldest = oldest();
        }
        if (ring.length > MIN_CAPACITY && size() < ring.length / 4) {
            resize(Math.max(MIN_CAPACITY, Integer.highestOneBit(Math.max(1, size())) * 2));
        }
    }

    void clear() {
        while (first <= last) {
            removeFirst();
        }
        ring = new Entry[MIN_CAPACITY];
    }

    @Nullable
    Entry oldest() {
        return first > last ? null : ring[index(first)];
    }

    long last() {
        return last;
    }

    /** Returns whether everything after a position is still here. */
    boolean reaches(long position) {
        return position >= first - 1 && position <= last;
    }

    /** Returns the position of the event with this offset; null if it is not here. */
    @Nullable
    Long find(long offset) {
        return positions.get(offset);
    }

    /** Returns all events after a position that it {@linkplain #reaches}. */
    List<Entry> after(long position) {
        List<Entry> entries = new ArrayList<>((int) (last - position));
        for (long each = position + 1; each <= last; each++) {
            Entry entry = ring[index(each)];
            if (entry != null) {
                entries.add(entry);
            }
        }
        return entries;
    }

    private int size() {
        return (int) (last - first + 1);
    }

    private int index(long position) {
        return (int) (position & (ring.length - 1));
    }

    private void removeFirst() {
        Entry oldest = ring[index(first)];
        if (oldest != null) {
            positions.remove(oldest.offset());
            bytes -= oldest.size();
        }
        ring[index(first)] = null;
        first++;
    }

    private void resize(int capacity) {
        @Nullable Entry[] old = ring;
        ring = new Entry[capacity];
        for (long each = first; each <= last; each++) {
            ring[index(each)] = old[(int) (each & (old.length - 1))];
        }
    }
}
