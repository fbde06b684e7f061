package dev.socketio.chat;

import dev.socketio.testing.Container;
import dev.socketio.testing.EmbeddedServer;
import dev.socketio.testing.NodeScript;
import dev.socketio.testing.WebArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages of the lessons in a browser, as they are in the WAR. */
final class LessonPagesIT {

    private static final Path PICTURES = Path.of(System.getProperty("target.directory", "target"), "screenshots");

    private static final Duration LIMIT = Duration.ofMinutes(5);

    @ParameterizedTest
    @CsvSource({"JETTY, ''", "TOMCAT, /some/app"})
    void teach(Container container, String contextPath) throws IOException {
        Files.createDirectories(PICTURES);
        try (EmbeddedServer server = WebArchive.start(container, 0, contextPath)) {
            NodeScript.run("lesson-pages.mjs", LIMIT, server.uri("/").toString(), PICTURES.toString());
        }
    }
}
