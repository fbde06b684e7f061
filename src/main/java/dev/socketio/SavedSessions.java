package dev.socketio;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.socketio.adapter.Adapter;
import dev.socketio.time.Scheduler.Cancellable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Saves the sessions of clients that are here, for adapters that want it: soon after each change, and again before they
 * expire. What changes often is saved once, and one batch at a time is under way.
 */
final class SavedSessions {

    private static final Logger log = LoggerFactory.getLogger(SavedSessions.class);

    /** Changes come in groups, such as several rooms at once. */
    private static final long DELAY_NANOS = Duration.ofMillis(20).toNanos();

    private static final long RETRY_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int MAX_BATCH = 500;

    /** A part of the time that a client may be away. */
    private static final int REFRESHES = 4;

    private final SocketIoServer server;
    private final long refreshNanos;

    /*
     * Concurrency. `lock` guards all below. Adapters are called without it, by one thread at a time, the one that has set
     * `running`; `busy` is what it saves just now, so that nothing is saved of a socket after its end has been.
     */
    private final Object lock = new Object();

    /** All that are here, with the time at which each was last saved, oldest first. */
    @GuardedBy("lock")
    private final Map<Socket, Long> savedAt = new LinkedHashMap<>();

    @GuardedBy("lock")
    private final Set<Socket> changed = new LinkedHashSet<>();

    @GuardedBy("lock")
    private @Nullable Socket busy;

    /** What is to be done as soon as nothing is saved of that socket any more. */
    @GuardedBy("lock")
    private @Nullable Runnable afterBusy;

    @GuardedBy("lock")
    private boolean running;

    @GuardedBy("lock")
    private @Nullable Cancellable timer;

    @GuardedBy("lock")
    private long timerAt;

    SavedSessions(SocketIoServer server) {
        this.server = server;
        this.refreshNanos = server.options()
                .connectionStateRecovery()
                .map(recovery -> recovery.maxDisconnectionDuration().toNanos() / REFRESHES)
                .orElse(Long.MAX_VALUE);
    }

    private static boolean concerns(Socket socket) {
        return socket.recovery() != null && socket.namespace().adapter().savesSessions();
    }

    /** A client is here. */
    void add(Socket socket) {
        if (concerns(socket)) {
            synchronized (lock) {
                savedAt.put(socket, server.scheduler().nanoTime());
                changed.add(socket);
                plan(DELAY_NANOS);
            }
            if (socket.isDisconnected()) {
                remove(socket, () -> {}); // it has ended meanwhile
            }
        }
    }

    /** Something has changed that is a part of the session. */
    void onChange(Socket socket) {
        synchronized (lock) {
            if (savedAt.containsKey(socket) && changed.add(socket)) {
                plan(DELAY_NANOS);
            }
        }
    }

    /**
     * Saves nothing more of a socket.
     *
     * @param then what is to be done about its session, once that is so
     */
    void remove(Socket socket, Runnable then) {
        synchronized (lock) {
            savedAt.remove(socket);
            changed.remove(socket);
            if (savedAt.isEmpty() && timer != null) {
                timer.cancel();
                timer = null;
            }
            if (socket.equals(busy)) {
                afterBusy = then;
                return;
            }
        }
        then.run();
    }

    /** Has the next batch saved so much later, unless one is to be saved before. */
    @GuardedBy("lock")
    private void plan(long nanos) {
        if (running) {
            return; // it plans the next when it is done
        }
        long at = server.scheduler().nanoTime() + nanos;
        if (timer != null) {
            if (timerAt - at <= 0) {
                return;
            }
            timer.cancel();
        }
        timerAt = at;
        timer = server.scheduler().schedule(Duration.ofNanos(nanos), this::begin);
    }

    private void begin() {
        synchronized (lock) {
            timer = null;
            if (running) {
                return;
            }
            running = true;
        }
        server.threads().executeBlocking(this::saveBatch);
    }

    private void saveBatch() {
        List<Socket> batch;
        synchronized (lock) {
            batch = takeBatch(server.scheduler().nanoTime());
        }
        List<CompletableFuture<Void>> saving = new ArrayList<>(batch.size());
        Set<Socket> failed = new LinkedHashSet<>(); // by this thread or by a later one, never by two at once
        for (Socket socket : batch) {
            saving.add(save(socket).toCompletableFuture());
        }
        CompletionStage<Void> all = CompletableFuture.allOf(saving.toArray(CompletableFuture[]::new));
        all.whenComplete((done, failure) -> {
            for (int i = 0; i < batch.size(); i++) {
                if (saving.get(i).isCompletedExceptionally()) {
                    failed.add(batch.get(i));
                }
            }
            onSaved(failed, failure);
        });
    }

    /** Takes those that have changed, then those that were saved long ago. */
    @GuardedBy("lock")
    private List<Socket> takeBatch(long now) {
        Set<Socket> batch = new LinkedHashSet<>();
        for (Iterator<Socket> each = changed.iterator(); each.hasNext() && batch.size() < MAX_BATCH; ) {
            batch.add(each.next());
            each.remove();
        }
        for (Map.Entry<Socket, Long> oldest : savedAt.entrySet()) {
            if (batch.size() >= MAX_BATCH || now - oldest.getValue() < refreshNanos) {
                break;
            }
            batch.add(oldest.getKey());
        }
        for (Socket socket : batch) {
            savedAt.remove(socket);
            savedAt.put(socket, now);
        }
        return List.copyOf(batch);
    }

    private CompletionStage<Void> save(Socket socket) {
        synchronized (lock) {
            if (!savedAt.containsKey(socket) || socket.isDisconnected()) {
                return CompletableFuture.completedStage(null);
            }
            busy = socket;
        }
        CompletionStage<Void> saving;
        try {
            Adapter adapter = socket.namespace().adapter();
            saving = adapter.saveSession(SessionRecovery.session(socket, adapter));
        } catch (RuntimeException | Error e) { // whatever the application's data does
            log.warn("the session of {} cannot be saved", socket, e);
            saving = CompletableFuture.completedStage(null);
        }
        Runnable then;
        synchronized (lock) {
            busy = null;
            then = afterBusy;
            afterBusy = null;
        }
        if (then != null) {
            then.run();
        }
        return saving;
    }

    private void onSaved(Set<Socket> failed, @Nullable Throwable failure) {
        if (failure != null) {
            log.debug("{} sessions cannot be saved now", failed.size(), failure);
        }
        synchronized (lock) {
            running = false;
            failed.retainAll(savedAt.keySet());
            changed.addAll(failed);
            if (!failed.isEmpty()) {
                plan(RETRY_NANOS);
            } else if (!changed.isEmpty()) {
                plan(DELAY_NANOS);
            } else if (!savedAt.isEmpty()) {
                long age = server.scheduler().nanoTime()
                        - savedAt.values().iterator().next();
                plan(Math.max(DELAY_NANOS, refreshNanos - age));
            }
        }
    }
}
