package dev.socketio.terminal;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.SocketIoApplication;
import dev.socketio.SocketIoServer;
import dev.socketio.engine.TransportName;
import dev.socketio.servlet.SocketIoInitializer;
import dev.socketio.testing.Container;
import dev.socketio.testing.EmbeddedServer;
import dev.socketio.testing.Listener;
import dev.socketio.testing.NodeScript;
import dev.socketio.testing.Program;
import dev.socketio.testing.WebArchive;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The terminal client as it is built, a process of its own, and the WAR. */
final class TerminalClientIT {

    private static final Path JAR = WebArchive.single("servlet-socketio-*-client.jar", "");

    private static final Path PICTURES = Path.of(System.getProperty("target.directory", "target"), "screenshots");

    private static String url(EmbeddedServer server) {
        return server.uri("").toString();
    }

    @ParameterizedTest
    @CsvSource({"JETTY, /some/app", "TOMCAT, ''"})
    void drivesThePage(Container container, String contextPath) throws Exception {
        Files.createDirectories(PICTURES);
        try (EmbeddedServer server = WebArchive.start(container, 0, contextPath)) {
            NodeScript.run(
                    "terminal-client.mjs",
                    Duration.ofMinutes(3),
                    url(server) + "/",
                    JAR.toString(),
                    PICTURES.toString());
        }
    }

    @ParameterizedTest
    @EnumSource
    void sendsAndPrints(Container container, @TempDir Path folder) throws Exception {
        byte[] bytes = new byte[600_000];
        Arrays.fill(bytes, (byte) 0xfe);
        Path file = Files.write(folder.resolve("a file.bin"), bytes);
        try (EmbeddedServer server = WebArchive.start(container, 0, "/app");
                Listener other = Listener.connect(server, "message");
                Program client = new Program(JAR, "connect", url(server))) {
            client.nextNews("connected to " + url(server) + "/socket.io/ as ");
            client.type("message 42\nmessage hällo  wörld\nsend " + file + "\n");

            assertThat(other.next()).isEqualTo(42);
            assertThat(other.next()).isEqualTo("hällo  wörld");
            assertThat((byte[]) other.next()).isEqualTo(bytes);

            other.socket().emit("talkback", "grüezi \u001b[2J");
            assertThat(client.nextLine()).isEqualTo("grüezi \\u001b[2J");
            other.socket().emit("talkback", new byte[] {1, 2, 3});
            assertThat(client.nextLine()).isEqualTo("<3 bytes>");

            client.type("disconnect\n");
            assertThat(client.exitCode()).isZero();
        }
    }

    @Test
    void isMadeForPipes(@TempDir Path folder) throws Exception {
        try (EmbeddedServer server = WebArchive.start(Container.JETTY, 0, "");
                Listener other = Listener.connect(server, "message")) {
            try (Program client = new Program(JAR, "connect", url(server), "message", "-")) {
                client.type("from a\npipe\n");
                client.endInput();
                assertThat(other.next()).isEqualTo("from a\npipe");
                assertThat(client.exitCode()).isZero();
            }
            try (Program client = new Program(JAR, "connect", url(server), "send", "-")) {
                client.type("bytes");
                client.endInput();
                assertThat((byte[]) other.next()).asString().isEqualTo("bytes");
                assertThat(client.exitCode()).isZero();
            }
            try (Program client = new Program(JAR, "connect", "--json", url(server), "listen")) {
                client.nextNews("{\"info\":\"connected to ");
                other.socket().emit("talkback", new byte[] {1, 2, 3});
                assertThat(client.nextLine()).isEqualTo("{\"talkback\":{\"base64\":\"AQID\"}}");
            }
            try (Program client = new Program(JAR, "connect", url(server))) {
                client.type("message last");
                client.endInput();
                assertThat(other.next()).isEqualTo("last");
                assertThat(client.exitCode()).isZero();
            }
        }
    }

    @Test
    void goesOnAfterAWrongCommandAndSaysSoInTheEnd(@TempDir Path folder) throws Exception {
        Path large = Files.write(folder.resolve("large"), new byte[700_001]);
        try (EmbeddedServer server = WebArchive.start(Container.JETTY, 0, "");
                Listener other = Listener.connect(server, "message");
                Program client = new Program(JAR, "connect", url(server))) {
            client.type("mesage 1\nsend " + folder.resolve("nothing") + "\nsend " + large + "\nmessage -\nmessage 2\n");

            client.nextNews("\"mesage\" is no command: use message VALUE, send FILE, listen or disconnect");
            client.nextNews("nothing cannot be read: check the name");
            client.nextNews("large is too large: send at most 700000 bytes");
            client.nextNews("standard input has the commands: use - on the command line");
            assertThat(other.next()).isEqualTo(2);
            client.type("disconnect\n");
            assertThat(client.exitCode()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void losesNothingOfMuch(TransportName transport, @TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("large"), new byte[700_000]);
        BlockingQueue<Integer> sizes = new LinkedBlockingQueue<>();
        SocketIoApplication app = new SocketIoApplication() {
            @Override
            public void options(SocketIoServer.Builder options) {
                options.transports(List.of(transport));
            }

            @Override
            public void configure(SocketIoServer io) {
                io.onConnection(socket -> socket.on("message", byte[].class, bytes -> sizes.add(bytes.length)));
            }
        };
        try (EmbeddedServer server = Container.JETTY.start(context -> SocketIoInitializer.register(context, app));
                Program client = new Program(JAR, "connect", url(server))) {
            client.type(("send " + file + "\n").repeat(30));
            client.endInput();

            assertThat(client.exitCode()).isZero();
            for (int i = 0; i < 30; i++) {
                assertThat(sizes.poll(30, SECONDS)).isEqualTo(700_000);
            }
        }
    }

    @Test
    void tellsOfWhatTheServerRefuses() throws Exception {
        try (EmbeddedServer server = WebArchive.start(Container.JETTY, 0, "");
                Listener other = Listener.connect(server, "message");
                Program client = new Program(JAR, "connect", "--ack", url(server))) {
            client.type("message " + "x".repeat(10_001) + "\nmessage short\n");
            client.endInput();

            client.nextNews("A text may have 10000 characters.");
            assertThat(other.next()).isEqualTo("short");
            assertThat(client.exitCode()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void waitsForAServerThatIsGone(Container container) throws Exception {
        EmbeddedServer first = WebArchive.start(container, 0, "/app");
        int port = first.port();
        try (Program client = new Program(JAR, "connect", url(first))) {
            client.nextNews("connected to ");
            first.close();
            client.nextNews("connection lost (transport "); // "close" or "error", as it happens
            client.type("message 1\nmessage 2\n");
            try (EmbeddedServer second = WebArchive.start(container, port, "/app");
                    Listener other = Listener.connect(second, "message")) {
                client.nextNews("connected again to ");
                client.type("message 3\n");
                while (!other.next().equals(3)) {
                    // those before it may have been sent when the other had not come yet
                }
                other.socket().emit("talkback", "welcome back");
                assertThat(client.nextLine()).isEqualTo("welcome back");
                client.type("disconnect\n");
                assertThat(client.exitCode()).isZero();
            }
        } finally {
            first.close();
        }
    }

    @Test
    void saysWhyThereIsNoConnection() throws Exception {
        int nobody;
        try (ServerSocket socket = new ServerSocket(0)) {
            nobody = socket.getLocalPort();
        }
        try (EmbeddedServer server = WebArchive.start(Container.JETTY, 0, "/app");
                ServerSocket silent = new ServerSocket(0)) {
            String origin = "http://localhost:" + server.port();
            fails(1, "there is no host of the name in http://nobody.invalid", "connect", "http://nobody.invalid");
            fails(1, "nobody listens at http://localhost:" + nobody, "connect", "http://localhost:" + nobody);
            fails(
                    1,
                    "there is no Socket.IO at " + origin
                            + "/other/socket.io/ (404): give the URL of the web application",
                    "connect",
                    origin + "/other");
            fails(
                    1,
                    "no answer from http://localhost:" + silent.getLocalPort() + "/socket.io/ within 1 s",
                    "connect",
                    "--timeout",
                    "1",
                    "http://localhost:" + silent.getLocalPort());
            fails(
                    1,
                    "refuses the connection to /news: Invalid namespace",
                    "connect",
                    url(server),
                    "--namespace",
                    "news");
            fails(2, "give one such as http://localhost:3000", "connect", "localhost:3000");
            fails(2, "begin with connect", "message", "42");
        }
    }

    private static void fails(int exitCode, String message, String... arguments) throws InterruptedException {
        try (Program client = new Program(JAR, arguments)) {
            client.nextNews(message);
            assertThat(client.exitCode()).isEqualTo(exitCode);
        }
    }

    @Test
    void explainsItself() throws Exception {
        try (Program client = new Program(JAR, "--help")) {
            assertThat(client.nextLine()).startsWith("Usage: java -jar servlet-socketio-client.jar connect");
            assertThat(client.exitCode()).isZero();
        }
    }

    @Test
    void isSmallAndAlone() throws Exception {
        assertThat(Files.size(JAR)).isLessThan(1_500_000);
        assertThat(names(JAR))
                .contains("META-INF/LICENSE", "dev/socketio/terminal/Main.class")
                .noneMatch(name ->
                        name.endsWith(".class") && name.startsWith("dev/socketio/") && !name.contains("terminal"));
        assertThat(names(WebArchive.single("servlet-socketio-*-classes.jar", "")))
                .noneMatch(name -> name.contains("terminal"));
        assertThat(names(WebArchive.single("servlet-socketio-*.war", "")))
                .noneMatch(name -> name.contains("terminal") || name.contains("okhttp"));
    }

    private static List<String> names(Path zip) throws Exception {
        try (ZipFile file = new ZipFile(zip.toFile())) {
            return file.stream().map(Object::toString).toList();
        }
    }
}
