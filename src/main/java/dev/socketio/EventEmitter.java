package dev.socketio;

import static java.util.Objects.requireNonNull;

/**
 * Something whose events can be listened to.
 *
 * <p>Thread rules: listeners may be added and removed from any thread, also by listeners.
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

    /**
     * Listens to an event, whatever comes with it. This is the form for arguments that vary; the others name the types
     * that the arguments are converted to before the listener is called.
     */
    public final Registration on(String event, Listener.OfAny listener) {
        return listeners.add(event, requireNonNull(listener, "listener"));
    }

    /** Listens to an event with no arguments. */
    public final Registration on(String event, Listener.Of0 listener) {
        requireNonNull(listener, "listener");
        return listeners.add(event, (a, ack) -> listener.accept());
    }

    /** Listens to an event with one argument. */
    public final <A> Registration on(String event, Class<A> first, Listener.Of1<A> listener) {
        requireNonNull(listener, "listener");
        return listeners.add(event, (a, ack) -> listener.accept(a.get(0, first)));
    }

    /** Listens to an event with one argument, which the listener answers. */
    public final <A> Registration on(String event, Class<A> first, Listener.WithAck1<A> listener) {
        requireNonNull(listener, "listener");
        return listeners.add(event, (a, ack) -> listener.accept(a.get(0, first), ack));
    }

    /** Listens to an event with two arguments. */
    public final <A, B> Registration on(String event, Class<A> first, Class<B> second, Listener.Of2<A, B> listener) {
        requireNonNull(listener, "listener");
        return listeners.add(event, (a, ack) -> listener.accept(a.get(0, first), a.get(1, second)));
    }

    /** Listens to an event with two arguments, which the listener answers. */
    public final <A, B> Registration on(
            String event, Class<A> first, Class<B> second, Listener.WithAck2<A, B> listener) {
        requireNonNull(listener, "listener");
        return listeners.add(event, (a, ack) -> listener.accept(a.get(0, first), a.get(1, second), ack));
    }

    /** Listens to an event with three arguments. */
    public final <A, B, C> Registration on(
            String event, Class<A> first, Class<B> second, Class<C> third, Listener.Of3<A, B, C> listener) {
        requireNonNull(listener, "listener");
        return listeners.add(event, (a, ack) -> listener.accept(a.get(0, first), a.get(1, second), a.get(2, third)));
    }

    /** Listens to an event with three arguments, which the listener answers. */
    public final <A, B, C> Registration on(
            String event, Class<A> first, Class<B> second, Class<C> third, Listener.WithAck3<A, B, C> listener) {
        requireNonNull(listener, "listener");
        return listeners.add(
                event, (a, ack) -> listener.accept(a.get(0, first), a.get(1, second), a.get(2, third), ack));
    }

    /** Listens to an event with four arguments. */
    public final <A, B, C, D> Registration on(
            String event,
            Class<A> first,
            Class<B> second,
            Class<C> third,
            Class<D> fourth,
            Listener.Of4<A, B, C, D> listener) {
        requireNonNull(listener, "listener");
        return listeners.add(
                event,
                (a, ack) -> listener.accept(a.get(0, first), a.get(1, second), a.get(2, third), a.get(3, fourth)));
    }

    /** Listens to an event with four arguments, which the listener answers. */
    public final <A, B, C, D> Registration on(
            String event,
            Class<A> first,
            Class<B> second,
            Class<C> third,
            Class<D> fourth,
            Listener.WithAck4<A, B, C, D> listener) {
        requireNonNull(listener, "listener");
        return listeners.add(
                event,
                (a, ack) -> listener.accept(a.get(0, first), a.get(1, second), a.get(2, third), a.get(3, fourth), ack));
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
        requireNonNull(listener, "listener");
        return listeners.add(
                event,
                (a, ack) -> listener.accept(
                        a.get(0, first), a.get(1, second), a.get(2, third), a.get(3, fourth), a.get(4, fifth)));
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
        requireNonNull(listener, "listener");
        return listeners.add(
                event,
                (a, ack) -> listener.accept(
                        a.get(0, first), a.get(1, second), a.get(2, third), a.get(3, fourth), a.get(4, fifth), ack));
    }
}
