package dev.socketio;

import dev.socketio.protocol.Arguments;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What can be given to {@link EventEmitter#on}: a lambda with as many parameters as types are named, and an {@link Ack} as
 * one more where the event wants an answer. Arguments that the client left out are null.
 *
 * <p>A listener may block: it delays later events of its own socket and nothing else. An exception that it throws ends
 * nothing: {@link Socket#onError} hears of it, or the log.
 */
public sealed interface Listener {

    /** Takes an event with whatever came with it. */
    @FunctionalInterface
    non-sealed interface OfAny extends Listener {

        /** Takes an event; the ack does nothing if the sender asked for none. */
        void accept(Arguments arguments, Ack ack) throws Exception;
    }

    /** Takes every event of a client, whatever its name. */
    @FunctionalInterface
    interface CatchAll {

        /** Takes an event. */
        void accept(String event, Arguments arguments) throws Exception;
    }

    /** Takes every event that is sent to a socket, whatever its name. */
    @FunctionalInterface
    interface Outgoing {

        /**
         * Takes an event.
         *
         * @param arguments as they were given to {@code emit}; the list cannot be modified
         */
        void accept(String event, List<@Nullable Object> arguments) throws Exception;
    }

    /** Takes an event with no arguments. */
    @FunctionalInterface
    non-sealed interface Of0 extends Listener {

        /** Takes an event. */
        void accept() throws Exception;
    }

    /** Takes an event with one argument. */
    @FunctionalInterface
    non-sealed interface Of1<A extends @Nullable Object> extends Listener {

        /** Takes an event. */
        void accept(A first) throws Exception;
    }

    /** Takes an event with one argument and answers it. */
    @FunctionalInterface
    non-sealed interface WithAck1<A extends @Nullable Object> extends Listener {

        /** Takes an event and answers it, now or later. */
        void accept(A first, Ack ack) throws Exception;
    }

    /** Takes an event with two arguments. */
    @FunctionalInterface
    non-sealed interface Of2<A extends @Nullable Object, B extends @Nullable Object> extends Listener {

        /** Takes an event. */
        void accept(A first, B second) throws Exception;
    }

    /** Takes an event with two arguments and answers it. */
    @FunctionalInterface
    non-sealed interface WithAck2<A extends @Nullable Object, B extends @Nullable Object> extends Listener {

        /** Takes an event and answers it, now or later. */
        void accept(A first, B second, Ack ack) throws Exception;
    }

    /** Takes an event with three arguments. */
    @FunctionalInterface
    non-sealed interface Of3<A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object>
            extends Listener {

        /** Takes an event. */
        void accept(A first, B second, C third) throws Exception;
    }

    /** Takes an event with three arguments and answers it. */
    @FunctionalInterface
    non-sealed interface WithAck3<A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object>
            extends Listener {

        /** Takes an event and answers it, now or later. */
        void accept(A first, B second, C third, Ack ack) throws Exception;
    }

    /** Takes an event with four arguments. */
    @FunctionalInterface
    non-sealed interface Of4<
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object>
            extends Listener {

        /** Takes an event. */
        void accept(A first, B second, C third, D fourth) throws Exception;
    }

    /** Takes an event with four arguments and answers it. */
    @FunctionalInterface
    non-sealed interface WithAck4<
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object>
            extends Listener {

        /** Takes an event and answers it, now or later. */
        void accept(A first, B second, C third, D fourth, Ack ack) throws Exception;
    }

    /** Takes an event with five arguments. */
    @FunctionalInterface
    non-sealed interface Of5<
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object>
            extends Listener {

        /** Takes an event. */
        void accept(A first, B second, C third, D fourth, E fifth) throws Exception;
    }

    /** Takes an event with five arguments and answers it. */
    @FunctionalInterface
    non-sealed interface WithAck5<
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object>
            extends Listener {

        /** Takes an event and answers it, now or later. */
        void accept(A first, B second, C third, D fourth, E fifth, Ack ack) throws Exception;
    }
}
