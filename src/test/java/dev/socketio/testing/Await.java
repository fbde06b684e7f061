package dev.socketio.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what other processes bring about, and nothing in this one tells of. */
public final class Await {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final long PAUSE_NANOS = 1_000_000;

    private Await() {}

    /**
     * Looks until something holds.
     *
     * @throws AssertionError if it does not within 30 s
     */
    public static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() >= deadline) {
                throw new AssertionError("does not hold within " + PATIENCE);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
