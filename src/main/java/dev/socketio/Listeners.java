package dev.socketio;

import dev.socketio.protocol.Arguments;
import dev.socketio.protocol.ConversionException;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listeners of one socket. */
final class Listeners {

    private static final Logger log = LoggerFactory.getLogger(Listeners.class);

    private final ConcurrentMap<String, List<Listener.OfAny>> byEvent = new ConcurrentHashMap<>(8);
    private final List<Listener.CatchAll> catchAll = new CopyOnWriteArrayList<>();

    Registration add(String event, Listener.OfAny listener) {
        Socket.checkName(event);
        List<Listener.OfAny> listeners = byEvent.computeIfAbsent(event, name -> new CopyOnWriteArrayList<>());
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    Registration addCatchAll(Listener.CatchAll listener) {
        catchAll.add(listener);
        return () -> catchAll.remove(listener);
    }

    void dispatch(String event, Arguments arguments, Ack ack, Socket socket) {
        for (Listener.CatchAll listener : catchAll) {
            guard(event, socket, () -> listener.accept(event, arguments));
        }
        for (Listener.OfAny listener : byEvent.getOrDefault(event, List.of())) {
            guard(event, socket, () -> listener.accept(arguments, ack));
        }
    }

    private static void guard(String event, Socket socket, Call call) {
        try {
            call.run();
        } catch (ConversionException e) {
            // a client can send anything: this is its mistake, and not worth a line in the log of a server
            log.debug("event \"{}\" of socket {} not delivered: {}", event, socket, e.getMessage());
        } catch (Exception e) {
            log.error("a listener of event \"{}\" failed (socket {})", event, socket, e);
        }
    }

    private interface Call {
        void run() throws Exception;
    }
}
