package dev.socketio.testing;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.net.URI;

/** A servlet container with one web application, inside this JVM. */
public interface EmbeddedServer extends AutoCloseable {

    /** What makes the web application. */
    @FunctionalInterface
    interface Setup {

        /** Registers servlets and listeners; called once, while the web application starts. */
        void onStartup(ServletContext context) throws ServletException;
    }

    /** Returns the port, the one that was found if any was asked for. */
    int port();

    /** Returns the path of the web application: empty at the root, otherwise with a slash at its start only. */
    String contextPath();

    /**
     * Returns the address of something in the web application.
     *
     * @param path with a slash at its start, perhaps with a query
     */
    default URI uri(String path) {
        return URI.create("http://localhost:" + port() + contextPath() + path);
    }

    /** Ends the web application, then the container with all its threads. Does nothing the second time. */
    @Override
    void close();
}
