package dev.socketio.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one client, oldest first: packets that are queued, and after them the newest value of each conflated
 * key. It is bounded in bytes, and in the number of packets because tiny ones cost more than their bytes.
 *
 * <p>It has no lock of its own: its {@link Link} calls it under its own, so that what waits and whether it may leave are
 * decided together. No method calls out.
 */
final class Outbox {

    /** What a packet takes in memory beside its bytes, about: tiny ones are limited by their number. */
    private static final int PACKET_COST = 64;

    private static final int MIN_PACKETS = 1_000;

    /**
     * A key has a few hundred bytes of memory that no batch accounts for. This many serve a screen full of prices or
     * players, and cost a connection that stalls less than what it may queue.
     */
    static final int MAX_KEYS = 1_000;

    private final int maxBytes;
    private final int maxPackets;

    /** What is queued: as it was given while it is all of one call, since that is what a broadcast shares. */
    private List<EnginePacket> queue = List.of();

    /** Whether the queue is this outbox's own, to be added to. */
    private boolean own;

    /** The newest packets of each key, in the order of the keys' first use; null until there is one. */
    private @Nullable Map<String, List<EnginePacket>> latest;

    /** How many packets wait, in the queue and for keys. */
    private int packets;

    /** The bytes that wait and those of the batch under way. */
    private long bytes;

    /** The bytes of the batch under way. */
    private long writing;

    Outbox(int maxBytes) {
        this.maxBytes = maxBytes;
        this.maxPackets = Math.max(MIN_PACKETS, maxBytes / PACKET_COST);
    }

    /** Returns whether nothing waits; a batch may be under way. */
    boolean isEmpty() {
        return packets == 0;
    }

    /** Returns how many bytes have not been written yet, the batch under way included. */
    long bytes() {
        return bytes;
    }

    /** Queues a packet of the protocol's own, for which there is always room. */
    void add(EnginePacket packet) {
        enqueue(List.of(packet));
        packets++;
        bytes += packet.size();
    }

    /**
     * Queues messages, which must not be modified afterwards.
     *
     * @return false if not all of them fit, in which case none is queued
     */
    boolean add(List<EnginePacket> messages) {
        long size = size(messages);
        if (!fits(size, messages.size())) {
            return false;
        }
        enqueue(messages);
        packets += messages.size();
        bytes += size;
        return true;
    }

    private void enqueue(List<EnginePacket> messages) {
        if (queue.isEmpty()) {
            queue = messages;
        } else {
            ownQueue().addAll(messages);
        }
    }

    private List<EnginePacket> ownQueue() {
        if (!own) {
            queue = new ArrayList<>(queue);
            own = true;
        }
        return queue;
    }

    /**
     * Keeps messages for the next batch in place of the older ones of their key.
     *
     * @return false if they do not fit, in which case the older ones stay
     */
    boolean conflate(String key, List<EnginePacket> messages) {
        Map<String, List<EnginePacket>> values = latest == null ? new LinkedHashMap<>() : latest;
        List<EnginePacket> older = values.getOrDefault(key, List.of());
        long more = size(messages) - size(older);
        int morePackets = messages.size() - older.size();
        boolean tooManyKeys = values.size() == MAX_KEYS && !values.containsKey(key);
        if (tooManyKeys || !fits(more, morePackets)) {
            return false;
        }
        values.put(key, List.copyOf(messages));
        latest = values;
        packets += morePackets;
        bytes += more;
        return true;
    }

    private boolean fits(long moreBytes, int morePackets) {
        return bytes + moreBytes <= maxBytes && packets + morePackets <= maxPackets;
    }

    static long size(List<EnginePacket> messages) {
        long size = 0;
        for (int i = 0; i < messages.size(); i++) {
            size += messages.get(i).size();
        }
        return size;
    }

    /**
     * Counts messages that need not wait as if they had been queued and {@linkplain #take() taken}. Only while nothing
     * waits and no batch is under way.
     *
     * @return false if not all of them fit
     */
    boolean pass(List<EnginePacket> messages) {
        long size = size(messages);
        if (!fits(size, messages.size())) {
            return false;
        }
        bytes += size;
        writing = bytes;
        return true;
    }

    /** Takes out all that waits, as one batch; {@link #onWritten} is to follow before the next. */
    List<EnginePacket> take() {
        if (latest != null) {
            latest.values().forEach(this::enqueue);
            latest = null;
        }
        List<EnginePacket> batch = queue;
        empty();
        writing = bytes;
        return batch;
    }

    /** The batch that was taken last has been written; returns whether there was one. */
    boolean onWritten() {
        boolean written = writing > 0;
        bytes -= writing;
        writing = 0;
        return written;
    }

    /** Returns the batch that was taken last: it has not left, and is to be the first to do so. */
    void putBack(List<EnginePacket> batch) {
        if (writing == 0) {
            bytes += size(batch); // another transport has begun to write since
        }
        writing = 0;
        packets += batch.size();
        ownQueue().addAll(0, batch);
    }

    /** Drops all that waits. */
    void clear() {
        empty();
        latest = null;
    }

    private void empty() {
        queue = List.of();
        own = false;
        packets = 0;
    }
}
