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
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
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
        run(program, container, Proxy::uri, "/live/socket.io/", /* secure= */ false);
    }

    @ParameterizedTest(name = "{0} in front of {1}")
    @MethodSource("ways")
    void endsTls(Program program, Container container) {
        run(program, container, Proxy::secureUri, "/app/socket.io/", /* secure= */ true);
    }

    private static void run(
            Program program, Container container, Function<Proxy, URI> entrance, String path, boolean secure) {
        program.assumeInstalled();
        try (EmbeddedServer server = start(container);
                Proxy proxy = start(program, server)) {
            NodeScript.run("deployed.mjs", LIMIT, entrance.apply(proxy).toString(), path, """
                    {"address": "127.0.0.2", "secure": %s, "url": "/app/socket.io/?"}""".formatted(secure));
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

    @ParameterizedTest
    @EnumSource
    void cutsClientsIfItWaitsForLessThanTheTimeBetweenPings(Program program) {
        program.assumeInstalled();
        DeployedApp silent = new DeployedApp(Duration.ofSeconds(25));
        try (EmbeddedServer server = start(Container.JETTY, silent);
                Proxy proxy = start(program, server)) {
            NodeScript.run("impatient.mjs", LIMIT, proxy.uri().toString(), "/live/socket.io/");
        }
    }

    @Test
    void hidesTheServersOwnOriginIfItDoesNotPassHostOn() {
        Program.NGINX.assumeInstalled();
        try (EmbeddedServer server = start(Container.TOMCAT);
                Proxy proxy = start(Program.NGINX, server, "proxy_set_header Host $http_host;", "")) {
            HttpRequest request = HttpRequest.newBuilder(proxy.uri().resolve("/app/socket.io/?EIO=4&transport=polling"))
                    .header("Origin", proxy.uri().toString())
                    .build();
            HttpResponse<String> response = HttpClient.newHttpClient()
                    .sendAsync(request, BodyHandlers.ofString())
                    .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
                    .join();

            assertThat(response.statusCode()).isEqualTo(403);
        }
    }

    private static EmbeddedServer start(Container container) {
        return start(container, DeployedApp.pingingOften());
    }

    private static EmbeddedServer start(Container container, DeployedApp application) {
        return container.start(Entrance.proxy(), "/app", context -> SocketIoInitializer.register(context, application));
    }

    /** Starts a proxy that waits for longer than the application is silent, but not for much longer. */
    private static Proxy start(Program program, EmbeddedServer server, String... changes) {
        String configuration = Documents.snippets(PAGE, program.name().toLowerCase(Locale.ROOT))
                .get(0)
                .code();
        return Proxy.start(
                program,
                replace(
                        replace(configuration, changes),
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
