package dev.socketio.protocol;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way to clients, before it is encoded.
 *
 * @param arguments values that Jackson can write, in order; an unmodifiable list that may hold nulls
 * @param ackId under which an answer is expected; negative if none is
 */
public record OutgoingEvent(String namespace, String name, List<@Nullable Object> arguments, long ackId) {

    /** Stands for an event that expects no answer. */
    public static final long NO_ACK = -1;

    /** Keeps an immutable copy of the list. */
    public OutgoingEvent {
        requireNonNull(namespace, "namespace");
        requireNonNull(name, "name");
        arguments = arguments.size() == 1 // as most have
                ? Collections.singletonList(arguments.get(0))
                : Collections.unmodifiableList(new ArrayList<>(arguments));
    }

    /**
     * Creates an event that expects no answer.
     *
     * @param arguments as {@link #list} takes them
     */
    public static OutgoingEvent of(String namespace, String name, @Nullable Object @Nullable [] arguments) {
        return new OutgoingEvent(namespace, name, list(arguments), NO_ACK);
    }

    /** Returns variable arguments as a list. No array at all is what {@code emit("x", null)} hands over: one null. */
    public static List<@Nullable Object> list(@Nullable Object @Nullable [] arguments) {
        return arguments == null ? Collections.singletonList(null) : Arrays.asList(arguments);
    }

    /** Returns the same event with one more argument at its end. */
    public OutgoingEvent with(@Nullable Object argument) {
        List<@Nullable Object> more = new ArrayList<>(arguments);
        more.add(argument);
        return new OutgoingEvent(namespace, name, more, ackId);
    }

    /** Returns the same event, which expects an answer. */
    public OutgoingEvent withAckId(long ackId) {
        return new OutgoingEvent(namespace, name, arguments, ackId);
    }
}
