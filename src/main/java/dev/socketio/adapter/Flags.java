package dev.socketio.adapter;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How an event is to travel, beside who gets it.
 *
 * @param isVolatile whether it may be lost on a client that cannot take it at once
 * @param key of a volatile event: a busy client gets the newest of this key later; null if it gets none
 * @param compress whether the transport may compress it
 * @param local whether it goes to the clients of this server only
 * @param timeout how long answers may take; null if there is no limit
 */
public record Flags(
        boolean isVolatile,
        @Nullable String key,
        boolean compress,
        boolean local,
        @Nullable Duration timeout) {

    /** An ordinary event. */
    public static final Flags NONE = new Flags(false, null, true, false, null);

    /** Returns the same flags, volatile. */
    public Flags asVolatile() {
        return new Flags(true, null, compress, local, timeout);
    }

    /** Returns the same flags, volatile with a key. */
    public Flags asVolatile(String newKey) {
        return new Flags(true, requireNonNull(newKey, "key"), compress, local, timeout);
    }

    /** Returns the same flags with another {@link #compress()}. */
    public Flags withCompress(boolean newCompress) {
        return new Flags(isVolatile, key, newCompress, local, timeout);
    }

    /** Returns the same flags, local. */
    public Flags asLocal() {
        return new Flags(isVolatile, key, compress, true, timeout);
    }

    /** Returns the same flags with a timeout, which must be more than zero. */
    public Flags withTimeout(Duration newTimeout) {
        if (newTimeout.isNegative() || newTimeout.isZero()) {
            throw new IllegalArgumentException("timeout is " + newTimeout + ": give a time of more than zero");
        }
        return new Flags(isVolatile, key, compress, local, newTimeout);
    }
}
