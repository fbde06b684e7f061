package dev.socketio.servlet;

import dev.socketio.SocketIoApplication;
import dev.socketio.SocketIoServer;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.annotation.HandlesTypes;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Starts the {@link SocketIoApplication}s of a web application, which needs no {@code web.xml} for it. The container
 * calls it.
 *
 * <p>Applications are found among the classes of the web application, and by {@link ServiceLoader}, unless the option
 * {@code socketio.discovery} is {@code false} or the web application is one of Spring Boot. Those that are beans of CDI
 * are made by it, the others by their constructors. For each, options
 * come from {@link SocketIoApplication#options}, then from the context parameters whose names start with
 * {@code socketio.}, then from environment variables such as {@code SOCKETIO_PINGINTERVAL}, then from the system
 * properties of such names; the last wins.
 */
@HandlesTypes(SocketIoApplication.class)
public final class SocketIoInitializer implements ServletContainerInitializer {

    /** What the names of options start with where operators set them. */
    public static final String PREFIX = "socketio.";

    /** An option of the web application as a whole: whether applications are looked for. */
    public static final String DISCOVERY = "discovery";

    private static final String SPRING_BOOT =
            "org/springframework/boot/web/servlet/support/SpringBootServletInitializer.class";

    @Override
    public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context) throws ServletException {
        if (!discovers(context)) {
            return;
        }
        for (SocketIoApplication application : applications(classes, context)) {
            register(context, application);
        }
    }

    /**
     * Creates a server for an application and maps it to its path. For containers that are embedded and for frameworks
     * that make the application themselves; to be called before the context has started. Whatever belongs to the web
     * application finds the server with {@link SocketIoServers}.
     *
     * @return the server, which ends with the context
     * @throws IllegalArgumentException if an option is unknown or malformed
     * @throws IllegalStateException if something else is mapped to the path
     */
    public static SocketIoServer register(ServletContext context, SocketIoApplication application) {
        SocketIoServer io = create(application, operatorOptions(context));
        try {
            register(context, io);
        } catch (RuntimeException | Error e) {
            io.close();
            throw e;
        }
        return io;
    }

    /**
     * Creates a server for an application, to be {@linkplain #register(ServletContext, SocketIoServer) registered} or
     * closed.
     *
     * @param options the operator's, which win over the application's, as {@link SocketIoServer.Builder#override} takes
     *     them
     * @throws IllegalArgumentException if an option is unknown or malformed
     */
    public static SocketIoServer create(SocketIoApplication application, Map<String, String> options) {
        SocketIoServer.Builder builder = SocketIoServer.builder();
        application.options(builder);
        SocketIoServer io = builder.override(options).build();
        try {
            application.configure(io);
        } catch (RuntimeException | Error e) {
            io.close();
            throw e;
        }
        return io;
    }

    /**
     * Maps a server to its path; to be called before the context has started. From then on it ends with the context.
     *
     * @throws IllegalStateException if something else is mapped to the path
     */
    public static void register(ServletContext context, SocketIoServer io) {
        String path = io.options().path();
        // without a colon, which would be none of a JMX name: Payara drops such servlets
        ServletRegistration.Dynamic servlet = context.addServlet("socketio" + path, new SocketIoServlet(io));
        if (servlet == null) {
            throw new IllegalStateException("two applications have the path " + path + ": give one another path");
        }
        servlet.setAsyncSupported(true);
        servlet.setLoadOnStartup(1);
        if (!servlet.addMapping(path + "/*").isEmpty()) {
            throw new IllegalStateException("another servlet is mapped to " + path + "/*: give the application, or the"
                    + " servlet, another path");
        }
        SocketIoServers.add(context, io);
    }

    private static boolean discovers(ServletContext context) {
        String text = OperatorOptions.of(context).get(DISCOVERY);
        if (text == null) {
            return !isSpringBoot(context.getClassLoader());
        }
        return switch (text.trim()) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new IllegalArgumentException(
                        "option " + PREFIX + DISCOVERY + " is \"" + text + "\": give true or false");
        };
    }

    /** There the applications are beans, which this initializer would make a second time. */
    private static boolean isSpringBoot(@Nullable ClassLoader loader) {
        ClassLoader found = loader == null ? SocketIoInitializer.class.getClassLoader() : loader;
        return found.getResource(SPRING_BOOT) != null;
    }

    private static Map<String, String> operatorOptions(ServletContext context) {
        Map<String, String> options = OperatorOptions.of(context);
        options.remove(DISCOVERY);
        return options;
    }

    private static List<SocketIoApplication> applications(@Nullable Set<Class<?>> classes, ServletContext context)
            throws ServletException {
        Map<Class<?>, SocketIoApplication> found = new LinkedHashMap<>();
        for (Class<?> type : classes == null ? Set.<Class<?>>of() : classes) {
            if (!type.isInterface() && !Modifier.isAbstract(type.getModifiers())) {
                found.put(type, create(type, context));
            }
        }
        ServiceLoader.load(SocketIoApplication.class, context.getClassLoader()).stream()
                .filter(provider -> !found.containsKey(provider.type()))
                .forEach(provider -> found.put(provider.type(), provider.get()));
        return new ArrayList<>(found.values());
    }

    private static SocketIoApplication create(Class<?> type, ServletContext context) throws ServletException {
        SocketIoApplication bean = bean(type, context);
        if (bean != null) {
            return bean;
        }
        try {
            return (SocketIoApplication) type.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new ServletException(
                    type.getName() + " cannot be created: it needs to be public, with a public constructor without"
                            + " parameters; if a framework makes it, set the context parameter " + PREFIX + DISCOVERY
                            + " to false",
                    e);
        }
    }

    private static @Nullable SocketIoApplication bean(Class<?> type, ServletContext context) {
        try {
            return CdiBeans.find(type, context);
        } catch (NoClassDefFoundError noCdi) {
            return null;
        }
    }
}
