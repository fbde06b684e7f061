package dev.socketio.deployment;

import dev.socketio.servlet.SocketIoInitializer;
import dev.socketio.testing.Certificate;
import dev.socketio.testing.Container;
import dev.socketio.testing.EmbeddedServer;
import dev.socketio.testing.Entrance;
import dev.socketio.testing.NodeScript;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Containers that end TLS themselves, with HTTP/1.1 and HTTP/2 beneath it. */
@Execution(ExecutionMode.SAME_THREAD)
final class TlsIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    static Path folder;

    private static Certificate certificate;

    @BeforeAll
    static void createCertificate() {
        certificate = Certificate.create(folder);
    }

    private static EmbeddedServer start(Container container) {
        return container.start(
                Entrance.tls(certificate),
                "",
                context -> SocketIoInitializer.register(context, DeployedApp.pingingOften()));
    }

    private static String origin(EmbeddedServer server) {
        return "https://127.0.0.1:" + server.port();
    }

    @ParameterizedTest
    @EnumSource
    void servesHttpsAndWss(Container container) {
        try (EmbeddedServer server = start(container)) {
            NodeScript.run("deployed.mjs", LIMIT, origin(server), "/socket.io/", """
                    {"address": "127.0.0.2", "secure": true, "url": "/socket.io/?"}""");
        }
    }

    @ParameterizedTest
    @CsvSource({"JETTY, HTTP/2", "TOMCAT, HTTP/1.1"})
    void servesHttp2(Container container, String webSockets) {
        try (EmbeddedServer server = start(container)) {
            NodeScript.run("http2.mjs", LIMIT, origin(server), "/socket.io/", webSockets);
        }
    }
}
