package dev.socketio.apps;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Starts, in a WAR, the app that its context parameter {@code app} names. */
public final class WarInitializer implements ServletContainerInitializer {

    @Override
    public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context) throws ServletException {
        String name = String.valueOf(context.getInitParameter("app"));
        Apps.named(name)
                .orElseThrow(() -> new ServletException("unknown app: " + name))
                .onStartup(context);
    }
}
