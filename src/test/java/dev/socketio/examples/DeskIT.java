package dev.socketio.examples;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.testing.Container;
import dev.socketio.testing.EmbeddedServer;
import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The logins of containers, with which the guide knows its users. */
final class DeskIT {

    private final List<Socket> open = new ArrayList<>();

    @TempDir
    private Path folder;

    static Stream<Arguments> serversAndTransports() {
        return Arrays.stream(Container.values())
                .flatMap(server -> Stream.of("polling", "websocket").map(transport -> Arguments.of(server, transport)));
    }

    @AfterEach
    void disconnect() {
        open.forEach(Socket::disconnect);
    }

    @ParameterizedTest(name = "{0} over {1}")
    @MethodSource("serversAndTransports")
    void knowsWhoHasLoggedInWithTheForm(Container container, String transport) throws Exception {
        try (EmbeddedServer server = WebApp.start(container, WebApp.assemble("desk", folder, Desk.class))) {
            tellsUsersApart(
                    server, transport, Map.of("Cookie", logIn(server, "ada")), Map.of("Cookie", logIn(server, "bob")));
            refusesStrangers(server, transport);
        }
    }

    @ParameterizedTest(name = "{0} over {1}")
    @MethodSource("serversAndTransports")
    void knowsWhoSendsAPassword(Container container, String transport) throws Exception {
        Path app = WebApp.assemble("desk", folder, Desk.class);
        Path description = app.resolve("WEB-INF").resolve("web.xml");
        String basic = Files.readString(description)
                .replace("FORM", "BASIC")
                .replaceFirst("(?s)<form-login-config>.*</form-login-config>", "");
        Files.writeString(description, basic);
        try (EmbeddedServer server = WebApp.start(container, app)) {
            tellsUsersApart(
                    server, transport, Map.of("Authorization", basic("ada")), Map.of("Authorization", basic("bob")));
            refusesStrangers(server, transport);
        }
    }

    @ParameterizedTest
    @EnumSource
    void endsAllConnectionsOfAUser(Container container) throws Exception {
        try (EmbeddedServer server = WebApp.start(container, WebApp.assemble("desk", folder, Desk.class))) {
            Map<String, String> ada = Map.of("Cookie", logIn(server, "ada"));
            Socket phone = connect(server, "polling", ada, "ada");
            Socket laptop = connect(server, "websocket", ada, "ada");
            CompletableFuture<Object[]> end = next(laptop, Socket.EVENT_DISCONNECT);

            logOut(phone);

            assertThat(end.get(10, SECONDS)[0]).isEqualTo("io server disconnect");
        }
    }

    @ParameterizedTest(name = "{0} over {1}")
    @MethodSource("serversAndTransports")
    void endsTheConnectionsOfASession(Container container, String transport) throws Exception {
        Path app = WebApp.assemble("desk", folder, Desk.class, EndOfSession.class, LogoutServlet.class);
        try (EmbeddedServer server = WebApp.start(container, app)) {
            String ending = logIn(server, "ada");
            Socket there = connect(server, transport, Map.of("Cookie", ending), "ada");
            Socket elsewhere = connect(server, transport, Map.of("Cookie", logIn(server, "ada")), "ada");
            CompletableFuture<Object[]> end = next(there, Socket.EVENT_DISCONNECT);

            HttpRequest logout = HttpRequest.newBuilder(server.uri("/logout"))
                    .header("Cookie", ending)
                    .POST(BodyPublishers.noBody())
                    .build();
            HttpClient.newHttpClient().send(logout, BodyHandlers.discarding());

            assertThat(end.get(10, SECONDS)[0]).isEqualTo("io server disconnect");
            logOut(elsewhere);
        }
    }

    private void tellsUsersApart(
            EmbeddedServer server, String transport, Map<String, String> ada, Map<String, String> bob)
            throws Exception {
        Socket editor = connect(server, transport, ada, "ada");
        Socket reader = connect(server, transport, bob, "bob");
        CompletableFuture<Object[]> published = next(reader, "published");

        assertThat(ask(reader, "publish", "mine")).isEqualTo(false);
        assertThat(ask(editor, "publish", "news")).isEqualTo(true);
        assertThat(published.get(10, SECONDS)).containsExactly("ada", "news");
        logOut(editor);
        logOut(reader);
    }

    private void refusesStrangers(EmbeddedServer server, String transport) {
        Socket stranger = client(server, transport, Map.of());
        CompletableFuture<Object[]> refusal = next(stranger, Socket.EVENT_CONNECT_ERROR);
        stranger.connect();

        assertThat(refusal).succeedsWithin(Duration.ofSeconds(10));
    }

    private Socket connect(EmbeddedServer server, String transport, Map<String, String> headers, String user)
            throws Exception {
        Socket client = client(server, transport, headers);
        CompletableFuture<Object[]> name = next(client, "you are");
        client.connect();
        assertThat(name.get(10, SECONDS)).containsExactly(user);
        return client;
    }

    private Socket client(EmbeddedServer server, String transport, Map<String, String> headers) {
        Map<String, List<String>> extra = new HashMap<>();
        headers.forEach((name, value) -> extra.put(name, List.of(value)));
        IO.Options options = IO.Options.builder()
                .setForceNew(true)
                .setReconnection(false)
                .setPath("/app/socket.io/")
                .setTransports(new String[] {transport})
                .setExtraHeaders(extra)
                .build();
        Socket client = IO.socket(URI.create("http://localhost:" + server.port()), options);
        open.add(client);
        return client;
    }

    private static CompletableFuture<Object[]> next(Socket client, String event) {
        CompletableFuture<Object[]> arguments = new CompletableFuture<>();
        client.once(event, arguments::complete);
        return arguments;
    }

    private static Object ask(Socket client, String event, String text) throws Exception {
        CompletableFuture<Object> answer = new CompletableFuture<>();
        client.emit(event, new Object[] {text}, (Ack) values -> answer.complete(values[0]));
        return answer.get(10, SECONDS);
    }

    /** Jetty warns if it stops while a poll of somebody with a session waits. */
    private static void logOut(Socket client) throws Exception {
        CompletableFuture<Object[]> end = next(client, Socket.EVENT_DISCONNECT);
        client.emit("logout");
        assertThat(end.get(10, SECONDS)[0]).isEqualTo("io server disconnect");
    }

    private static String basic(String name) {
        byte[] credentials = (name + ":" + name + name).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(credentials);
    }

    /** Does what a browser does, and returns the cookie that it has then. */
    private static String logIn(EmbeddedServer server, String name) throws Exception {
        CookieManager cookies = new CookieManager();
        HttpClient browser = HttpClient.newBuilder()
                .cookieHandler(cookies)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        HttpRequest page = HttpRequest.newBuilder(server.uri("/index.html")).build();
        assertThat(browser.send(page, BodyHandlers.ofString()).body()).contains("j_security_check");
        HttpRequest form = HttpRequest.newBuilder(server.uri("/j_security_check"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("j_username=" + name + "&j_password=" + name + name))
                .build();
        assertThat(browser.send(form, BodyHandlers.ofString()).body()).contains("you are");
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals("JSESSIONID"))
                .map(HttpCookie::toString)
                .findFirst()
                .orElseThrow();
    }
}
