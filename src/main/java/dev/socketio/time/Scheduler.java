package dev.socketio.time;

import java.time.Duration;
import java.time.Instant;

/**
 * Reads the time and calls back after a while. Every timeout of this library goes through one scheduler, so that a test
 * which controls the scheduler controls them all.
 */
public interface Scheduler {

    /** Returns the time in nanoseconds from an arbitrary origin; only differences between two readings mean anything. */
    long nanoTime();

    /** Returns the time of day, for what people and clients read; durations are measured with {@link #nanoTime}. */
    Instant now();

    /**
     * Runs {@code task} once, {@code delay} from now, unless it is cancelled first. The task runs on a thread shared by
     * all timers and must not block. Does nothing once the scheduler has been shut down.
     */
    Cancellable schedule(Duration delay, Runnable task);

    /** A task that may still be called off. */
    interface Cancellable {

        /** Prevents the task from starting; does nothing once it has started. */
        void cancel();
    }
}
