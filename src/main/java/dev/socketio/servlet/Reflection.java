package dev.socketio.servlet;

import static java.util.Objects.requireNonNull;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Arrays;

/** What is needed wherever containers are reached below their APIs. */
final class Reflection {

    private Reflection() {}

    /** Returns a field, whoever may use it. */
    static Field field(Class<?> type, String name) throws NoSuchFieldException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }

    /** Returns a method, whoever may use it. */
    static Method method(Class<?> type, String name, Class<?>... parameters) throws NoSuchMethodException {
        Method method = type.getDeclaredMethod(name, parameters);
        method.setAccessible(true);
        return method;
    }

    /** Returns a method handle whose first argument, of a class that cannot be named here, may be any object. */
    static MethodHandle ofObject(MethodHandle handle) {
        return handle.asType(handle.type().changeParameterType(0, Object.class));
    }

    /** Calls a method handle that takes an object and returns nothing. */
    static void invoke(MethodHandle ofObject, Object target) {
        try {
            ofObject.invokeExact(target);
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

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
