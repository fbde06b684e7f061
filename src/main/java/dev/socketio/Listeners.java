package dev.socketio;

import dev.socketio.protocol.Arguments;
import dev.socketio.protocol.ConversionException;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listeners of one socket or namespace. */
final class Listeners {

    private static final Logger log = LoggerFactory.getLogger(Listeners.class);

    private final ConcurrentMap<String, List<Listener.OfAny>> byEvent = new ConcurrentHashMap<>(8);
    private final List<Listener.CatchAll> catchAll = new CopyOnWriteArrayList<>();

    private final Consumer<String> nameCheck;

    /** @param nameCheck throws if there are no events of this name */
    Listeners(Consumer<String> nameCheck) {
        this.nameCheck = nameCheck;
    }

    Registration add(String event, Listener.OfAny listener) {
        nameCheck.accept(event);
        List<Listener.OfAny> listeners = byEvent.computeIfAbsent(event, name -> new CopyOnWriteArrayList<>());
        return register(listeners, listener);
    }

    Registration addCatchAll(Listener.CatchAll listener) {
        return register(catchAll, listener);
    }

    /** Adds to a list. A listener may be in it several times; each registration takes out one. */
    static <T> Registration register(List<T> listeners, T listener) {
        listeners.add(listener);
        AtomicBoolean removed = new AtomicBoolean();
        return () -> {
            if (!removed.getAndSet(true)) {
                listeners.remove(listener);
            }
        };
    }

    void dispatch(String event, Arguments arguments, Ack ack, EventEmitter owner) {
        for (Listener.CatchAll listener : catchAll) {
            guard(event, owner, () -> listener.accept(event, arguments));
        }
        for (Listener.OfAny listener : byEvent.getOrDefault(event, List.of())) {
            guard(event, owner, () -> listener.accept(arguments, ack));
        }
    }

    static void tell(List<Consumer<DisconnectReason>> listeners, DisconnectReason reason, Socket socket) {
        for (Consumer<DisconnectReason> listener : listeners) {
            try {
                listener.accept(reason);
            } catch (Throwable e) { // languages without checked exceptions throw those too
                log.error("a disconnect listener failed (socket {})", socket, e);
            }
        }
    }

    private static void guard(String event, EventEmitter owner, Call call) {
        try {
            call.run();
        } catch (ConversionException e) {
            // a client can send anything: this is its mistake, and not worth a line in the log of a server
            log.debug("event \"{}\" of {} not delivered: {}", event, owner, e.getMessage());
        } catch (Exception | Error e) {
            log.error("a listener of event \"{}\" of {} failed", event, owner, e);
        }
    }

    private interface Call {
        void run() throws Exception;
    }
}
