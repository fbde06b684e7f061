package dev.socketio.servlet;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Jetty's own classes by their names, and its callbacks; see {@link JettyInternals}. The method handles that come from
 * here take and return objects where Jetty has a class of its own.
 */
final class JettyCore {

    private static final MethodHandles.Lookup LOOKUP = MethodHandles.publicLookup();

    private final ClassLoader jetty;
    private final Class<?> callback;
    private final Object noCallback;
    private final MethodHandle newCallback;
    private final MethodHandle succeed;
    private final MethodHandle fail;

    /** @param jetty the class loader of Jetty's own classes */
    JettyCore(ClassLoader jetty) throws ReflectiveOperationException {
        this.jetty = jetty;
        callback = named("util.Callback");
        noCallback = callback.getField("NOOP").get(null);
        MethodType from = MethodType.methodType(callback, Runnable.class, Consumer.class);
        newCallback = erased(LOOKUP.findStatic(callback, "from", from));
        succeed = method(callback, "succeeded", void.class);
        fail = method(callback, "failed", void.class, Throwable.class);
    }

    Class<?> named(String name) throws ClassNotFoundException {
        return Class.forName("org.eclipse.jetty." + name, /* initialize= */ false, jetty);
    }

    /** Returns a public method. */
    MethodHandle method(Class<?> type, String name, Class<?> returned, Class<?>... parameters)
            throws ReflectiveOperationException {
        return erased(LOOKUP.findVirtual(type, name, MethodType.methodType(returned, parameters)));
    }

    /** Returns a method handle that takes and returns objects in place of what only Jetty has. */
    static MethodHandle erased(MethodHandle handle) {
        MethodType type = handle.type();
        Class<?>[] parameters =
                Arrays.stream(type.parameterArray()).map(JettyCore::erased).toArray(Class<?>[]::new);
        return handle.asType(MethodType.methodType(erased(type.returnType()), parameters));
    }

    private static Class<?> erased(Class<?> type) {
        return type.getName().startsWith("org.eclipse.jetty.") ? Object.class : type;
    }

    /** Returns an object that is of several of Jetty's interfaces. */
    Object implement(InvocationHandler handler, Class<?>... interfaces) {
        return Proxy.newProxyInstance(jetty, interfaces, handler);
    }

    Class<?> callback() {
        return callback;
    }

    /** Returns the callback that does nothing. */
    Object noCallback() {
        return noCallback;
    }

    Object newCallback(Runnable onSuccess, Consumer<Throwable> onFailure) {
        try {
            return (Object) newCallback.invokeExact(onSuccess, onFailure);
        } catch (Throwable e) {
            throw Reflection.unchecked(e);
        }
    }

    /** Tells a callback of success. */
    void succeed(Object told) {
        Reflection.invoke(succeed, told);
    }

    /** Tells a callback of a failure. */
    void fail(Object told, Throwable cause) {
        try {
            fail.invokeExact(told, cause);
        } catch (Throwable e) {
            throw Reflection.unchecked(e);
        }
    }
}
