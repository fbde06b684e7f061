package dev.socketio;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.socketio.protocol.Arguments;

/** Turns listeners with typed parameters into such that take arguments as they come. */
final class Typed {

    /** Reads one argument. */
    interface Reader<T> {

        T read(Arguments arguments);
    }

    private Typed() {}

    static <T> Reader<T> at(int index, Class<T> type) {
        requireNonNull(type, "type");
        return arguments -> arguments.get(index, type);
    }

    static <T> Reader<T> at(int index, TypeReference<T> type) {
        requireNonNull(type, "type");
        return arguments -> arguments.get(index, type);
    }

    static Listener.OfAny of(Listener.Of0 listener) {
        requireNonNull(listener, "listener");
        return (arguments, ack) -> listener.accept();
    }

    static <A> Listener.OfAny of(Reader<A> a, Listener.Of1<A> listener) {
        requireNonNull(listener, "listener");
        return (arguments, ack) -> listener.accept(a.read(arguments));
    }

    static <A> Listener.OfAny of(Reader<A> a, Listener.WithAck1<A> listener) {
        requireNonNull(listener, "listener");
        return (arguments, ack) -> listener.accept(a.read(arguments), ack);
    }

    static <A, B> Listener.OfAny of(Reader<A> a, Reader<B> b, Listener.Of2<A, B> listener) {
        requireNonNull(listener, "listener");
        return (arguments, ack) -> listener.accept(a.read(arguments), b.read(arguments));
    }

    static <A, B> Listener.OfAny of(Reader<A> a, Reader<B> b, Listener.WithAck2<A, B> listener) {
        requireNonNull(listener, "listener");
        return (arguments, ack) -> listener.accept(a.read(arguments), b.read(arguments), ack);
    }

    static <A, B, C> Listener.OfAny of(Reader<A> a, Reader<B> b, Reader<C> c, Listener.Of3<A, B, C> listener) {
        requireNonNull(listener, "listener");
        return (arguments, ack) -> listener.accept(a.read(arguments), b.read(arguments), c.read(arguments));
    }

    static <A, B, C> Listener.OfAny of(Reader<A> a, Reader<B> b, Reader<C> c, Listener.WithAck3<A, B, C> listener) {
        requireNonNull(listener, "listener");
        return (arguments, ack) -> listener.accept(a.read(arguments), b.read(arguments), c.read(arguments), ack);
    }

    static <A, B, C, D> Listener.OfAny of(
            Reader<A> a, Reader<B> b, Reader<C> c, Reader<D> d, Listener.Of4<A, B, C, D> listener) {
        requireNonNull(listener, "listener");
        return (arguments, ack) ->
                listener.accept(a.read(arguments), b.read(arguments), c.read(arguments), d.read(arguments));
    }

    static <A, B, C, D> Listener.OfAny of(
            Reader<A> a, Reader<B> b, Reader<C> c, Reader<D> d, Listener.WithAck4<A, B, C, D> listener) {
        requireNonNull(listener, "listener");
        return (arguments, ack) ->
                listener.accept(a.read(arguments), b.read(arguments), c.read(arguments), d.read(arguments), ack);
    }

    static <A, B, C, D, E> Listener.OfAny of(
            Reader<A> a, Reader<B> b, Reader<C> c, Reader<D> d, Reader<E> e, Listener.Of5<A, B, C, D, E> listener) {
        requireNonNull(listener, "listener");
        return (arguments, ack) -> listener.accept(
                a.read(arguments), b.read(arguments), c.read(arguments), d.read(arguments), e.read(arguments));
    }

    static <A, B, C, D, E> Listener.OfAny of(
            Reader<A> a,
            Reader<B> b,
            Reader<C> c,
            Reader<D> d,
            Reader<E> e,
            Listener.WithAck5<A, B, C, D, E> listener) {
        requireNonNull(listener, "listener");
        return (arguments, ack) -> listener.accept(
                a.read(arguments), b.read(arguments), c.read(arguments), d.read(arguments), e.read(arguments), ack);
    }
}
