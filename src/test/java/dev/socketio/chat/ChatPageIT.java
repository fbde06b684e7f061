package dev.socketio.chat;

import dev.socketio.servlet.SocketIoInitializer;
import dev.socketio.testing.Container;
import dev.socketio.testing.EmbeddedServer;
import dev.socketio.testing.NodeScript;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.eclipse.jetty.ee10.servlet.DefaultServlet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The chat's page in a browser. */
final class ChatPageIT {

    private static final Path PICTURES = Path.of(System.getProperty("target.directory", "target"), "screenshots");

    private static final Duration LIMIT = Duration.ofMinutes(5);

    @ParameterizedTest
    @ValueSource(strings = {"", "/chat"})
    void bringsPeopleTogether(String contextPath) throws IOException {
        Files.createDirectories(PICTURES);
        try (EmbeddedServer server = Container.JETTY.start(0, contextPath, ChatPageIT::deploy)) {
            NodeScript.run("chat-page.mjs", LIMIT, server.uri("/").toString(), PICTURES.toString());
        }
    }

    private static void deploy(ServletContext context) {
        SocketIoInitializer.register(context, new ChatApplication());
        ServletRegistration.Dynamic files = context.addServlet("files", new DefaultServlet());
        files.setInitParameter("baseResource", Path.of("webapp").toUri().toString());
        files.addMapping("/");
    }
}
