package dev.socketio.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;
import org.jspecify.annotations.Nullable;

/** Tomcat as it comes, without scanning: initializers of other containers on the class path do not run. */
public final class EmbeddedTomcat implements EmbeddedServer {

    /** Tomcat's own limit, 8192, is below what the tests under load need; WebSockets count. */
    private static final String MAX_CONNECTIONS = "20000";

    private final Tomcat tomcat = new Tomcat();
    private final Path directory;
    private final Context context;

    /** What the setup has thrown, which Tomcat logs and keeps to itself. */
    private volatile @Nullable Throwable failure;

    private EmbeddedTomcat(int port, String contextPath, Path directory, Setup setup) {
        this.directory = directory;
        tomcat.setBaseDir(directory.toString());
        tomcat.setPort(port);
        tomcat.getConnector().setProperty("maxConnections", MAX_CONNECTIONS);
        tomcat.getConnector().setThrowOnFailure(true);
        // a context without ContextConfig, which is what would look for initializers
        context = tomcat.addContext(contextPath, directory.toString());
        context.addServletContainerInitializer(new WsSci(), Set.of());
        context.addServletContainerInitializer(
                (classes, started) -> {
                    try {
                        setup.onStartup(started);
                    } catch (Exception | LinkageError e) {
                        failure = e;
                        throw e;
                    }
                },
                Set.of());
    }

    /**
     * Starts Tomcat.
     *
     * @param port 0 for any that is free
     * @param contextPath such as {@code /chat}; empty for the root
     * @throws IllegalStateException if it does not start; nothing is left of it then
     */
    public static EmbeddedTomcat start(int port, String contextPath, Setup setup) {
        EmbeddedTomcat started = new EmbeddedTomcat(port, contextPath, temporaryDirectory(), setup);
        try {
            started.tomcat.start();
            if (started.context.getState() != LifecycleState.STARTED) {
                throw new LifecycleException("the web application failed", started.failure);
            }
        } catch (LifecycleException e) {
            started.close();
            throw new IllegalStateException("Tomcat does not start: " + e.getMessage(), e);
        }
        return started;
    }

    @Override
    public int port() {
        return tomcat.getConnector().getLocalPort();
    }

    @Override
    public String contextPath() {
        return context.getPath();
    }

    @Override
    public void close() {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IllegalStateException("Tomcat does not stop", e);
        } finally {
            delete(directory);
        }
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("tomcat-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(directory)) {
            List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
            for (Path each : deepestFirst) {
                Files.delete(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
