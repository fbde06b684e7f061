package dev.socketio.examples;

import dev.socketio.testing.Container;
import dev.socketio.testing.EmbeddedServer;
import dev.socketio.testing.WebArchive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Web applications as users have them: with a {@code web.xml}, classes that the container finds, and a realm, in which
 * {@code ada} is an editor and {@code bob} is not. A password is the name twice.
 */
final class WebApp {

    private static final WebArchive.User[] USERS = {
        new WebArchive.User("ada", "editor"), new WebArchive.User("bob", "reader")
    };

    private WebApp() {}

    /** Deploys what {@link #assemble} has put together under {@code /app}. */
    static EmbeddedServer start(Container container, Path folder) {
        return WebArchive.start(container, 0, "/app", folder, USERS);
    }

    /**
     * Puts a web application together.
     *
     * @param folder of {@code src/test/guide}
     * @param parent where it goes
     * @param classes what it has in {@code WEB-INF/classes}
     */
    static Path assemble(String folder, Path parent, Class<?>... classes) throws Exception {
        Path source = Path.of("src", "test", "guide", folder);
        Path target = parent.resolve(folder);
        try (Stream<Path> files = Files.walk(source)) {
            files.forEach(
                    file -> copy(file, target.resolve(source.relativize(file).toString())));
        }
        for (Class<?> type : classes) {
            Path file = Path.of(type.getName().replace('.', '/') + ".class");
            Path compiled = Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
            Path classFile = target.resolve("WEB-INF").resolve("classes").resolve(file);
            Files.createDirectories(classFile.getParent());
            copy(compiled.resolve(file), classFile);
        }
        return target;
    }

    private static void copy(Path from, Path to) {
        try {
            Files.copy(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
