package dev.socketio.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.testing.Container;
import dev.socketio.testing.EmbeddedServer;
import dev.socketio.testing.WebArchive;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the WAR tells browsers with each response; that everything works under it is for the tests of the pages. */
final class SecurityHeadersIT {

    private final HttpClient http = HttpClient.newHttpClient();

    private HttpHeaders headers(EmbeddedServer server, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.uri(path)).build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).headers();
    }

    @ParameterizedTest
    @EnumSource
    void allowsNothingInlineAndNothingOfOthers(Container container) throws Exception {
        try (EmbeddedServer server = WebArchive.start(container, 0, "/app")) {
            for (String path : new String[] {
                "/",
                "/index.html",
                "/first-steps.html",
                "/js/chat.js",
                "/nothing",
                "/socket.io/socket.io.js",
                "/socket.io/?EIO=4&transport=polling"
            }) {
                HttpHeaders headers = headers(server, path);
                assertThat(headers.firstValue("Content-Security-Policy"))
                        .as(path)
                        .contains("default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self';"
                                + " frame-ancestors 'self'");
                assertThat(headers.firstValue("X-Content-Type-Options"))
                        .as(path)
                        .contains("nosniff");
                assertThat(headers.firstValue("Referrer-Policy")).as(path).contains("same-origin");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void allowsImagesThatArriveAsMessagesOnTheStageOnly(Container container) throws Exception {
        try (EmbeddedServer server = WebArchive.start(container, 0, "/app")) {
            assertThat(headers(server, "/stage.html").firstValue("Content-Security-Policy"))
                    .hasValueSatisfying(policy -> assertThat(policy).endsWith("; img-src 'self' blob:"));
        }
    }
}
