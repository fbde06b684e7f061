package dev.socketio.engine;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.jspecify.annotations.Nullable;

/** Counts who wants a connection to bring no messages for a while, and keeps its transport told. */
final class Hold {

    /*
     * Concurrency. `lock` guards every mutable field; the transport is told after it has been released, by one thread
     * at a time (`telling`), so that what it hears last is what counts.
     */
    private final Object lock = new Object();

    @GuardedBy("lock")
    private @Nullable Transport transport;

    /** How many pauses have not been taken back; less than zero if a resume has overtaken its pause. */
    @GuardedBy("lock")
    private int pauses;

    /** What the transport has been told last. */
    @GuardedBy("lock")
    private boolean transportPaused;

    /** Whether a thread is telling the transport; it looks again before it leaves. */
    @GuardedBy("lock")
    private boolean telling;

    /** The listener's progress when it was last asked for. */
    @GuardedBy("lock")
    private long progressSeen = -1;

    boolean isHeld() {
        synchronized (lock) {
            return pauses > 0;
        }
    }

    /** Returns whether the listener has got on since this was last asked; one that is stuck may wait for its client. */
    boolean hasMoved(long progress) {
        synchronized (lock) {
            boolean moved = progress != progressSeen;
            progressSeen = progress;
            return moved;
        }
    }

    /** Adds a pause, or takes one back. */
    void add(int change) {
        synchronized (lock) {
            pauses += change;
        }
        tell();
    }

    /** Tells another transport from now on, which brings messages until it is told not to. */
    void moveTo(Transport next) {
        synchronized (lock) {
            transport = next;
            transportPaused = false;
        }
        tell();
    }

    private void tell() {
        while (true) {
            Transport told;
            boolean pause;
            synchronized (lock) {
                pause = pauses > 0;
                told = transport;
                if (telling || pause == transportPaused || told == null) {
                    return;
                }
                telling = true;
                transportPaused = pause;
            }
            if (pause) {
                told.pause();
            } else {
                told.resume();
            }
            synchronized (lock) {
                telling = false;
            }
            if (!pause) {
                told.catchUp(); // may be paused again by what it brings, so nobody is telling it meanwhile
            }
        }
    }
}
