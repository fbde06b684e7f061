package dev.socketio.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.socketio.testing.Container;
import dev.socketio.testing.EmbeddedServer;
import dev.socketio.testing.Listener;
import dev.socketio.testing.WebArchive;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The servlet that sends events, in the WAR. */
final class AnnounceIT {

    private static final WebArchive.User ADA = new WebArchive.User("ada", "announcer");
    private static final WebArchive.User BOB = new WebArchive.User("bob", "guest");

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();

    private HttpResponse<String> post(EmbeddedServer server, @Nullable String user, String contentType, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.uri("/api/announce"))
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (user != null) {
            String credentials = Base64.getEncoder().encodeToString((user + ":" + user + user).getBytes(UTF_8));
            request.header("Authorization", "Basic " + credentials);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode announce(EmbeddedServer server, int status, String body) throws Exception {
        HttpResponse<String> response = post(server, "ada", "application/json", body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        return json.readTree(response.body());
    }

    @ParameterizedTest
    @EnumSource
    void announcesToAllToOneAndToAllButOne(Container container) throws Exception {
        try (EmbeddedServer server = WebArchive.start(container, 0, "/app", ADA);
                Listener one = Listener.connect(server, "achtung");
                Listener other = Listener.connect(server, "achtung")) {
            assertThat(announce(server, 200, "{\"warning\":\"for all: ä <b>\"}")
                            .path("receivers")
                            .asInt())
                    .isEqualTo(2);
            assertThat(announce(
                                    server,
                                    200,
                                    "{\"warning\":\"for one\",\"to\":\""
                                            + one.socket().id() + "\"}")
                            .path("receivers")
                            .asInt())
                    .isEqualTo(1);
            assertThat(announce(
                                    server,
                                    200,
                                    "{\"warning\":\"for the other\",\"except\":\""
                                            + one.socket().id() + "\"}")
                            .path("receivers")
                            .asInt())
                    .isEqualTo(1);
            announce(server, 200, "{\"warning\":\"the end\"}");

            assertThat(one.next().toString()).contains("for all: ä <b>");
            assertThat(one.next().toString()).contains("for one");
            assertThat(one.next().toString()).contains("the end");
            assertThat(other.next().toString()).contains("for all: ä <b>");
            assertThat(other.next().toString()).contains("for the other");
            assertThat(other.next().toString()).contains("the end");
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesWhatIsNoAnnouncement(Container container) throws Exception {
        try (EmbeddedServer server = WebArchive.start(container, 0, "", ADA)) {
            assertThat(error(server, 400, "{}")).isEqualTo("warning: give a text of 1 to 1000 characters");
            assertThat(error(server, 400, "null")).isEqualTo("warning: give a text of 1 to 1000 characters");
            assertThat(error(server, 400, "{\"warning\":\"" + "x".repeat(1_001) + "\"}"))
                    .isEqualTo("warning: give a text of 1 to 1000 characters");
            assertThat(error(server, 400, "{\"warning\":")).startsWith("the body is not as {\"warning\": ");
            assertThat(error(server, 400, "{\"warnign\":\"x\"}")).contains("warnign");
            assertThat(error(server, 404, "{\"warning\":\"x\",\"to\":\"nobody\"}"))
                    .isEqualTo("to: nobody is connected under this id or in this room");
            assertThat(error(server, 413, "{\"warning\":\"" + "x".repeat(20_000) + "\"}"))
                    .isEqualTo("the body may have 16384 bytes");

            HttpResponse<String> form = post(server, "ada", "text/plain", "{\"warning\":\"x\"}");
            assertThat(form.statusCode()).isEqualTo(415);
            assertThat(form.body()).isEqualTo("{\"error\":\"send JSON, with Content-Type: application/json\"}");
        }
    }

    private String error(EmbeddedServer server, int status, String body) throws Exception {
        return announce(server, status, body).path("error").asText();
    }

    @ParameterizedTest
    @EnumSource
    void isForTheRoleAlone(Container container) throws Exception {
        try (EmbeddedServer server = WebArchive.start(container, 0, "", ADA, BOB)) {
            assertThat(post(server, null, "application/json", "{\"warning\":\"x\"}")
                            .statusCode())
                    .isEqualTo(401);
            assertThat(post(server, "eve", "application/json", "{\"warning\":\"x\"}")
                            .statusCode())
                    .isEqualTo(401);
            assertThat(post(server, "bob", "application/json", "{\"warning\":\"x\"}")
                            .statusCode())
                    .isEqualTo(403);
            assertThat(post(server, "ada", "application/json", "{\"warning\":\"x\"}")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource
    void isForNobodyWhereTheContainerKnowsNoUsers(Container container) throws Exception {
        try (EmbeddedServer server = WebArchive.start(container, 0, "")) {
            assertThat(post(server, null, "application/json", "{\"warning\":\"x\"}")
                            .statusCode())
                    .isEqualTo(403);
            assertThat(post(server, "ada", "application/json", "{\"warning\":\"x\"}")
                            .statusCode())
                    .isEqualTo(403);
        }
    }

    @ParameterizedTest
    @EnumSource
    void tellsOfItsMethod(Container container) throws Exception {
        try (EmbeddedServer server = WebArchive.start(container, 0, "", ADA)) {
            HttpRequest get = HttpRequest.newBuilder(server.uri("/api/announce"))
                    .header(
                            "Authorization",
                            "Basic " + Base64.getEncoder().encodeToString("ada:adaada".getBytes(UTF_8)))
                    .build();
            HttpResponse<String> response = http.send(get, HttpResponse.BodyHandlers.ofString());

            assertThat(response.statusCode()).isEqualTo(405);
            assertThat(response.headers().firstValue("Allow")).contains("POST");
            assertThat(response.body()).isEqualTo("{\"error\":\"send a POST\"}");
        }
    }
}
