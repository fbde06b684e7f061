package dev.socketio.chat;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.socketio.testing.Container;
import dev.socketio.testing.NodeScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The chat's page in browsers, its pictures in {@code target/screenshots}. */
final class ChatPageIT {

    private static final Path PICTURES = Path.of(System.getProperty("target.directory", "target"), "screenshots");

    private static final Duration LIMIT = Duration.ofMinutes(5);

    /** Each with a folder for its pictures; the tutorials know nothing but the root. */
    static Stream<Arguments> places() {
        return Stream.of(arguments(Container.JETTY, "/some/chat"), arguments(Container.TOMCAT, ""));
    }

    @ParameterizedTest
    @MethodSource("places")
    void bringsPeopleTogether(Container container, String contextPath) throws IOException {
        run("chat-page.mjs", container, contextPath);
    }

    @ParameterizedTest
    @MethodSource("places")
    void bearsLostConnections(Container container, String contextPath) throws IOException {
        run("chat-connection.mjs", container, contextPath);
    }

    @ParameterizedTest
    @MethodSource("places")
    void looksGoodAndCanBeUsedByEverybody(Container container, String contextPath) throws IOException {
        run("chat-looks.mjs", container, contextPath);
    }

    @Test
    void talksWithThePagesOfTutorials() throws IOException {
        run("tutorial-pages.mjs", Container.TOMCAT, "");
    }

    private static void run(String script, Container container, String contextPath) throws IOException {
        Path pictures =
                Files.createDirectories(PICTURES.resolve(container.name().toLowerCase(Locale.ROOT)));
        try (FreshChats chats = new FreshChats(container, contextPath)) {
            NodeScript.run(script, LIMIT, chats.uri().toString(), pictures.toString());
        }
    }
}
