package dev.socketio.servlet;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;

/** What is needed wherever containers are reached below their APIs. */
final class Reflection {

    private Reflection() {}

    /** Returns the constant of an enum. */
    static Object constant(Class<?> type, String name) throws NoSuchFieldException {
        return Arrays.stream(requireNonNull(type.getEnumConstants()))
                .filter(constant -> ((Enum<?>) constant).name().equals(name))
                .findFirst()
                .orElseThrow(() -> new NoSuchFieldException(name));
    }

    /** Returns what a method handle threw as what may be thrown anywhere; no method that is called so declares another. */
    static RuntimeException unchecked(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException exception ? exception : new IllegalStateException(thrown);
    }
}
