package dev.socketio;

import dev.socketio.protocol.Arguments;
import org.jspecify.annotations.Nullable;

/**
 * What can be given to {@link Socket#on}: a lambda with as many parameters as types are named, and an {@link Ack} as one
 * more where the event wants an answer. Arguments that the client left out are null.
 *
 * <p>A listener may block: it delays later events of its own socket and nothing else. An exception that it throws is
 * logged, and the socket lives on.
 */
public final class Listener {

    private Listener() {}

    /** Takes an event with whatever came with it. */
    @FunctionalInterface
    public interface OfAny {

        /** Takes an event; the ack does nothing if the sender asked for none. */
        void accept(Arguments arguments, Ack ack) throws Exception;
    }

    /** Takes every event, whatever its name. */
    @FunctionalInterface
    public interface CatchAll {

        /** Takes an event. */
        void accept(String event, Arguments arguments) throws Exception;
    }

    /** Takes an event with no arguments. */
    @FunctionalInterface
    public interface Of0 {

        /** Takes an event. */
        void accept() throws Exception;
    }

    /** Takes an event with one argument. */
    @FunctionalInterface
    public interface Of1<A extends @Nullable Object> {

        /** Takes an event. */
        void accept(A first) throws Exception;
    }

    /** Takes an event with one argument and answers it. */
    @FunctionalInterface
    public interface WithAck1<A extends @Nullable Object> {

        /** Takes an event and answers it, now or later. */
        void accept(A first, Ack ack) throws Exception;
    }

    /** Takes an event with two arguments. */
    @FunctionalInterface
    public interface Of2<A extends @Nullable Object, B extends @Nullable Object> {

        /** Takes an event. */
        void accept(A first, B second) throws Exception;
    }

    /** Takes an event with two arguments and answers it. */
    @FunctionalInterface
    public interface WithAck2<A extends @Nullable Object, B extends @Nullable Object> {

        /** Takes an event and answers it, now or later. */
        void accept(A first, B second, Ack ack) throws Exception;
    }

    /** Takes an event with three arguments. */
    @FunctionalInterface
    public interface Of3<A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object> {

        /** Takes an event. */
        void accept(A first, B second, C third) throws Exception;
    }

    /** Takes an event with three arguments and answers it. */
    @FunctionalInterface
    public interface WithAck3<A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object> {

        /** Takes an event and answers it, now or later. */
        void accept(A first, B second, C third, Ack ack) throws Exception;
    }

    /** Takes an event with four arguments. */
    @FunctionalInterface
    public interface Of4<
            A extends @Nullable Object,
            B extends @Nullable Object,
            C extends @Nullable Object,
            D extends @Nullable Object> {

        /** Takes an event. */
        void accept(A first, B second, C third, D fourth) throws Exception;
    }

    /** Takes an event with four arguments and answers it. */
    @FunctionalInterface
    public interface WithAck4<
            A extends @Nullable Object,
            B extends @Nullable Object,
            C extends @Nullable Object,
            D extends @Nullable Object> {

        /** Takes an event and answers it, now or later. */
        void accept(A first, B second, C third, D fourth, Ack ack) throws Exception;
    }

    /** Takes an event with five arguments. */
    @FunctionalInterface
    public interface Of5<
            A extends @Nullable Object,
            B extends @Nullable Object,
            C extends @Nullable Object,
            D extends @Nullable Object,
            E extends @Nullable Object> {

        /** Takes an event. */
        void accept(A first, B second, C third, D fourth, E fifth) throws Exception;
    }

    /** Takes an event with five arguments and answers it. */
    @FunctionalInterface
    public interface WithAck5<
            A extends @Nullable Object,
            B extends @Nullable Object,
            C extends @Nullable Object,
            D extends @Nullable Object,
            E extends @Nullable Object> {

        /** Takes an event and answers it, now or later. */
        void accept(A first, B second, C third, D fourth, E fifth, Ack ack) throws Exception;
    }
}
