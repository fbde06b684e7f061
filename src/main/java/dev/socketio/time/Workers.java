package dev.socketio.time;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that run listeners: virtual ones where the Java version has them (21 and later), otherwise a pool that
 * grows with demand.
 */
public final class Workers {

    private static final Logger log = LoggerFactory.getLogger(Workers.class);

    private static final @Nullable MethodHandle VIRTUAL = virtualThreads();

    private static final long IDLE_SECONDS = 30;

    private Workers() {}

    static boolean areVirtual() {
        return VIRTUAL != null;
    }

    /**
     * Returns whether {@link #create} gives threads that cost next to nothing while they are blocked, in a monitor too:
     * virtual ones since Java 24.
     */
    public static boolean areCheapWhenBlocked() {
        return VIRTUAL != null && Runtime.version().feature() >= 24;
    }

    /**
     * Creates an executor whose tasks may block.
     *
     * @param name how its threads show in a thread dump, followed by a number
     * @param maxThreads how many tasks run at once on platform threads; more of them wait. Virtual threads need no limit
     */
    public static ExecutorService create(String name, int maxThreads) {
        if (VIRTUAL != null) {
            try {
                return (ExecutorService) VIRTUAL.invokeExact();
            } catch (Throwable e) {
                log.debug("virtual threads are a preview in this Java version, and not enabled", e);
            }
        }
        return new Pool(name, maxThreads);
    }

    /** Runs a task on an executor, or here if that has been shut down: late is better than never. */
    public static void execute(Executor executor, Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException shutDown) {
            task.run();
        }
    }

    /**
     * Takes no more tasks, waits for those that there are and interrupts those that take too long. Its threads are gone
     * when this returns, unless they took too long.
     *
     * @param executor made by {@link #create}
     */
    public static void stop(ExecutorService executor, Duration patience) {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    static Thread daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.setContextClassLoader(Workers.class.getClassLoader());
        return thread;
    }

    private static @Nullable MethodHandle virtualThreads() {
        try {
            return MethodHandles.publicLookup()
                    .findStatic(
                            Executors.class,
                            "newVirtualThreadPerTaskExecutor",
                            MethodType.methodType(ExecutorService.class));
        } catch (ReflectiveOperationException before21) {
            return null;
        }
    }

    /**
     * A pool that prefers new threads to a queue, so that blocked tasks hold up no others, until there are as many as may
     * be.
     */
    private static final class Pool extends ThreadPoolExecutor {

        private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

        Pool(String name, int maxThreads) {
            super(1, maxThreads, IDLE_SECONDS, TimeUnit.SECONDS, new Handover());
            AtomicLong number = new AtomicLong();
            setThreadFactory(task -> {
                Thread thread = daemon(name + "-" + number.incrementAndGet(), task);
                threads.removeIf(each -> each.getState() == Thread.State.TERMINATED);
                threads.add(thread);
                return thread;
            });
            setRejectedExecutionHandler((task, pool) -> {
                if (pool.isShutdown()) {
                    throw new RejectedExecutionException("shut down");
                }
                ((Handover) pool.getQueue()).put(task);
            });
        }

        /** Waits for the ends of the threads too, which come a little later and which containers look for. */
        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
            long deadline = System.nanoTime() + unit.toNanos(timeout);
            if (!super.awaitTermination(timeout, unit)) {
                return false;
            }
            for (Thread thread : threads) {
                // at least 1 ms, as 0 means for ever
                thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
            }
            return true;
        }
    }

    /**
     * Takes a task only when a thread waits for it, where a plain queue would be preferred to a new thread even while
     * every thread is blocked. Once all threads are there, refused tasks are {@link #put}.
     */
    private static final class Handover extends LinkedTransferQueue<Runnable> {

        private static final long serialVersionUID = 1;

        @Override
        public boolean offer(Runnable task) {
            return tryTransfer(task);
        }
    }
}
