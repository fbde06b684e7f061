package dev.socketio;

import static dev.socketio.Typed.at;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.type.TypeReference;
import java.util.List;
import java.util.Set;

/**
 * Something whose events can be listened to. The types of arguments are named as classes, or with their parameters:
 *
 * <pre>{@code
 * socket.on("rename", String.class, name -> rename(name));
 * socket.on("move", new TypeReference<List<Point>>() {}, points -> draw(points));
 * socket.on("save", Draft.class, (draft, ack) -> ack.send(store.save(draft)));
 * }</pre>
 *
 * <p>Thread rules: listeners may be added and removed from any thread, also by listeners. A change counts from the next
 * event on.
 */
public abstract class EventEmitter {

    private final Listeners listeners;

    /** @param listeners may be those of another emitter, which then hears the same */
    EventEmitter(Listeners listeners) {
        this.listeners = listeners;
    }

    Listeners listeners() {
        return listeners;
    }

    /** A listener has thrown, or was not called because the arguments do not fit its types. */
    void onFailure(String event, Throwable failure) {
        Listeners.log(event, failure, this);
    }

    /**
     * Listens to an event, whatever comes with it. This is the form for arguments that vary; the others name the types
     * that the arguments are converted to before the listener is called.
     */
    public final Registration on(String event, Listener.OfAny listener) {
        return add(event, listener, listener);
    }

    /** Listens to an event with no arguments. */
    public final Registration on(String event, Listener.Of0 listener) {
        return add(event, listener, Typed.of(listener));
    }

    /** Listens to an event with one argument. */
    public final <A> Registration on(String event, Class<A> first, Listener.Of1<A> listener) {
        return add(event, listener, Typed.of(at(0, first), listener));
    }

    /** Listens to an event with one argument, which the listener answers. */
    public final <A> Registration on(String event, Class<A> first, Listener.WithAck1<A> listener) {
        return add(event, listener, Typed.of(at(0, first), listener));
    }

    /** Listens to an event with two arguments. */
    public final <A, B> Registration on(String event, Class<A> first, Class<B> second, Listener.Of2<A, B> listener) {
        return add(event, listener, Typed.of(at(0, first), at(1, second), listener));
    }

    /** Listens to an event with two arguments, which the listener answers. */
    public final <A, B> Registration on(
            String event, Class<A> first, Class<B> second, Listener.WithAck2<A, B> listener) {
        return add(event, listener, Typed.of(at(0, first), at(1, second), listener));
    }

    /** Listens to an event with three arguments. */
    public final <A, B, C> Registration on(
            String event, Class<A> first, Class<B> second, Class<C> third, Listener.Of3<A, B, C> listener) {
        return add(event, listener, Typed.of(at(0, first), at(1, second), at(2, third), listener));
    }

    /** Listens to an event with three arguments, which the listener answers. */
    public final <A, B, C> Registration on(
            String event, Class<A> first, Class<B> second, Class<C> third, Listener.WithAck3<A, B, C> listener) {
        return add(event, listener, Typed.of(at(0, first), at(1, second), at(2, third), listener));
    }

    /** Listens to an event with four arguments. */
    public final <A, B, C, D> Registration on(
            String event,
            Class<A> first,
            Class<B> second,
            Class<C> third,
            Class<D> fourth,
            Listener.Of4<A, B, C, D> listener) {
        return add(event, listener, Typed.of(at(0, first), at(1, second), at(2, third), at(3, fourth), listener));
    }

    /** Listens to an event with four arguments, which the listener answers. */
    public final <A, B, C, D> Registration on(
            String event,
            Class<A> first,
            Class<B> second,
            Class<C> third,
            Class<D> fourth,
            Listener.WithAck4<A, B, C, D> listener) {
        return add(event, listener, Typed.of(at(0, first), at(1, second), at(2, third), at(3, fourth), listener));
    }

    /** Listens to an event with five arguments. */
    public final <A, B, C, D, E> Registration on(
            String event,
            Class<A> first,
            Class<B> second,
            Class<C> third,
            Class<D> fourth,
            Class<E> fifth,
            Listener.Of5<A, B, C, D, E> listener) {
        return add(
                event,
                listener,
                Typed.of(at(0, first), at(1, second), at(2, third), at(3, fourth), at(4, fifth), listener));
    }

    /** Listens to an event with five arguments, which the listener answers. */
    public final <A, B, C, D, E> Registration on(
            String event,
            Class<A> first,
            Class<B> second,
            Class<C> third,
            Class<D> fourth,
            Class<E> fifth,
            Listener.WithAck5<A, B, C, D, E> listener) {
        return add(
                event,
                listener,
                Typed.of(at(0, first), at(1, second), at(2, third), at(3, fourth), at(4, fifth), listener));
    }

    /** Listens to an event with one argument of a type that has parameters. */
    public final <A> Registration on(String event, TypeReference<A> first, Listener.Of1<A> listener) {
        return add(event, listener, Typed.of(at(0, first), listener));
    }

    /** Listens to an event with one argument of a type that has parameters, which the listener answers. */
    public final <A> Registration on(String event, TypeReference<A> first, Listener.WithAck1<A> listener) {
        return add(event, listener, Typed.of(at(0, first), listener));
    }

    /** Listens to an event with two arguments of types that have parameters. */
    public final <A, B> Registration on(
            String event, TypeReference<A> first, TypeReference<B> second, Listener.Of2<A, B> listener) {
        return add(event, listener, Typed.of(at(0, first), at(1, second), listener));
    }

    /** Listens to an event with two arguments of types that have parameters, which the listener answers. */
    public final <A, B> Registration on(
            String event, TypeReference<A> first, TypeReference<B> second, Listener.WithAck2<A, B> listener) {
        return add(event, listener, Typed.of(at(0, first), at(1, second), listener));
    }

    /** Listens to an event with three arguments of types that have parameters. */
    public final <A, B, C> Registration on(
            String event,
            TypeReference<A> first,
            TypeReference<B> second,
            TypeReference<C> third,
            Listener.Of3<A, B, C> listener) {
        return add(event, listener, Typed.of(at(0, first), at(1, second), at(2, third), listener));
    }

    /** Listens to an event with three arguments of types that have parameters, which the listener answers. */
    public final <A, B, C> Registration on(
            String event,
            TypeReference<A> first,
            TypeReference<B> second,
            TypeReference<C> third,
            Listener.WithAck3<A, B, C> listener) {
        return add(event, listener, Typed.of(at(0, first), at(1, second), at(2, third), listener));
    }

    /**
     * Listens to the next event of a name, whatever comes with it. The listener is removed before it is called, also if
     * the arguments turn out not to fit its types.
     */
    public final Registration once(String event, Listener.OfAny listener) {
        return addOnce(event, listener, listener);
    }

    /** Listens to the next event of a name with no arguments. */
    public final Registration once(String event, Listener.Of0 listener) {
        return addOnce(event, listener, Typed.of(listener));
    }

    /** Listens to the next event of a name with one argument. */
    public final <A> Registration once(String event, Class<A> first, Listener.Of1<A> listener) {
        return addOnce(event, listener, Typed.of(at(0, first), listener));
    }

    /** Listens to the next event of a name with one argument, which the listener answers. */
    public final <A> Registration once(String event, Class<A> first, Listener.WithAck1<A> listener) {
        return addOnce(event, listener, Typed.of(at(0, first), listener));
    }

    /** Listens to the next event of a name with two arguments. */
    public final <A, B> Registration once(String event, Class<A> first, Class<B> second, Listener.Of2<A, B> listener) {
        return addOnce(event, listener, Typed.of(at(0, first), at(1, second), listener));
    }

    /** Listens to the next event of a name with two arguments, which the listener answers. */
    public final <A, B> Registration once(
            String event, Class<A> first, Class<B> second, Listener.WithAck2<A, B> listener) {
        return addOnce(event, listener, Typed.of(at(0, first), at(1, second), listener));
    }

    /** Listens to the next event of a name with three arguments. */
    public final <A, B, C> Registration once(
            String event, Class<A> first, Class<B> second, Class<C> third, Listener.Of3<A, B, C> listener) {
        return addOnce(event, listener, Typed.of(at(0, first), at(1, second), at(2, third), listener));
    }

    /** Listens to the next event of a name with three arguments, which the listener answers. */
    public final <A, B, C> Registration once(
            String event, Class<A> first, Class<B> second, Class<C> third, Listener.WithAck3<A, B, C> listener) {
        return addOnce(event, listener, Typed.of(at(0, first), at(1, second), at(2, third), listener));
    }

    /** Listens to the next event of a name with four arguments. */
    public final <A, B, C, D> Registration once(
            String event,
            Class<A> first,
            Class<B> second,
            Class<C> third,
            Class<D> fourth,
            Listener.Of4<A, B, C, D> listener) {
        return addOnce(event, listener, Typed.of(at(0, first), at(1, second), at(2, third), at(3, fourth), listener));
    }

    /** Listens to the next event of a name with four arguments, which the listener answers. */
    public final <A, B, C, D> Registration once(
            String event,
            Class<A> first,
            Class<B> second,
            Class<C> third,
            Class<D> fourth,
            Listener.WithAck4<A, B, C, D> listener) {
        return addOnce(event, listener, Typed.of(at(0, first), at(1, second), at(2, third), at(3, fourth), listener));
    }

    /** Listens to the next event of a name with five arguments. */
    public final <A, B, C, D, E> Registration once(
            String event,
            Class<A> first,
            Class<B> second,
            Class<C> third,
            Class<D> fourth,
            Class<E> fifth,
            Listener.Of5<A, B, C, D, E> listener) {
        return addOnce(
                event,
                listener,
                Typed.of(at(0, first), at(1, second), at(2, third), at(3, fourth), at(4, fifth), listener));
    }

    /** Listens to the next event of a name with five arguments, which the listener answers. */
    public final <A, B, C, D, E> Registration once(
            String event,
            Class<A> first,
            Class<B> second,
            Class<C> third,
            Class<D> fourth,
            Class<E> fifth,
            Listener.WithAck5<A, B, C, D, E> listener) {
        return addOnce(
                event,
                listener,
                Typed.of(at(0, first), at(1, second), at(2, third), at(3, fourth), at(4, fifth), listener));
    }

    /** Listens to the next event of a name with one argument of a type that has parameters. */
    public final <A> Registration once(String event, TypeReference<A> first, Listener.Of1<A> listener) {
        return addOnce(event, listener, Typed.of(at(0, first), listener));
    }

    /** Listens to the next event of a name with one argument of a type that has parameters, which the listener answers. */
    public final <A> Registration once(String event, TypeReference<A> first, Listener.WithAck1<A> listener) {
        return addOnce(event, listener, Typed.of(at(0, first), listener));
    }

    /** Listens to the next event of a name with two arguments of types that have parameters. */
    public final <A, B> Registration once(
            String event, TypeReference<A> first, TypeReference<B> second, Listener.Of2<A, B> listener) {
        return addOnce(event, listener, Typed.of(at(0, first), at(1, second), listener));
    }

    /** Listens to the next event of a name with two arguments of types that have parameters, which the listener answers. */
    public final <A, B> Registration once(
            String event, TypeReference<A> first, TypeReference<B> second, Listener.WithAck2<A, B> listener) {
        return addOnce(event, listener, Typed.of(at(0, first), at(1, second), listener));
    }

    /** Listens to the next event of a name with three arguments of types that have parameters. */
    public final <A, B, C> Registration once(
            String event,
            TypeReference<A> first,
            TypeReference<B> second,
            TypeReference<C> third,
            Listener.Of3<A, B, C> listener) {
        return addOnce(event, listener, Typed.of(at(0, first), at(1, second), at(2, third), listener));
    }

    /** Listens to the next event of a name with three arguments of types that have parameters, which the listener answers. */
    public final <A, B, C> Registration once(
            String event,
            TypeReference<A> first,
            TypeReference<B> second,
            TypeReference<C> third,
            Listener.WithAck3<A, B, C> listener) {
        return addOnce(event, listener, Typed.of(at(0, first), at(1, second), at(2, third), listener));
    }

    /**
     * Removes a listener from an event, the newest if it was added several times; does nothing if it is not there.
     *
     * @param listener as it was given to {@code on} or {@code once}
     */
    public final void off(String event, Listener listener) {
        listeners.remove(event, requireNonNull(listener, "listener"));
    }

    /** Removes all listeners of an event. */
    public final void off(String event) {
        listeners.removeAll(event);
    }

    /** Removes the listeners of all events, those aside that have methods of their own, such as {@code onDisconnect}. */
    public final void removeAllListeners() {
        listeners.removeAll();
    }

    /** Returns the listeners of an event in the order in which they are called, a copy. */
    public final List<Listener> listeners(String event) {
        return listeners.of(event);
    }

    /** Returns the names of the events that have listeners, a copy. */
    public final Set<String> eventNames() {
        return listeners.eventNames();
    }

    private Registration add(String event, Listener given, Listener.OfAny call) {
        return listeners.add(event, given, call, /* once= */ false);
    }

    private Registration addOnce(String event, Listener given, Listener.OfAny call) {
        return listeners.add(event, given, call, /* once= */ true);
    }
}
