package dev.socketio.testing;

import dev.socketio.servlet.SocketIoInitializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Web applications deployed as containers deploy them, with their scanning for annotations and initializers: the WAR, as
 * the build has put it together, or a folder like it.
 */
public final class WebArchive {

    /** Who may log in, with one role. */
    public record User(String name, String role) {

        /** Returns the name twice. */
        public String password() {
            return name + name;
        }
    }

    /** Off by itself where Spring Boot is, such as on the class path of the tests. */
    static final String DISCOVERY = SocketIoInitializer.PREFIX + SocketIoInitializer.DISCOVERY;

    static final String REALM = "desk";

    private WebArchive() {}

    /**
     * Starts a container with the WAR in it.
     *
     * @param port 0 for any that is free
     * @param contextPath such as {@code /chat}; empty for the root
     * @param users who logs in with HTTP's basic authentication; none for a container without any way to log in
     */
    public static EmbeddedServer start(Container container, int port, String contextPath, User... users) {
        return start(container, port, contextPath, single("servlet-socketio-*", "WEB-INF"), users);
    }

    /**
     * Starts a container with a web application in it.
     *
     * @param folder what would be in its WAR; how users log in is said by its {@code web.xml}, if it has one
     */
    public static EmbeddedServer start(Container container, int port, String contextPath, Path folder, User... users) {
        return switch (container) {
            case JETTY -> new JettyWithFolder(port, contextPath, folder, users);
            case TOMCAT -> new TomcatWithFolder(port, contextPath, folder, users);
        };
    }

    /**
     * Returns the one thing in the build's directory whose name matches.
     *
     * @param glob for its name
     * @param content a path that must be in it; empty for a file
     */
    public static Path single(String glob, String content) {
        Path target = Path.of(System.getProperty("target.directory", "target")).toAbsolutePath();
        try (DirectoryStream<Path> candidates = Files.newDirectoryStream(
                target,
                path -> target.getFileSystem().getPathMatcher("glob:" + glob).matches(path.getFileName())
                        && Files.exists(path.resolve(content)))) {
            for (Path found : candidates) {
                return found;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException("no " + glob + " in " + target + ": run mvn package");
    }
}
