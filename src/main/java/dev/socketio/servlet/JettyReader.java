package dev.socketio.servlet;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Says when a connection reads its next frame: after the last one has been dealt with, unless messages are not wanted
 * now, and on another thread once this one has read much.
 */
final class JettyReader implements JettyConnections.Turns {

    /**
     * After so many frames, or characters and bytes, another thread reads on: the one that reads for all connections in
     * turn is not kept by one of them.
     */
    private static final int TURN_FRAMES = 64;

    private static final int TURN_SIZE = 64 << 10;

    private final Reading reading;
    private final Executor threads;

    /* What has been read in this turn. Frames come on one thread at a time, by Jetty's contract. */

    private int frames;
    private int size;

    /* Concurrency. `lock` guards what follows; Jetty is called after it has been released. */
    private final Object lock = new Object();

    @GuardedBy("lock")
    private boolean paused;

    /** Whether Jetty waits to be let on. */
    @GuardedBy("lock")
    private boolean owed;

    /** The thread that reads, if Jetty has told. */
    @GuardedBy("lock")
    private @Nullable Thread turn;

    /**
     * The thread after whose turn the next frame is to be read: the turn has been long, a pause is over, or another
     * thread has asked for the frame.
     */
    @GuardedBy("lock")
    private @Nullable Thread leaving;

    /** Reads a connection, and executes on threads of Jetty what has to be read on another than the one that reads. */
    JettyReader(Reading reading, Executor threads) {
        this.reading = reading;
        this.threads = threads;
    }

    /** How a connection reads. */
    interface Reading {

        /** Wants the next frame: has the reader's {@link #onDemand} called, now or when extensions have no more. */
        void demand(JettyReader reader);

        /** Reads the next frame: on the thread that has just brought the last one, or when the connection is idle. */
        void next();

        /** Returns whether no thread reads; true if that cannot be known. */
        boolean isIdle();

        /** Ends the connection. */
        void cut();
    }

    /** A message, or a part of one, has been dealt with. */
    void onTaken(int length) {
        size += length;
        demand();
    }

    /** Wants the next message. */
    void demand() {
        reading.demand(this);
    }

    /** Reads the next frame, or leaves it for later. */
    void onDemand() {
        frames++;
        boolean isLong;
        synchronized (lock) {
            owed = paused;
            if (paused) {
                return;
            }
            Thread reader = Thread.currentThread();
            isLong = frames >= TURN_FRAMES || size >= TURN_SIZE;
            if (turn != null && (turn != reader || isLong)) {
                leaving = turn;
                return;
            }
        }
        if (isLong) {
            frames = 0;
            size = 0;
            executeNext();
        } else {
            next();
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
            if (turn != null) {
                leaving = turn;
                return;
            }
        }
        nextApart();
    }

    @Override
    public void begin() {
        frames = 0;
        size = 0;
        synchronized (lock) {
            turn = Thread.currentThread();
        }
    }

    /** Another thread may have begun since this one let go of the connection. */
    @Override
    public void end() {
        Thread reader = Thread.currentThread();
        synchronized (lock) {
            if (turn == reader) {
                turn = null;
            }
            if (leaving != reader) {
                return;
            }
            leaving = null;
        }
        next();
    }

    /**
     * Reads the next frame from a thread that has not brought the last one. That one has to have let go of the
     * connection: Jetty forgets a demand that crosses its leaving (12.1.12). It has not told of its turn if it is the
     * one that opened the connection.
     */
    private void nextApart() {
        if (reading.isIdle()) {
            next();
        } else {
            executeNext();
        }
    }

    private void executeNext() {
        try {
            threads.execute(this::nextApart);
        } catch (RejectedExecutionException stopped) {
            reading.cut();
        }
    }

    private void next() {
        try {
            reading.next();
        } catch (RejectedExecutionException stopped) {
            reading.cut();
        }
    }
}
