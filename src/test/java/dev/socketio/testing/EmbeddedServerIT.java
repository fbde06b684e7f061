package dev.socketio.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Serial;
import java.net.BindException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class EmbeddedServerIT {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @ParameterizedTest
    @EnumSource
    void servesWhatTheSetupRegistersAndNothingElse(Container container) throws IOException {
        try (EmbeddedServer server = container.start(0, "/app", context -> Servlets.add(context, "/x", new Hello()))) {
            assertThat(server.contextPath()).isEqualTo("/app");
            assertThat(statusOf(server.uri("/x/y?z"))).isEqualTo("HTTP/1.1 200");
            assertThat(statusOf(server.uri("/"))).isEqualTo("HTTP/1.1 404");
            assertThat(statusOf(server.uri("/y"))).isEqualTo("HTTP/1.1 404");
        }
    }

    @ParameterizedTest
    @EnumSource
    void leavesNoThreadBehind(Container container) throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        EmbeddedServer server = container.start(context -> Servlets.add(context, "/x", new Hello()));
        statusOf(server.uri("/x"));
        Set<Thread> started = new HashSet<>(Thread.getAllStackTraces().keySet());
        started.removeAll(before);
        assertThat(started).isNotEmpty();

        server.close();

        for (Thread thread : started) {
            TimeUnit.NANOSECONDS.timedJoin(thread, PATIENCE.toNanos());
            assertThat(thread.isAlive()).as(thread.getName()).isFalse();
        }
    }

    @Test
    void tomcatsLeaveNoDirectoryBehind() throws IOException {
        for (int i = 0; i < 2; i++) {
            Container.TOMCAT.start(context -> {}).close();
        }

        String prefix = "tomcat-" + ProcessHandle.current().pid() + "-";
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        try (DirectoryStream<Path> left = Files.newDirectoryStream(parent, prefix + "*")) {
            assertThat(left).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void tellsWhyTheWebApplicationDoesNotStart(Container container) {
        ServletException mistake = new ServletException("a mistake");
        EmbeddedServer.Setup failing = context -> {
            throw mistake;
        };
        assertThatThrownBy(() -> startUnlogged(container, 0, failing))
                .isInstanceOf(IllegalStateException.class)
                .hasRootCause(mistake);
    }

    @ParameterizedTest
    @EnumSource
    void refusesAPortThatIsTaken(Container container) {
        try (EmbeddedServer first = container.start(context -> {})) {
            assertThatThrownBy(() -> startUnlogged(container, first.port(), context -> {}))
                    .isInstanceOf(IllegalStateException.class)
                    .hasRootCauseInstanceOf(BindException.class);
        }
    }

    /** Containers log a failure as well, which would look like one in the log of a build that succeeds. */
    private static void startUnlogged(Container container, int port, EmbeddedServer.Setup setup) {
        Logger root = Logger.getLogger("");
        Level before = root.getLevel();
        root.setLevel(Level.OFF);
        try {
            container.start(port, "", setup).close();
        } finally {
            root.setLevel(before);
        }
    }

    /** Not with the JDK's clients, whose threads outlive them. */
    private static String statusOf(URI uri) throws IOException {
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            String request = "GET " + uri.getRawPath() + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            String line = reader.readLine();
            return line.substring(0, "HTTP/1.1 200".length());
        }
    }

    private static final class Hello extends HttpServlet {

        @Serial
        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().write("hello");
        }
    }
}
