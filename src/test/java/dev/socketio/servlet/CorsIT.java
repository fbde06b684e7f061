package dev.socketio.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.Cors;
import dev.socketio.engine.CloseReason;
import dev.socketio.engine.EngineListener;
import dev.socketio.engine.EngineOptions;
import dev.socketio.engine.EngineServer;
import dev.socketio.testing.EmbeddedServer;
import dev.socketio.testing.Servlets;
import jakarta.servlet.ServletContext;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What pages of other origins can do. */
@ParameterizedClass
@MethodSource("sites")
final class CorsIT {

    private static final String ALLOWED = "https://app.example";

    private final Site site;

    CorsIT(Site site) {
        this.site = site;
    }

    /** A container with one server for each policy. */
    record Site(Platform platform, EmbeddedServer server) implements AutoCloseable {

        @Override
        public void close() {
            server.close();
        }

        @Override
        public String toString() {
            return platform.toString();
        }
    }

    static Stream<Site> sites() {
        return Stream.of(Platform.JETTY, Platform.JETTY_WITH_JAKARTA, Platform.TOMCAT)
                .map(platform -> new Site(platform, platform.start("", CorsIT::addServlets)));
    }

    private static void addServlets(ServletContext context) {
        Cors named = Cors.origins("http://first.example", ALLOWED);
        add(context, "/none", Cors.none());
        add(context, "/any", Cors.origins("*"));
        add(context, "/named", named);
        add(context, "/lax", named.withRefuseOthers(false));
        add(
                context,
                "/full",
                named.withCredentials(true)
                        .withMethods("GET", "POST")
                        .withAllowedHeaders("X-Mine", "X-Yours")
                        .withExposedHeaders("X-One", "X-Two")
                        .withMaxAge(Duration.ofMinutes(10)));
    }

    private static void add(ServletContext context, String path, Cors cors) {
        EngineServer engine = new EngineServer(EngineOptions.builder().build(), socket -> new Deaf());
        Servlets.add(context, path, new EngineServlet(engine, cors));
    }

    private static final class Deaf implements EngineListener {

        @Override
        public void onMessage(String text) {}

        @Override
        public void onMessage(byte[] bytes) {}

        @Override
        public void onClose(CloseReason reason, String detail) {}
    }

    private HttpResponse<String> request(String method, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(site.server().uri(path + "/?EIO=4&transport=polling"))
                .method(method, BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return PollingClient.send(request.build());
    }

    private static @Nullable String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse(null);
    }

    private static Set<String> vary(HttpResponse<?> response) {
        Set<String> names = new TreeSet<>();
        for (String line : response.headers().allValues("vary")) {
            names.addAll(Arrays.asList(line.split("\\s*,\\s*")));
        }
        return names;
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "/none,  -,                     200, -",
                "/none,  http://evil.example,   403, -",
                "/none,  null,                  403, -",
                "/none,  malformed origin,      403, -",
                "/any,   -,                     200, *",
                "/any,   http://evil.example,   200, *",
                "/any,   null,                  200, *",
                "/named, -,                     200, -",
                "/named, https://app.example,   200, https://app.example",
                "/named, http://first.example,  200, http://first.example",
                "/named, http://app.example,    403, -",
                "/named, https://app.example:1, 403, -",
                "/named, https://app.example.evil.example, 403, -",
                "/named, null,                  403, -",
                "/lax,   https://app.example,   200, https://app.example",
                "/lax,   http://evil.example,   200, -",
            })
    void allowsThePagesOfThePolicyOnBothTransports(
            String path, @Nullable String origin, int status, @Nullable String allowed) throws Exception {
        String[] headers = origin == null ? new String[0] : new String[] {"Origin", origin};

        HttpResponse<String> response = request("GET", path, headers);

        assertThat(response.statusCode()).isEqualTo(status);
        if (status == 403) {
            assertThat(response.body()).isEqualTo("{\"code\":4,\"message\":\"Forbidden\"}");
        }
        assertThat(header(response, "access-control-allow-origin")).isEqualTo(allowed);
        assertThat(header(response, "access-control-allow-credentials")).isNull();
        assertThat(vary(response).contains("Origin")).isEqualTo(path.matches("/named|/lax"));

        try (RawWebSocket socket = askForWebSocket(path, origin)) {
            assertThat(socket.response().status()).isEqualTo(status == 200 ? 101 : 403);
            assertThat(socket.response().header("access-control-allow-origin")).isEqualTo(allowed);
        }
    }

    private RawWebSocket askForWebSocket(String path, @Nullable String origin) throws Exception {
        String[] headers = origin == null ? new String[0] : new String[] {"Origin: " + origin};
        return RawWebSocket.ask(site.server().uri(path + "/?EIO=4&transport=websocket"), headers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/none", "/named", "/full"})
    void alwaysAllowsThePagesOfItsOwnOrigin(String path) throws Exception {
        String own = "http://localhost:" + site.server().port();
        assertThat(request("GET", path, "Origin", own).statusCode()).isEqualTo(200);
        assertThat(request(
                                "GET",
                                path,
                                "Origin",
                                "https://localhost:" + site.server().port())
                        .statusCode())
                .as("behind a proxy that ends TLS")
                .isEqualTo(200);
        assertThat(request("GET", path, "Origin", "http://localhost:1").statusCode())
                .isEqualTo(403);
        // the raw client's Host has no port
        try (RawWebSocket socket = askForWebSocket(path, "http://localhost")) {
            assertThat(socket.response().status()).isEqualTo(101);
        }
    }

    @Test
    void addsWhatPagesNeedToKnow() throws Exception {
        HttpResponse<String> response = request("GET", "/full", "Origin", ALLOWED);

        assertThat(header(response, "access-control-allow-origin")).isEqualTo(ALLOWED);
        assertThat(header(response, "access-control-allow-credentials")).isEqualTo("true");
        assertThat(header(response, "access-control-expose-headers")).isEqualTo("X-One,X-Two");
        assertThat(header(response, "access-control-max-age")).isNull();
        assertThat(vary(response)).containsExactly("Origin");

        try (RawWebSocket socket = askForWebSocket("/full", ALLOWED)) {
            assertThat(socket.response().status()).isEqualTo(101);
            assertThat(socket.response().header("access-control-allow-credentials"))
                    .isEqualTo("true");
            assertThat(socket.response().header("access-control-expose-headers"))
                    .isEqualTo("X-One,X-Two");
        }
    }

    @Test
    void addsItToRefusalsToo() throws Exception {
        HttpResponse<String> response = request("POST", "/full", "Origin", ALLOWED);
        assertThat(response.body()).isEqualTo("{\"code\":2,\"message\":\"Bad handshake method\"}");
        assertThat(header(response, "access-control-allow-origin")).isEqualTo(ALLOWED);
        assertThat(header(response, "access-control-allow-credentials")).isEqualTo("true");

        String unknown = "/full/?EIO=4&transport=websocket&sid=unknown";
        try (RawWebSocket socket = RawWebSocket.ask(site.server().uri(unknown), "Origin: " + ALLOWED)) {
            assertThat(socket.response().status()).isEqualTo(400);
            assertThat(socket.response().header("access-control-allow-origin")).isEqualTo(ALLOWED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/any", "/named"})
    void answersAPreflight(String path) throws Exception {
        HttpResponse<String> response = request(
                "OPTIONS",
                path,
                "Origin",
                ALLOWED,
                "Access-Control-Request-Method",
                "POST",
                "Access-Control-Request-Headers",
                "x-custom, content-type");

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.body()).isEmpty();
        assertThat(header(response, "access-control-allow-origin")).isEqualTo(path.equals("/any") ? "*" : ALLOWED);
        assertThat(header(response, "access-control-allow-methods")).isEqualTo("GET,HEAD,PUT,PATCH,POST,DELETE");
        assertThat(header(response, "access-control-allow-headers")).isEqualTo("x-custom, content-type");
        assertThat(header(response, "access-control-max-age")).isNull();
        assertThat(vary(response))
                .isEqualTo(
                        path.equals("/any")
                                ? Set.of("Access-Control-Request-Headers")
                                : Set.of("Access-Control-Request-Headers", "Origin"));
    }

    @Test
    void answersAPreflightWithWhatThePolicySays() throws Exception {
        HttpResponse<String> response =
                request("OPTIONS", "/full", "Origin", ALLOWED, "Access-Control-Request-Headers", "x-custom");

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(header(response, "access-control-allow-methods")).isEqualTo("GET,POST");
        assertThat(header(response, "access-control-allow-headers")).isEqualTo("X-Mine,X-Yours");
        assertThat(header(response, "access-control-allow-credentials")).isEqualTo("true");
        assertThat(header(response, "access-control-max-age")).isEqualTo("600");
        assertThat(vary(response)).containsExactly("Origin");
    }

    @Test
    void tellsAPreflightOfAnotherOriginNothingOfUse() throws Exception {
        HttpResponse<String> response = request("OPTIONS", "/full", "Origin", "http://evil.example");

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(header(response, "access-control-allow-origin")).isNull();
        assertThat(header(response, "access-control-allow-credentials")).isNull();
    }

    @Test
    void hasNoWordForAPreflightWithoutAPolicy() throws Exception {
        HttpResponse<String> response = request("OPTIONS", "/none");

        assertThat(response.body()).isEqualTo("{\"code\":2,\"message\":\"Bad handshake method\"}");
        assertThat(response.headers().map().keySet().stream().filter(name -> name.startsWith("access-control")))
                .isEmpty();
    }
}
