package dev.socketio.adapter.redis;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What this server has added to a stream and has not read there yet. Only what can be read there has gone out: a Redis that
 * ends takes with it what it has taken, unless it keeps it on a disk or another Redis has it.
 */
final class Unread {

    private static final String GONE = "Redis has taken them, but has lost them";

    /** In place of a reading: Redis has not replied yet. */
    private static final long UNANSWERED = -1;

    /** In place of a reading: it has been read before Redis has replied. */
    private static final long READ = -2;

    private final Traffic traffic;
    private final int maxEntries;

    private final Object lock = new Object();

    /** By number, in the order in which they are sent: the last reading that had begun when Redis had taken it. */
    @GuardedBy("lock")
    private final Map<Long, Long> entries = new LinkedHashMap<>();

    /** How often reading has begun. */
    @GuardedBy("lock")
    private long readings;

    /** @param maxEntries how many a stream keeps: what has more behind it is not going to be read */
    Unread(Traffic traffic, int maxEntries) {
        this.traffic = traffic;
        this.maxEntries = maxEntries;
    }

    /** An entry is being sent. */
    void begin(long number) {
        synchronized (lock) {
            entries.put(number, UNANSWERED);
        }
    }

    /** Redis has taken an entry. */
    void onTaken(long number, int bytes) {
        boolean isRead;
        int gone = 0;
        synchronized (lock) {
            isRead = isRead(entries.replace(number, readings));
            if (isRead) {
                entries.remove(number);
            } else if (entries.size() > maxEntries) {
                gone = removeTaken(/* before= */ Long.MAX_VALUE, /* max= */ 1);
            }
        }
        if (isRead) {
            traffic.end(bytes, /* taken= */ true, null);
        } else {
            traffic.onTaken(bytes);
        }
        traffic.onUnread(gone, GONE);
    }

    /** An entry could not be added, or it is not known whether it was: unless it has been read, it is lost. */
    void onFailure(long number, int bytes, String problem) {
        boolean isRead;
        synchronized (lock) {
            isRead = isRead(entries.remove(number));
        }
        traffic.end(bytes, isRead, isRead ? null : problem);
    }

    private static boolean isRead(@Nullable Long state) {
        return state != null && state == READ;
    }

    /** An entry has been read. */
    void onRead(long number) {
        synchronized (lock) {
            Long state = entries.get(number);
            if (state == null || state == UNANSWERED) {
                entries.replace(number, READ);
                return;
            }
            entries.remove(number);
        }
        traffic.onRead();
    }

    /** Returns the number of a reading that is about to begin. */
    long beginReading() {
        synchronized (lock) {
            return ++readings;
        }
    }

    /** A reading has brought all that was there: what was taken before it began, and has not come, is gone. */
    void onAllRead(long reading) {
        int gone;
        synchronized (lock) {
            gone = removeTaken(reading, entries.size());
        }
        traffic.onUnread(gone, GONE);
    }

    @GuardedBy("lock")
    private int removeTaken(long before, int max) {
        Iterator<Long> oldest = entries.values().iterator();
        int removed = 0;
        while (removed < max && oldest.hasNext()) {
            long reading = oldest.next();
            if (reading < 0 || reading >= before) {
                break; // and those behind it were taken later
            }
            oldest.remove();
            removed++;
        }
        return removed;
    }
}
