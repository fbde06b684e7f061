package dev.socketio.examples;

import dev.socketio.SocketIoApplication;
import dev.socketio.servlet.SocketIoInitializer;
import dev.socketio.testing.Container;
import dev.socketio.testing.EmbeddedServer;
import dev.socketio.testing.NodeScript;
import jakarta.servlet.ServletRegistration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.DefaultServlet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages of the guide in a browser, with their applications under a context path. */
final class PagesIT {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    static Stream<Arguments> applications() {
        return Stream.of(
                Arguments.of("hello", new Hello()),
                Arguments.of("first-steps", new FirstSteps()),
                Arguments.of("chat", new Chat()),
                Arguments.of("stage", new Stage()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("applications")
    void doWhatTheGuideSays(String name, SocketIoApplication application) {
        try (EmbeddedServer server = Container.JETTY.start(0, "/" + name, context -> {
            SocketIoInitializer.register(context, application);
            ServletRegistration.Dynamic files = context.addServlet("files", new DefaultServlet());
            files.setInitParameter(
                    "baseResource",
                    Path.of("src", "test", "guide", name).toUri().toString());
            files.addMapping("/");
        })) {
            NodeScript.run("guide-pages.mjs", LIMIT, name, server.uri("/").toString());
        }
    }
}
