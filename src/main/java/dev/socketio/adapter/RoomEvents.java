package dev.socketio.adapter;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Changes of rooms on their way to those who listen. */
final class RoomEvents {

    private static final Logger log = LoggerFactory.getLogger(RoomEvents.class);

    private final List<RoomListener> listeners = new CopyOnWriteArrayList<>();

    /*
     * Concurrency. Events get in line while the rooms are locked, and are delivered later by one thread at a time, the
     * one that found `delivering` false: so they stay in order although listeners run without a lock.
     */
    private final Queue<Consumer<RoomListener>> waiting = new ConcurrentLinkedQueue<>();

    private final AtomicBoolean delivering = new AtomicBoolean();

    void add(RoomListener listener) {
        listeners.add(listener);
    }

    void remove(RoomListener listener) {
        listeners.remove(listener);
    }

    /** Puts an event in line, to be delivered soon. */
    void line(Consumer<RoomListener> event) {
        if (!listeners.isEmpty()) {
            waiting.add(event);
        }
    }

    /** Delivers what is in line, unless another thread is at it. */
    void deliver() {
        while (!waiting.isEmpty() && delivering.compareAndSet(false, true)) {
            for (Consumer<RoomListener> event = waiting.poll(); event != null; event = waiting.poll()) {
                tell(event);
            }
            delivering.set(false); // one that came in between is seen by the next turn, or by its own thread
        }
    }

    private void tell(Consumer<RoomListener> event) {
        for (RoomListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (RuntimeException | Error e) {
                log.error("a listener of rooms failed", e);
            }
        }
    }
}
