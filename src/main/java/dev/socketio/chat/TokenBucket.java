package dev.socketio.chat;

import dev.socketio.time.Scheduler;

/** Lets so much through at once, and so much a second in the long run. Not for use by several threads at a time. */
final class TokenBucket {

    private static final double NANOS_PER_SECOND = 1e9;

    private final Scheduler time;
    private final int capacity;
    private final double perSecond;
    private double tokens;
    private long filledAt;

    TokenBucket(Scheduler time, int capacity, double perSecond) {
        this.time = time;
        this.capacity = capacity;
        this.perSecond = perSecond;
        this.tokens = capacity;
        this.filledAt = time.nanoTime();
    }

    /** Takes a token; returns false if there is none. */
    boolean take() {
        return take(1);
    }

    /** Takes several tokens; returns false, with none taken, if there are not so many. */
    boolean take(int count) {
        long now = time.nanoTime();
        tokens = Math.min(capacity, tokens + (now - filledAt) / NANOS_PER_SECOND * perSecond);
        filledAt = now;
        if (tokens < count) {
            return false;
        }
        tokens -= count;
        return true;
    }
}
