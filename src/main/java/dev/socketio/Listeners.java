package dev.socketio;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.socketio.protocol.Arguments;
import dev.socketio.protocol.ConversionException;
import dev.socketio.protocol.EventNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listeners of one emitter, by the event that they listen to. */
final class Listeners {

    private static final Logger log = LoggerFactory.getLogger(Listeners.class);

    private final Consumer<String> nameCheck;

    /* Concurrency. `lock` guards the map. The lists in it never change, so listeners are called without the lock. */
    private final Object lock = new Object();

    /** Made for the first listener: many a socket only hears broadcasts. */
    @GuardedBy("lock")
    private Map<String, List<Entry>> byEvent = Map.of();

    /** One registration of a listener; equal only to itself. */
    private static final class Entry {

        private final Listener given;
        private final Listener.OfAny call;
        private final boolean once;

        Entry(Listener given, Listener.OfAny call, boolean once) {
            this.given = given;
            this.call = call;
            this.once = once;
        }
    }

    /** @param nameCheck throws if there are no events of this name */
    Listeners(Consumer<String> nameCheck) {
        this.nameCheck = nameCheck;
    }

    /**
     * Adds a listener.
     *
     * @param given by which it can be removed
     * @param call what is called, which takes the arguments as they come
     */
    Registration add(String event, Listener given, Listener.OfAny call, boolean once) {
        nameCheck.accept(event);
        Entry entry = new Entry(requireNonNull(given, "listener"), call, once);
        synchronized (lock) {
            if (byEvent.isEmpty()) {
                byEvent = new HashMap<>(4);
            }
            List<Entry> longer = new ArrayList<>(entries(event));
            longer.add(entry);
            byEvent.put(event, List.copyOf(longer));
        }
        return () -> remove(event, entry);
    }

    void remove(String event, Listener given) {
        synchronized (lock) {
            List<Entry> entries = entries(event);
            for (int i = entries.size() - 1; i >= 0; i--) {
                if (entries.get(i).given == given) {
                    removeAt(event, i);
                    return;
                }
            }
        }
    }

    /** Returns whether it was still there. */
    private boolean remove(String event, Entry entry) {
        synchronized (lock) {
            int index = entries(event).indexOf(entry);
            if (index >= 0) {
                removeAt(event, index);
            }
            return index >= 0;
        }
    }

    @GuardedBy("lock")
    private void removeAt(String event, int index) {
        List<Entry> shorter = new ArrayList<>(entries(event));
        shorter.remove(index);
        if (shorter.isEmpty()) {
            byEvent.remove(event);
        } else {
            byEvent.put(event, List.copyOf(shorter));
        }
    }

    @GuardedBy("lock")
    private List<Entry> entries(String event) {
        return byEvent.getOrDefault(event, List.of());
    }

    void removeAll(String event) {
        synchronized (lock) {
            if (!entries(event).isEmpty()) {
                byEvent.remove(event);
            }
        }
    }

    void removeAll() {
        synchronized (lock) {
            byEvent = Map.of();
        }
    }

    List<Listener> of(String event) {
        synchronized (lock) {
            return entries(event).stream().map(entry -> entry.given).toList();
        }
    }

    Set<String> eventNames() {
        synchronized (lock) {
            return Set.copyOf(byEvent.keySet());
        }
    }

    /**
     * Calls those who listen to an event. A sender that waits for an answer, and gets none because its arguments do not
     * fit, is told so.
     */
    void dispatch(String event, Arguments arguments, Ack ack, EventEmitter emitter) {
        List<Entry> entries;
        synchronized (lock) {
            entries = entries(event);
        }
        ConversionException misfit = null;
        for (Entry entry : entries) {
            if (entry.once && !remove(event, entry)) {
                continue;
            }
            try {
                entry.call.accept(arguments, ack);
            } catch (Exception | Error e) {
                misfit = misfit == null && e instanceof ConversionException first ? first : misfit;
                emitter.onFailure(event, e);
            }
        }
        if (misfit != null && misfit.event().isPresent()) {
            ack.send(answer(misfit));
        }
    }

    private static Object answer(ConversionException misfit) {
        Map<String, String> error = new LinkedHashMap<>();
        error.put("message", "invalid argument");
        error.put("path", misfit.path());
        return Map.of("error", error);
    }

    /** Tells the log of what nobody else has heard of. */
    static void log(String event, Throwable failure, EventEmitter emitter) {
        String name = EventNames.printable(event);
        if (failure instanceof ConversionException) {
            // a client can send anything: this is its mistake, and not worth a line in the log of a server
            log.debug("event \"{}\" of {} not delivered: {}", name, emitter, failure.getMessage());
        } else {
            log.error("event \"{}\" of {} failed", name, emitter, failure);
        }
    }
}
