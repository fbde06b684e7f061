package dev.socketio.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.testing.Container;
import dev.socketio.testing.EmbeddedServer;
import io.socket.client.IO;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A servlet that sends events. */
final class AnnounceIT {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void tellsEverybodyWhatAnEditorPosts(Container container) throws Exception {
        Path app = WebApp.assemble("announce", folder, Hello.class, AnnounceServlet.class);
        IO.Options options = new IO.Options();
        options.path = "/app/socket.io/";
        try (EmbeddedServer server = WebApp.start(container, app);
                TestClient client = TestClient.connect(URI.create("http://localhost:" + server.port()), options)) {
            CompletableFuture<Object[]> announced = client.next("announcement");

            assertThat(post(server, "nobody", "text=no")).isEqualTo(401);
            assertThat(post(server, "bob", "text=no")).isEqualTo(403);
            assertThat(post(server, "ada", "text=+")).isEqualTo(400);
            assertThat(post(server, "ada", "text=Lunch+is+ready")).isEqualTo(204);

            assertThat(announced.get()).containsExactly("Lunch is ready");
        }
    }

    private static int post(EmbeddedServer server, String user, String form) throws Exception {
        byte[] credentials = (user + ":" + user + user).getBytes(StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(server.uri("/api/announce"))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }
}
