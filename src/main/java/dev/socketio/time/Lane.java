package dev.socketio.time;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one owner's tasks one after the other, in the order they were given, on the threads of an executor that it shares
 * with many others.
 *
 * <p>A lane never refuses a task, it tells when it is full: {@link Gauge#onFull} asks the owner to bring no more, and
 * {@link Gauge#onRelieved} follows when half of it has been worked off. Both come without a lock held, from whichever
 * thread crossed the mark, and may cross each other; the last word is what {@link #isFull()} answers.
 */
public final class Lane {

    private static final Logger log = LoggerFactory.getLogger(Lane.class);

    /** Who is told that the lane has filled up or emptied again. */
    public interface Gauge {

        /** The lane holds as many tasks as it should. */
        void onFull();

        /** The lane was full and is half empty now. */
        void onRelieved();
    }

    /** How many tasks one turn on the executor runs, so that a busy lane does not keep a thread from the others. */
    private static final int TURN = 256;

    private final Executor executor;
    private final int limit;
    private final Gauge gauge;

    /*
     * Concurrency. `lock` guards the queue and the two flags, and is never held while a task or the gauge runs. At most
     * one thread drains at a time: the one that found `draining` false.
     */
    private final Object lock = new Object();

    @GuardedBy("lock")
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();

    @GuardedBy("lock")
    private boolean draining;

    @GuardedBy("lock")
    private boolean full;

    /**
     * @param executor where tasks run; it may run them at once, on the caller's thread
     * @param limit how many tasks may wait before the gauge says full, at least 1
     */
    public Lane(Executor executor, int limit, Gauge gauge) {
        this.executor = executor;
        this.limit = limit;
        this.gauge = gauge;
    }

    /** Runs {@code task} after all those given before. An exception that it throws is logged and ends that task only. */
    public void execute(Runnable task) {
        boolean start;
        boolean filled;
        synchronized (lock) {
            tasks.add(task);
            start = !draining;
            draining = true;
            filled = !full && tasks.size() >= limit;
            full |= filled;
        }
        if (filled) {
            gauge.onFull();
        }
        if (start) {
            handOver();
        }
    }

    /** Returns whether the owner should bring no more tasks for now. */
    public boolean isFull() {
        synchronized (lock) {
            return full;
        }
    }

    private void handOver() {
        try {
            executor.execute(this::drain);
        } catch (RejectedExecutionException e) {
            drop();
        }
    }

    /** The executor has been shut down, or has no room: what waits will not run, and must not wait for ever. */
    private void drop() {
        int dropped;
        boolean relieved;
        synchronized (lock) {
            dropped = tasks.size();
            tasks.clear();
            draining = false;
            relieved = full;
            full = false;
        }
        log.warn("the executor refused to run {} tasks, which are dropped", dropped);
        if (relieved) {
            gauge.onRelieved();
        }
    }

    private void drain() {
        for (int i = 0; i < TURN; i++) {
            Runnable task;
            boolean relieved;
            synchronized (lock) {
                task = tasks.poll();
                if (task == null) {
                    draining = false;
                    return;
                }
                relieved = full && tasks.size() <= limit / 2;
                full &= !relieved;
            }
            if (relieved) {
                gauge.onRelieved();
            }
            run(task);
        }
        handOver();
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            log.error("a task failed", e);
        }
    }
}
