package dev.socketio;

import static java.util.Objects.requireNonNull;

import dev.socketio.protocol.Arguments;
import dev.socketio.protocol.EventNames;
import dev.socketio.protocol.OutgoingEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events of one client: what can be heard of it, and what can be sent to it and to the others. Its events pass {@link
 * #onAny} listeners at first, then the middlewares of {@link #use}, and reach the listeners that name them if no
 * middleware rejects them. All of these run one after the other, and those of one event before those of the next.
 */
public abstract class SocketEvents extends EventEmitter {

    private static final Logger log = LoggerFactory.getLogger(SocketEvents.class);

    private final ListenerList<Listener.CatchAll> any = new ListenerList<>();
    private final ListenerList<Listener.Outgoing> anyOutgoing = new ListenerList<>();
    private final ListenerList<EventMiddleware> middlewares = new ListenerList<>();
    private final ListenerList<ErrorListener> errorListeners = new ListenerList<>();

    SocketEvents() {
        super(new Listeners(SocketEvents::checkName));
    }

    /** Returns what sends to the client without any flags. */
    abstract SocketEmitter plain();

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

    /** Selects everybody else in the namespace. */
    public final BroadcastOperator broadcast() {
        return plain().broadcast();
    }

    /** Selects everybody else in these rooms. */
    public final BroadcastOperator to(String... rooms) {
        return plain().to(rooms);
    }

    /** Does the same as {@link #to}. */
    public final BroadcastOperator in(String... rooms) {
        return plain().to(rooms);
    }

    /** Selects everybody else in the namespace but those in these rooms. */
    public final BroadcastOperator except(String... rooms) {
        return plain().except(rooms);
    }

    /** Selects everybody else in the namespace who is connected to this server. */
    public final BroadcastOperator local() {
        return plain().local();
    }

    /** Sends what follows only if the client can take it at once; see {@link SocketEmitter#asVolatile()}. */
    public final SocketEmitter asVolatile() {
        return plain().asVolatile();
    }

    /** Sends the newest value of each key to a client that is busy; see {@link SocketEmitter#asVolatile(String)}. */
    public final SocketEmitter asVolatile(String key) {
        return plain().asVolatile(key);
    }

    /** Sets whether what follows may be compressed; see {@link SocketEmitter#compress}. */
    public final SocketEmitter compress(boolean compress) {
        return plain().compress(compress);
    }

    /**
     * Limits the time that an acknowledgement may take.
     *
     * @param timeout more than zero
     */
    public final SocketEmitter timeout(Duration timeout) {
        return plain().timeout(timeout);
    }

    /**
     * Sends an event to this client.
     *
     * @param event any name but the reserved ones: connect, connect_error, disconnect, disconnecting, newListener,
     *     removeListener
     * @param arguments values that Jackson can write; a {@code byte[]} travels as binary
     * @return false if the client is disconnected, in which case nothing is sent; with connection state recovery the event
     *     is kept for a client that may come back
     * @throws IllegalArgumentException if the name is reserved or a value cannot be written; nothing has been sent then
     */
    public final boolean emit(String event, @Nullable Object... arguments) {
        return plain().emit(event, arguments);
    }

    /** Sends an event of the name {@code message}; see {@link #emit}. */
    public final boolean send(@Nullable Object... arguments) {
        return plain().send(arguments);
    }

    /**
     * Sends an event to this client and waits for its answer without a limit of time; see {@link #timeout}.
     *
     * @return the answer. The future fails with {@link DisconnectedException} if the client is or gets disconnected. It
     *     completes on the server's executor and may be waited for in a listener
     * @throws IllegalArgumentException if the name is reserved or a value cannot be written; nothing has been sent then
     */
    public final CompletableFuture<Arguments> emitWithAck(String event, @Nullable Object... arguments) {
        return plain().emitWithAck(event, arguments);
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

    static void checkName(String event) {
        if (EventNames.isReserved(event)) {
            String hint = switch (event) {
                case "connect" -> "listen with onConnection";
                case "disconnect" -> "listen with onDisconnect";
                case "disconnecting" -> "listen with onDisconnecting";
                default -> "choose another";
            };
            throw new IllegalArgumentException("event is \"" + event + "\", a reserved name: " + hint);
        }
    }
}
