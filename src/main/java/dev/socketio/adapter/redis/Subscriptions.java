package dev.socketio.adapter.redis;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.socketio.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Who listens to what, and what Redis has been told of it. The two agree in the end, whatever happens to the connection:
 * rooms come and go while Redis is away, and a channel may get a new listener while its last is leaving.
 */
final class Subscriptions {

    /** How Redis is told. Both fail if it is not connected. */
    interface Commands {

        CompletionStage<?> subscribe(List<String> channels);

        CompletionStage<?> unsubscribe(List<String> channels);
    }

    private static final int MAX_BATCH = 500;
    private static final Duration RETRY = Duration.ofMillis(250);

    private final Commands commands;
    private final Scheduler scheduler;

    /** Changed under the lock; read without it for each message. */
    private final ConcurrentMap<String, List<PubSub.Listener>> listeners = new ConcurrentHashMap<>();

    /*
     * Concurrency. `lock` guards the fields below. Commands leave in the order of the changes because one thread at a time
     * sends them, the one that found `flushing` false; it compares what is wanted with what Redis has been told, so that
     * changes that cancel each other cost nothing, and many cost one command.
     */
    private final Object lock = new Object();

    /** Channels that may differ. */
    @GuardedBy("lock")
    private final Set<String> changed = new LinkedHashSet<>();

    /** What Redis has been told on this connection. */
    @GuardedBy("lock")
    private final Set<String> told = new HashSet<>();

    /** Grows with each connection; what is said about an earlier one does not count. */
    @GuardedBy("lock")
    private int connection;

    @GuardedBy("lock")
    private boolean connected;

    @GuardedBy("lock")
    private boolean flushing;

    /** Commands without a reply. */
    @GuardedBy("lock")
    private int open;

    /** Whether Redis has confirmed everything at least once on this connection. */
    @GuardedBy("lock")
    private boolean complete;

    Subscriptions(Commands commands, Scheduler scheduler) {
        this.commands = commands;
        this.scheduler = scheduler;
    }

    void add(Collection<String> channels, PubSub.Listener listener) {
        synchronized (lock) {
            for (String channel : channels) {
                List<PubSub.Listener> more = new ArrayList<>(listeners.getOrDefault(channel, List.of()));
                more.add(listener);
                listeners.put(channel, List.copyOf(more));
                changed.add(channel);
            }
        }
        flush();
    }

    void remove(Collection<String> channels, PubSub.Listener listener) {
        synchronized (lock) {
            for (String channel : channels) {
                List<PubSub.Listener> fewer = new ArrayList<>(listeners.getOrDefault(channel, List.of()));
                fewer.remove(listener);
                if (fewer.isEmpty()) {
                    listeners.remove(channel);
                } else {
                    listeners.put(channel, List.copyOf(fewer));
                }
                changed.add(channel);
            }
        }
        flush();
    }

    /** Hands a message to those who listen. A channel that nobody wants any more is left, if Redis still has it. */
    void deliver(String subscription, String channel, byte[] message) {
        List<PubSub.Listener> wanting = listeners.get(subscription);
        if (wanting != null) {
            wanting.forEach(listener -> listener.onMessage(channel, message));
            return;
        }
        synchronized (lock) {
            if (!changed.contains(subscription)) {
                told.add(subscription);
                changed.add(subscription);
            }
        }
        flush();
    }

    /** The connection is there, or there again: Redis knows of nothing. */
    void onConnected() {
        synchronized (lock) {
            connection++;
            connected = true;
            complete = false;
            open = 0;
            told.clear();
            changed.clear();
            changed.addAll(listeners.keySet());
            completeIfDone();
        }
        flush();
    }

    void onDisconnected() {
        synchronized (lock) {
            connected = false;
            complete = false;
        }
    }

    /** Returns whether everything has been subscribed to since the connection came; what was added later may be under way. */
    boolean isComplete() {
        synchronized (lock) {
            return complete;
        }
    }

    private void flush() {
        synchronized (lock) {
            if (flushing) {
                return;
            }
            flushing = true;
        }
        while (true) {
            List<String> added = new ArrayList<>();
            List<String> removed = new ArrayList<>();
            int on;
            synchronized (lock) {
                on = connection;
                takeChanges(added, removed);
                if (added.isEmpty() && removed.isEmpty()) {
                    flushing = false;
                    return;
                }
            }
            if (!removed.isEmpty()) {
                follow(on, removed, commands.unsubscribe(removed));
            }
            if (!added.isEmpty()) {
                follow(on, added, commands.subscribe(added));
            }
        }
    }

    @GuardedBy("lock")
    private void takeChanges(List<String> added, List<String> removed) {
        if (!connected) {
            return;
        }
        Iterator<String> channels = changed.iterator();
        while (channels.hasNext() && added.size() + removed.size() < MAX_BATCH) {
            String channel = channels.next();
            channels.remove();
            boolean wanted = listeners.containsKey(channel);
            if (wanted && told.add(channel)) {
                added.add(channel);
            } else if (!wanted && told.remove(channel)) {
                removed.add(channel);
            }
        }
        open += (added.isEmpty() ? 0 : 1) + (removed.isEmpty() ? 0 : 1);
    }

    private void follow(int on, List<String> channels, CompletionStage<?> reply) {
        reply.whenComplete((done, failure) -> onReply(on, channels, failure == null));
    }

    private void onReply(int on, List<String> channels, boolean done) {
        synchronized (lock) {
            if (on != connection) {
                return;
            }
            open--;
            if (done) {
                completeIfDone();
                return;
            }
            for (String channel : channels) {
                changed.add(channel);
                if (!told.remove(channel)) {
                    told.add(channel);
                }
            }
        }
        scheduler.schedule(RETRY, this::flush);
    }

    @GuardedBy("lock")
    private void completeIfDone() {
        complete |= open == 0 && changed.isEmpty();
    }
}
