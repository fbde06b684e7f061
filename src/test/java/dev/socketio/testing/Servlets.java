package dev.socketio.testing;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;

/** Registers servlets as the servlets of this library need it. */
public final class Servlets {

    private Servlets() {}

    /**
     * Registers a servlet, asynchronous and started with the web application.
     *
     * @param path below which it takes everything, without a slash at its end
     */
    public static void add(ServletContext context, String path, Servlet servlet) {
        ServletRegistration.Dynamic registration = context.addServlet(path, servlet);
        registration.setAsyncSupported(true);
        registration.setLoadOnStartup(1);
        registration.addMapping(path + "/*");
    }
}
