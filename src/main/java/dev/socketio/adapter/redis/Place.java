package dev.socketio.adapter.redis;

/**
 * Where an entry is in its stream.
 *
 * @param id as Redis knows it, {@code <milliseconds>-<number>}: the offset that clients get
 * @param position the same as a number, which grows with each entry
 */
record Place(String id, long position) {

    /** Not even a Redis whose clock was set back adds as many in what it takes for a millisecond. */
    private static final int SEQUENCE_BITS = 20;

    private static final long MAX_SEQUENCE = (1L << SEQUENCE_BITS) - 1;
    private static final long MAX_MILLIS = Long.MAX_VALUE >> SEQUENCE_BITS;
    private static final int MAX_LENGTH = 24;

    /** The position of what has none. */
    static final long NOWHERE = 0;

    static Place of(String id) {
        return new Place(id, position(id));
    }

    /** Returns the position of an id; {@link #NOWHERE} if it is none, or out of range. */
    static long position(String id) {
        int dash = id.indexOf('-');
        if (dash <= 0 || id.length() > MAX_LENGTH) {
            return NOWHERE;
        }
        try {
            long millis = Long.parseLong(id.substring(0, dash));
            long sequence = Long.parseLong(id.substring(dash + 1));
            boolean inRange = millis >= 0 && millis <= MAX_MILLIS && sequence >= 0 && sequence <= MAX_SEQUENCE;
            long position = inRange ? millis << SEQUENCE_BITS | sequence : NOWHERE;
            return id(position).equals(id) ? position : NOWHERE; // one id for each entry, not +1-01 as well
        } catch (NumberFormatException e) {
            return NOWHERE;
        }
    }

    /** Returns the id of a position. */
    static String id(long position) {
        return (position >> SEQUENCE_BITS) + "-" + (position & MAX_SEQUENCE);
    }

    /** Returns whether clients can be told about the place. */
    boolean isKnown() {
        return position != NOWHERE;
    }
}
