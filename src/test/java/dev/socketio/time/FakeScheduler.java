package dev.socketio.time;

import static java.util.Comparator.comparingLong;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Time that moves only when a test says so. Due tasks run on the thread that advances, in the order they fall due.
 *
 * <p>Threads may schedule and cancel while another advances.
 */
public final class FakeScheduler implements Scheduler {

    /** What {@link #now} answers before the first {@link #advance}. */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Object lock = new Object();

    @GuardedBy("lock")
    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(comparingLong(Task::dueAt).thenComparingLong(Task::number));

    @GuardedBy("lock")
    private long now;

    @GuardedBy("lock")
    private long nextNumber;

    /** Moves the time forward, running whatever falls due on the way, up to and including the end. */
    public void advance(Duration duration) {
        long end = nanoTime() + duration.toNanos();
        for (Task next = takeDue(end); next != null; next = takeDue(end)) {
            next.action.run();
        }
    }

    /** Returns the number of tasks that wait, for the check that nothing is left behind. */
    public int pending() {
        synchronized (lock) {
            return tasks.size();
        }
    }

    private @Nullable Task takeDue(long end) {
        synchronized (lock) {
            Task next = tasks.peek();
            if (next == null || next.dueAt > end) {
                now = end;
                return null;
            }
            now = next.dueAt;
            return tasks.remove();
        }
    }

    @Override
    public long nanoTime() {
        synchronized (lock) {
            return now;
        }
    }

    @Override
    public Instant now() {
        return START.plusNanos(nanoTime());
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable action) {
        synchronized (lock) {
            Task task = new Task(now + delay.toNanos(), nextNumber++, action);
            tasks.add(task);
            return () -> cancel(task);
        }
    }

    private void cancel(Task task) {
        synchronized (lock) {
            tasks.remove(task);
        }
    }

    private record Task(long dueAt, long number, Runnable action) {}
}
