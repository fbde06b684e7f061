package dev.socketio.containers;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.servlet.SocketIoServlet;
import dev.socketio.testing.NodeScript;
import dev.socketio.testing.RawConnection;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same WARs in every container, copied in. */
@ParameterizedClass
@MethodSource("dev.socketio.containers.Distribution#tested")
final class ContainersIT {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private static final Path PICTURES = Path.of(System.getProperty("target.directory", "target"), "screenshots");

    private static final Pattern SID = Pattern.compile("\"sid\":\"([^\"]+)\"");

    private static final int MAX_HTTP_BUFFER_SIZE = 1_000_000;

    private static @Nullable DeployedServer started;

    private final Distribution distribution;
    private final DeployedServer server = requireNonNull(started);

    ContainersIT(Distribution distribution) {
        this.distribution = distribution;
    }

    @BeforeParameterizedClassInvocation
    static void start(Distribution distribution) throws Exception {
        started = distribution.start(Map.of(
                "ROOT", TestWar.chat(),
                "chat", TestWar.chat(),
                "acceptance", TestWar.of("acceptance", Map.of()),
                "end-to-end", TestWar.endToEnd(),
                "greeting", TestWar.greeting(),
                "audited", TestWar.audited()));
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        if (started != null) {
            started.close();
            started = null;
        }
    }

    private String address(String path) {
        return server.uri(path).toString();
    }

    private HttpResponse<byte[]> get(String path) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(server.uri(path)).build(), BodyHandlers.ofByteArray());
    }

    @ParameterizedTest
    @CsvSource({
        "index.html,     text/html",
        "icon.svg,       image/svg\\+xml",
        "css/chat.css,   text/css",
        "js/chat.js,     (text|application)/javascript",
    })
    void thePageAndItsFilesAreServed(String name, String type) throws Exception {
        for (String context : new String[] {"/", "/chat/"}) {
            HttpResponse<byte[]> response = get(context + name);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo(Files.readAllBytes(Path.of("webapp", name)));
            assertThat(response.headers().firstValue("content-type").orElse("")).matches(type + ".*");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "socket.io.js",
                "socket.io.min.js",
                "socket.io.esm.min.js",
                "socket.io.msgpack.min.js",
                "socket.io.js.map",
                "socket.io.min.js.map",
                "socket.io.esm.min.js.map",
                "socket.io.msgpack.min.js.map",
            })
    void theClientsFilesAreServed(String name) throws Exception {
        byte[] expected;
        try (InputStream file = SocketIoServlet.class.getResourceAsStream("client/" + name)) {
            expected = requireNonNull(file).readAllBytes();
        }
        for (String context : new String[] {"", "/chat"}) {
            HttpResponse<byte[]> response = get(context + "/socket.io/" + name);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/chat/"})
    void theChatBringsPeopleTogether(String page) throws Exception {
        Path pictures = Files.createDirectories(PICTURES.resolve(distribution.toString()));
        NodeScript.run("chat-meeting.mjs", LIMIT, "data:," + address(page), pictures.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket", "polling,websocket"})
    void clientsOfEveryAgeAreAtHome(String transports) {
        NodeScript.run("clients.mjs", LIMIT, address("/acceptance/"), "/acceptance/plain", transports);
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket", "polling,websocket"})
    void theOfficialClientIsAtHome(String transports) {
        NodeScript.run("end-to-end.mjs", LIMIT, address("/end-to-end"), transports);
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket", "polling,websocket"})
    void messagesMayHaveTheSizeThatIsAllowedAndNoOther(String transports) {
        NodeScript.run("sizes.mjs", LIMIT, address("/end-to-end"), transports);
    }

    @Test
    void aRequestMayHaveTheSizeThatIsAllowed() throws Exception {
        String event = "42[\"chat message\",\"";
        String message = event + "x".repeat(MAX_HTTP_BUFFER_SIZE - event.length() - 2) + "\"]";

        try (RawConnection connection = announce(connect(""), MAX_HTTP_BUFFER_SIZE)) {
            connection.write(message);
            assertThat(connection.read().status()).isEqualTo(200);
        }
    }

    @Test
    void aRequestThatAnnouncesMoreIsRefusedBeforeItIsSent() throws Exception {
        try (RawConnection connection = announce(connect(""), MAX_HTTP_BUFFER_SIZE + 1)) {
            assertThat(connection.read().status()).isEqualTo(413);
        }
    }

    @Test
    void anApplicationIsInjectedWhereThereIsSomethingThatInjects() throws Exception {
        String session = connect("/greeting");

        assertThat(poll(session) + poll(session))
                .contains("[\"greeting\",\"%s\"]".formatted(distribution.hasCdi() ? "from a bean" : "from nobody"));
    }

    @Test
    void theLogNamesAFilterBehindWhichPollsFail() {
        assertThat(server.log())
                .anySatisfy(line -> assertThat(line)
                        .contains("audit", Audit.class.getName(), "stands before [/socket.io/*] without support"));
    }

    /** Connects over polling and returns the path of the session. */
    private String connect(String context) throws Exception {
        String path = context + "/socket.io/?EIO=4&transport=polling";
        String handshake = poll(path);
        Matcher sid = SID.matcher(handshake);
        assertThat(sid.find()).as(handshake).isTrue();
        String session = path + "&sid=" + sid.group(1);
        HTTP.send(
                HttpRequest.newBuilder(server.uri(session))
                        .POST(BodyPublishers.ofString("40"))
                        .build(),
                BodyHandlers.discarding());
        return session;
    }

    /** Begins a request with a body of the length; the body is still to be sent. */
    private RawConnection announce(String session, int length) throws Exception {
        RawConnection connection = new RawConnection(server.uri(session).getPort());
        connection.request("POST", session, "Content-Length: " + length, "Connection: close");
        return connection;
    }

    private String poll(String session) throws Exception {
        return new String(get(session).body(), StandardCharsets.UTF_8);
    }
}
