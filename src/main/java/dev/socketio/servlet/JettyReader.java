package dev.socketio.servlet;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jetty.websocket.api.Session;

/**
 * Says when a connection reads its next frame: after the last one has been dealt with, unless messages are not wanted
 * now, and on another thread once this one has read much.
 */
final class JettyReader {

    /**
     * After so many frames, or characters and bytes, another thread reads on: the one that reads for all connections in
     * turn is not kept by one of them.
     */
    private static final int TURN_FRAMES = 64;

    private static final int TURN_SIZE = 64 << 10;

    private final Session session;
    private final Executor threads;
    private final JettyInternals.Reading reading;

    /** What has been read in this turn. Frames come on one thread at a time, by Jetty's contract. */
    private int frames;

    private int size;

    /* Concurrency. `lock` guards both flags; Jetty is called after it has been released. */
    private final Object lock = new Object();

    @GuardedBy("lock")
    private boolean paused;

    /** Whether Jetty waits to be let on. */
    @GuardedBy("lock")
    private boolean owed;

    /** @param threads of Jetty */
    JettyReader(Session session, JettyInternals internals, Executor threads) {
        this.session = session;
        this.threads = threads;
        reading = internals.interceptDemand(session, this::onDemand);
    }

    /** A message, or a part of one, has been dealt with. */
    void onTaken(int length) {
        size += length;
        demand();
    }

    /** Wants the next message. */
    void demand() {
        if (reading.isIntercepted()) {
            session.demand();
        } else {
            onDemand();
        }
    }

    private void onDemand() {
        synchronized (lock) {
            owed = paused;
            if (paused) {
                return;
            }
        }
        frames++;
        if (frames < TURN_FRAMES && size < TURN_SIZE) {
            reading.next();
        } else {
            frames = 0;
            size = 0;
            executeNext();
        }
    }

    void pause() {
        synchronized (lock) {
            paused = true;
        }
    }

    void resume() {
        synchronized (lock) {
            paused = false;
            if (!owed) {
                return;
            }
            owed = false;
        }
        nextApart();
    }

    /**
     * Reads the next frame from a thread that has not brought the last one. That one has to have let go of the
     * connection: Jetty forgets a demand that crosses its leaving (12.1.12).
     */
    private void nextApart() {
        if (reading.isIdle()) {
            reading.next();
        } else {
            executeNext();
        }
    }

    private void executeNext() {
        try {
            threads.execute(this::nextApart);
        } catch (RejectedExecutionException stopped) {
            session.disconnect();
        }
    }
}
