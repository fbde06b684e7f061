package dev.socketio.adapter.redis;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.socketio.adapter.BroadcastOptions;
import dev.socketio.protocol.EncodedPacket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * The newest events of a stream as this server has read them, so that many clients that return at once do not have Redis
 * read out the stream to each. Limited in number and size; what is older is found in the stream.
 */
final class RecentEvents {

    /** What an event takes in memory beside its packet, about. */
    private static final int EVENT_COST = 200;

    private static final long MAX_BYTES = 64 << 20;

    private final int maxEvents;

    private final Object lock = new Object();

    @GuardedBy("lock")
    private final Deque<Event> events = new ArrayDeque<>();

    @GuardedBy("lock")
    private long bytes;

    /** The position after which all are here; that of the newest entry before there are any. */
    @GuardedBy("lock")
    private long start = Long.MAX_VALUE;

    /** An event that clients can be sent again, with its offset as the last argument. */
    record Event(Place place, String namespace, BroadcastOptions options, EncodedPacket packet) {

        long size() {
            return EVENT_COST + packet.size();
        }
    }

    RecentEvents(int maxEvents) {
        this.maxEvents = maxEvents;
    }

    /** Reading begins after a position. */
    void start(long position) {
        synchronized (lock) {
            events.clear();
            bytes = 0;
            start = position;
        }
    }

    void add(Event event) {
        synchronized (lock) {
            events.add(event);
            bytes += event.size();
            while (events.size() > maxEvents || bytes > MAX_BYTES) {
                Event oldest = events.remove();
                bytes -= oldest.size();
                start = oldest.place().position();
            }
        }
    }

    /** Returns whether all after a position are here that have been read. */
    boolean reachBackTo(long position) {
        synchronized (lock) {
            return position >= start;
        }
    }

    /** Returns those after a position, oldest first. */
    List<Event> after(long position) {
        List<Event> after = new ArrayList<>();
        synchronized (lock) {
            for (Iterator<Event> newest = events.descendingIterator(); newest.hasNext(); ) {
                Event event = newest.next();
                if (event.place().position() <= position) {
                    break;
                }
                after.add(event);
            }
        }
        Collections.reverse(after);
        return after;
    }
}
