package dev.socketio.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.docs.Documents;
import dev.socketio.servlet.SocketIoInitializer;
import dev.socketio.testing.Certificate;
import dev.socketio.testing.Container;
import dev.socketio.testing.EmbeddedServer;
import dev.socketio.testing.Entrance;
import dev.socketio.testing.NodeScript;
import dev.socketio.testing.Proxy;
import dev.socketio.testing.Proxy.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The configurations of the page about proxies, with the official client. */
@Execution(ExecutionMode.SAME_THREAD)
final class ProxyIT {

    private static final Path PAGE = Path.of("docs", "proxies.md");

    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    static Path folder;

    private static Certificate certificate;

    @BeforeAll
    static void createCertificate() {
        certificate = Certificate.create(folder);
    }

    static Stream<Arguments> ways() {
        return Arrays.stream(Program.values())
                .flatMap(program ->
                        Arrays.stream(Container.values()).map(container -> Arguments.of(program, container)));
    }

    @ParameterizedTest(name = "{0} in front of {1}")
    @MethodSource("ways")
    void leadsToAnotherPath(Program program, Container container) {
        program.assumeInstalled();
        try (EmbeddedServer server = start(container);
                Proxy proxy = start(program, server)) {
            NodeScript.run("deployed.mjs", LIMIT, proxy.uri().toString(), "/live/socket.io/", """
                    {"address": "127.0.0.2", "secure": false, "url": "/app/socket.io/?"}""");
        }
    }

    @ParameterizedTest(name = "{0} in front of {1}")
    @MethodSource("ways")
    void endsTls(Program program, Container container) {
        program.assumeInstalled();
        try (EmbeddedServer server = start(container);
                Proxy proxy = start(program, server)) {
            NodeScript.run("deployed.mjs", LIMIT, proxy.secureUri().toString(), "/app/socket.io/", """
                    {"address": "127.0.0.2", "secure": true, "url": "/app/socket.io/?"}""");
        }
    }

    @ParameterizedTest(name = "{0} in front of {1}")
    @MethodSource("ways")
    void speaksHttp2(Program program, Container container) {
        program.assumeInstalled();
        String webSockets = program == Program.HAPROXY ? "HTTP/2" : "HTTP/1.1";
        try (EmbeddedServer server = start(container);
                Proxy proxy = start(program, server)) {
            NodeScript.run("http2.mjs", LIMIT, proxy.secureUri().toString(), "/live/socket.io/", webSockets);
        }
    }

    private static EmbeddedServer start(Container container) {
        return container.start(
                Entrance.proxy(), "/app", context -> SocketIoInitializer.register(context, new DeployedApp()));
    }

    /** Starts a proxy that waits for longer than the application is silent, but not for much longer. */
    private static Proxy start(Program program, EmbeddedServer server) {
        String configuration = Documents.snippets(PAGE, program.name().toLowerCase(Locale.ROOT))
                .get(0)
                .code();
        return Proxy.start(
                program,
                replace(
                        configuration,
                        "127.0.0.1:8080",
                        "127.0.0.1:" + server.port(),
                        "60s",
                        "2s",
                        program == Program.NGINX ? "/etc/nginx/site.pem" : "/etc/haproxy/site.pem",
                        certificate.pem().toString()));
    }

    private static String replace(String text, String... pairs) {
        String replaced = text;
        for (int i = 0; i < pairs.length; i += 2) {
            assertThat(replaced).contains(pairs[i]);
            replaced = replaced.replace(pairs[i], pairs[i + 1]);
        }
        return replaced;
    }
}
