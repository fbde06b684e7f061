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

    /** How far beyond its limits a lane may go when its owner cannot stop bringing tasks. */
    private static final int OVERRUN = 10;

    private final Executor executor;
    private final Executor further;
    private final int maxTasks;
    private final long maxWeight;
    private final Gauge gauge;

    /*
     * Concurrency. `lock` guards the queue and what is known about it, and is never held while a task or the gauge runs.
     * At most one thread drains at a time: the one that found `draining` false.
     */
    private final Object lock = new Object();

    @GuardedBy("lock")
    private final ArrayDeque<Task> tasks = new ArrayDeque<>(1);

    /** The weight of the tasks that wait. */
    @GuardedBy("lock")
    private long weight;

    /** How many tasks have been started. */
    @GuardedBy("lock")
    private long started;

    @GuardedBy("lock")
    private boolean draining;

    @GuardedBy("lock")
    private boolean full;

    private record Task(Runnable action, int weight) {}

    /**
     * Creates a lane.
     *
     * @param executor where tasks run; it may run them at once, on the caller's thread. While it refuses to, as it does
     *     once it has been shut down, they run on the thread that would have handed them over: late is better than never
     * @param maxTasks how many tasks may wait before the gauge says full, at least 1
     * @param maxWeight how much they may weigh together before it says so, at least 1
     */
    public Lane(Executor executor, int maxTasks, long maxWeight, Gauge gauge) {
        this(executor, executor, maxTasks, maxWeight, gauge);
    }

    /**
     * Creates a lane that goes on elsewhere when there is much to do.
     *
     * @param further where what is left after 256 tasks runs, so that an executor that runs tasks at once gets its thread
     *     back
     */
    public Lane(Executor executor, Executor further, int maxTasks, long maxWeight, Gauge gauge) {
        this.executor = executor;
        this.further = further;
        this.maxTasks = maxTasks;
        this.maxWeight = maxWeight;
        this.gauge = gauge;
    }

    /** Runs a task that weighs nothing, see {@link #execute(Runnable, int)}. */
    public void execute(Runnable task) {
        execute(task, 0);
    }

    /**
     * Runs {@code task} after all those given before. Whatever it throws is logged and ends that task only.
     *
     * @param size what the task holds in memory, in any unit that {@code maxWeight} has too
     */
    public void execute(Runnable task, int size) {
        boolean start;
        boolean filled;
        synchronized (lock) {
            tasks.add(new Task(task, size));
            weight += size;
            start = !draining;
            draining = true;
            filled = !full && (tasks.size() >= maxTasks || weight >= maxWeight);
            full |= filled;
        }
        if (filled) {
            run(gauge::onFull);
        }
        if (start && !handOver(executor)) {
            drain();
        }
    }

    /** Returns whether the owner should bring no more tasks for now. */
    public boolean isFull() {
        synchronized (lock) {
            return full;
        }
    }

    /** Returns whether there are so many tasks that an owner who cannot stop bringing them must end. */
    public boolean isOverrun() {
        synchronized (lock) {
            return tasks.size() > (long) OVERRUN * maxTasks || weight / OVERRUN > maxWeight;
        }
    }

    /** Returns how many tasks have been started: while it stands still, the lane is stuck in one. */
    public long started() {
        synchronized (lock) {
            return started;
        }
    }

    /** Returns false if the executor refuses. */
    private boolean handOver(Executor to) {
        try {
            to.execute(this::drain);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    private void drain() {
        do {
            for (int i = 0; i < TURN; i++) {
                if (!runNext()) {
                    return;
                }
            }
        } while (!handOver(further));
    }

    private boolean runNext() {
        Task task;
        boolean relieved;
        synchronized (lock) {
            task = tasks.poll();
            if (task == null) {
                draining = false;
                return false;
            }
            started++;
            weight -= task.weight();
            relieved = full && tasks.size() <= maxTasks / 2 && weight <= maxWeight / 2;
            full &= !relieved;
        }
        if (relieved) {
            run(gauge::onRelieved);
        }
        run(task.action());
        return true;
    }

    /** Catches everything: languages without checked exceptions throw those too, and a lane must go on. */
    private static void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            log.error("a task failed", e);
        }
    }
}
