package dev.socketio;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/**
 * Listeners in the order in which they are called. A change makes a new list, so that one that is being gone through
 * stays as it is. Takes next to no memory while it is empty.
 */
final class ListenerList<T> {

    private final AtomicReference<List<T>> listeners = new AtomicReference<>(List.of());

    /** Adds a listener. It may be there several times; each registration takes out one. */
    Registration add(T listener) {
        return register(listener, list -> list.add(listener));
    }

    /** Adds a listener before the others. */
    Registration prepend(T listener) {
        return register(listener, list -> list.add(0, listener));
    }

    private Registration register(T listener, Change<T> addition) {
        requireNonNull(listener, "listener");
        change(addition);
        AtomicBoolean removed = new AtomicBoolean();
        return () -> {
            if (!removed.getAndSet(true)) {
                remove(listener);
            }
        };
    }

    void remove(T listener) {
        requireNonNull(listener, "listener");
        change(list -> list.remove(listener));
    }

    void clear() {
        listeners.set(List.of());
    }

    boolean isEmpty() {
        return all().isEmpty();
    }

    /** Returns the listeners as they are now. */
    List<T> all() {
        return requireNonNull(listeners.get());
    }

    private void change(Change<T> change) {
        UnaryOperator<List<T>> copy = old -> {
            List<T> changed = new ArrayList<>(old);
            change.apply(changed);
            return List.copyOf(changed);
        };
        listeners.updateAndGet(copy);
    }

    private interface Change<T> {

        void apply(List<T> list);
    }
}
