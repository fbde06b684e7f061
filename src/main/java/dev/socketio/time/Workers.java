package dev.socketio.time;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
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
        AtomicLong number = new AtomicLong();
        ThreadFactory threads = task -> daemon(name + "-" + number.incrementAndGet(), task);
        // A plain queue would be preferred to a new thread even while every thread is blocked. This one takes a task
        // only when a thread waits for it; once all threads are there, refused tasks queue up.
        var queue = new LinkedTransferQueue<Runnable>() {
            private static final long serialVersionUID = 1;

            @Override
            public boolean offer(Runnable task) {
                return tryTransfer(task);
            }
        };
        return new ThreadPoolExecutor(1, maxThreads, IDLE_SECONDS, TimeUnit.SECONDS, queue, threads, (task, pool) -> {
            if (pool.isShutdown()) {
                throw new RejectedExecutionException("shut down");
            }
            queue.put(task);
        });
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
}
