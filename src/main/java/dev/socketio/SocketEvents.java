package dev.socketio;

import static java.util.Objects.requireNonNull;

import dev.socketio.protocol.Arguments;
import dev.socketio.protocol.OutgoingEvent;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What can be heard of one client. Its events pass {@link #onAny} listeners at first, then the middlewares of
 * {@link #use}, and reach the listeners that name them if no middleware rejects them. All of these run one after the
 * other, and those of one event before those of the next.
 */
public abstract class SocketEvents extends EventEmitter {

    private static final Logger log = LoggerFactory.getLogger(SocketEvents.class);

    private final ListenerList<Listener.CatchAll> any = new ListenerList<>();
    private final ListenerList<Listener.Outgoing> anyOutgoing = new ListenerList<>();
    private final ListenerList<EventMiddleware> middlewares = new ListenerList<>();
    private final ListenerList<ErrorListener> errorListeners = new ListenerList<>();

    SocketEvents() {
        super(new Listeners(Socket::checkName));
    }

    /** Adds a middleware. Middlewares run in the order in which they were added, on each event of the client. */
    public final void use(EventMiddleware middleware) {
        middlewares.add(requireNonNull(middleware, "middleware"));
    }

    /**
     * Listens to what goes wrong with events of this client; see {@link ErrorListener}. What nobody listens to, here or at
     * the namespace, is logged. An event of the client that has the name {@code error} is an event like any other.
     */
    public final Registration onError(ErrorListener listener) {
        return errorListeners.add(listener);
    }

    /** Listens to every event of the client, before the middlewares and the listeners that name it. */
    public final Registration onAny(Listener.CatchAll listener) {
        return any.add(listener);
    }

    /** Listens to every event of the client, before the others that do. */
    public final Registration prependAny(Listener.CatchAll listener) {
        return any.prepend(listener);
    }

    /** Removes a listener to every event; does nothing if it is not there. */
    public final void offAny(Listener.CatchAll listener) {
        any.remove(listener);
    }

    /** Removes all listeners to every event. */
    public final void offAny() {
        any.clear();
    }

    /** Returns the listeners to every event in the order in which they are called, a copy. */
    public final List<Listener.CatchAll> listenersAny() {
        return any.all();
    }

    /**
     * Listens to every event that is sent to the client, alone or with others; answers are not among them. The listener
     * runs before the event is sent, on the thread that sends it: it must be quick.
     */
    public final Registration onAnyOutgoing(Listener.Outgoing listener) {
        return anyOutgoing.add(listener);
    }

    /** Listens to every event that is sent to the client, before the others that do. */
    public final Registration prependAnyOutgoing(Listener.Outgoing listener) {
        return anyOutgoing.prepend(listener);
    }

    /** Removes a listener to every event that is sent; does nothing if it is not there. */
    public final void offAnyOutgoing(Listener.Outgoing listener) {
        anyOutgoing.remove(listener);
    }

    /** Removes all listeners to every event that is sent. */
    public final void offAnyOutgoing() {
        anyOutgoing.clear();
    }

    /** Returns the listeners to every event that is sent in the order in which they are called, a copy. */
    public final List<Listener.Outgoing> listenersAnyOutgoing() {
        return anyOutgoing.all();
    }

    /** Shows an event to those who hear all of them, and returns whether the middlewares let it pass. */
    boolean admits(String event, Arguments arguments, Ack ack) {
        for (Listener.CatchAll listener : any.all()) {
            try {
                listener.accept(event, arguments);
            } catch (Exception | Error e) {
                onFailure(event, e);
            }
        }
        for (EventMiddleware middleware : middlewares.all()) {
            try {
                middleware.check(event, arguments, ack);
            } catch (Exception | Error e) {
                onFailure(event, e);
                return false;
            }
        }
        return true;
    }

    boolean hearsOutgoing() {
        return !anyOutgoing.isEmpty();
    }

    void tellOutgoing(OutgoingEvent event) {
        for (Listener.Outgoing listener : anyOutgoing.all()) {
            try {
                listener.accept(event.name(), event.arguments());
            } catch (Exception | Error e) {
                onFailure(event.name(), e);
            }
        }
    }

    /** Returns whether anybody listens. */
    boolean tellError(String event, Throwable failure) {
        List<ErrorListener> listeners = errorListeners.all();
        for (ErrorListener listener : listeners) {
            try {
                listener.onError(event, failure);
            } catch (Exception | Error e) {
                log.error("an error listener failed (socket {})", this, e);
            }
        }
        return !listeners.isEmpty();
    }
}
