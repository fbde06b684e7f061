package dev.socketio.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.Cors;
import dev.socketio.engine.ConnectionError;
import dev.socketio.engine.Cookie;
import dev.socketio.engine.EngineOptions;
import dev.socketio.engine.EngineServer;
import dev.socketio.engine.ForbiddenException;
import dev.socketio.testing.EmbeddedServer;
import dev.socketio.testing.RawConnection;
import dev.socketio.testing.Servlets;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What applications add to requests and responses, behind a filter of the container that does so too. */
@ParameterizedClass
@MethodSource("sites")
final class HooksIT {

    private static final String POLLING = "EIO=4&transport=polling";
    private static final String WEBSOCKET = "EIO=4&transport=websocket";

    private final Site site;

    HooksIT(Site site) {
        this.site = site;
    }

    /** A container with an engine that has every hook, and one that limits addresses. */
    private static final class Site implements AutoCloseable {

        final Queue<ConnectionError> errors = new ConcurrentLinkedQueue<>();
        private final Platform platform;
        private final EmbeddedServer server;

        Site(Platform platform) {
            this.platform = platform;
            this.server = platform.start("", this::start);
        }

        private void start(ServletContext context) {
            FilterRegistration.Dynamic filter = context.addFilter("filter", Site::filter);
            filter.setAsyncSupported(true);
            filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
            EngineServer engine = new EngineServer(
                    EngineOptions.builder()
                            .cookie(Cookie.named("io"))
                            .allowRequest(request -> {
                                if (request.query().containsKey("deny")) {
                                    throw new ForbiddenException("go away");
                                }
                            })
                            .build(),
                    RecordedSession::new);
            addHooks(engine);
            Servlets.add(context, "/hooked", new EngineServlet(engine, Cors.none()));
            EngineOptions limited =
                    EngineOptions.builder().maxSessionsPerAddress(1).build();
            EngineServer few = new EngineServer(limited, RecordedSession::new);
            Servlets.add(context, "/few", new EngineServlet(few, Cors.none()));
        }

        /** Adds what engines add as well, and answers who asks for it. */
        private static void filter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            HttpServletResponse http = (HttpServletResponse) response;
            http.addHeader("X-Filter", "seen");
            http.addHeader("X-Both", "filter");
            http.addHeader("Vary", "X-Filter");
            http.addHeader("Set-Cookie", "filter=1");
            String query = String.valueOf(((HttpServletRequest) request).getQueryString());
            if (query.contains("stop=filter")) {
                http.sendError(418);
            } else {
                chain.doFilter(request, response);
            }
        }

        private void addHooks(EngineServer engine) {
            engine.use((request, response) -> {
                response.headers().set("X-Both", "middleware").add("Vary", "X-Middleware");
                if (request.query().get("stop") != null) {
                    response.headers().set("X-Stopped", "by middleware");
                    response.end(429, "later");
                }
            });
            engine.onInitialHeaders((headers, request) ->
                    headers.add("Set-Cookie", "first=1; Path=/").add("Set-Cookie", "second=2"));
            engine.onHeaders((headers, request) -> headers.set("X-Each", request.remoteAddress()));
            engine.onConnectionError(errors::add);
        }

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
                .map(Site::new);
    }

    private HttpResponse<String> get(String query) throws Exception {
        return PollingClient.send(PollingClient.get(site.server.uri("/hooked/?" + query)));
    }

    private RawWebSocket ask(String path, String query) throws Exception {
        return RawWebSocket.ask(site.server.uri(path + "/?" + query));
    }

    private static void assertWhatFilterAndMiddlewareAdd(HttpResponse<String> response) {
        assertThat(response.headers().allValues("x-filter")).containsExactly("seen");
        assertThat(response.headers().allValues("x-both")).containsExactly("middleware");
        assertThat(String.join(", ", response.headers().allValues("vary")))
                .startsWith("X-Filter")
                .contains("X-Middleware");
    }

    @Test
    void addToTheHandshakeOverPolling() throws Exception {
        HttpResponse<String> response = get(POLLING);

        String sid = PollingClient.sidOf(response.body());
        assertWhatFilterAndMiddlewareAdd(response);
        assertThat(response.headers().allValues("set-cookie"))
                .containsExactlyInAnyOrder(
                        "filter=1", "io=" + sid + "; Path=/; HttpOnly; SameSite=Lax", "first=1; Path=/", "second=2");
        assertThat(response.headers().firstValue("x-each")).contains("127.0.0.1");
        assertThat(response.headers().firstValue("cache-control")).contains("no-store");
        assertThat(response.headers()
                        .firstValue("content-type")
                        .orElseThrow()
                        .replace(" ", "")
                        .toLowerCase(Locale.ROOT))
                .isEqualTo("text/plain;charset=utf-8");
    }

    @Test
    void addToLaterResponses() throws Exception {
        String session = POLLING + "&sid=" + PollingClient.sidOf(get(POLLING).body());

        HttpResponse<String> post = PollingClient.send(HttpRequest.newBuilder(site.server.uri("/hooked/?" + session))
                .POST(BodyPublishers.ofString("1"))
                .build());

        assertThat(post.body()).isEqualTo("ok");
        assertWhatFilterAndMiddlewareAdd(post);
        assertThat(post.headers().allValues("set-cookie")).containsExactly("filter=1");
        assertThat(post.headers().allValues("x-each")).hasSize(1);
    }

    @Test
    void addToTheUpgrade() throws Exception {
        try (RawWebSocket opened = ask("/hooked", WEBSOCKET)) {
            RawConnection.Response response = opened.response();

            assertThat(response.status()).isEqualTo(101);
            assertThat(response.header("x-filter")).isEqualTo("seen");
            assertThat(response.header("x-both")).isEqualTo("middleware");
            assertThat(response.header("x-each")).isEqualTo("127.0.0.1");
            assertThat(String.valueOf(response.header("set-cookie")).split(", "))
                    .containsExactlyInAnyOrder("filter=1", "first=1; Path=/", "second=2");
            assertThat(opened.readSid()).isNotEmpty();
        }
    }

    @Test
    void addToTheUpgradeOfASessionWhatEveryResponseHas() throws Exception {
        String sid = PollingClient.sidOf(get(POLLING).body());

        try (RawWebSocket opened = ask("/hooked", WEBSOCKET + "&sid=" + sid)) {
            assertThat(opened.response().status()).isEqualTo(101);
            assertThat(opened.response().header("x-each")).isEqualTo("127.0.0.1");
            assertThat(opened.response().header("set-cookie")).isEqualTo("filter=1");
        }
    }

    @Test
    void leaveRefusalsToFilterAndMiddleware() throws Exception {
        HttpResponse<String> response = get("EIO=4");

        assertThat(response.statusCode()).isEqualTo(400);
        assertWhatFilterAndMiddlewareAdd(response);
        assertThat(response.headers().allValues("set-cookie")).containsExactly("filter=1");
        assertThat(response.headers().firstValue("x-each")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"polling, filter, 418", "websocket, filter, 418", "polling, me, 429", "websocket, me, 429"})
    void mayAnswerInPlaceOfTheEngine(String transport, String who, int status) throws Exception {
        String query = "EIO=4&transport=" + transport + "&stop=" + who;
        if (transport.equals("polling")) {
            HttpResponse<String> response = get(query);

            assertThat(response.statusCode()).isEqualTo(status);
            assertThat(response.body().equals("later")).isEqualTo(who.equals("me"));
        } else {
            try (RawWebSocket asked = ask("/hooked", query)) {
                RawConnection.Response response = asked.response();

                assertThat(response.status()).isEqualTo(status);
                assertThat(response.text().equals("later")).isEqualTo(who.equals("me"));
                assertThat("by middleware".equals(response.header("x-stopped"))).isEqualTo(who.equals("me"));
            }
        }
    }

    @Test
    void refuseWithWordsOfTheirOwn() throws Exception {
        site.errors.clear();

        HttpResponse<String> response = get(POLLING + "&deny=1");

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).isEqualTo("{\"code\":4,\"message\":\"go away\"}");
        try (RawWebSocket asked = ask("/hooked", WEBSOCKET + "&deny=1")) {
            assertThat(asked.response().status()).isEqualTo(403);
            assertThat(asked.response().text()).isEqualTo("go away");
        }
        assertThat(site.errors).hasSize(2).allSatisfy(error -> {
            assertThat(error.code()).isEqualTo(4);
            assertThat(error.context()).containsEntry("message", "go away");
            assertThat(error.request().query()).containsEntry("deny", "1");
        });
    }

    @Test
    void hearOfHandshakesThatAreNone() throws Exception {
        site.errors.clear();
        try (RawConnection connection = new RawConnection(site.server.port())) {
            connection.request("GET", "/hooked/?" + WEBSOCKET, "Upgrade: websocket", "Connection: Upgrade");
            assertThat(connection.read().status()).isEqualTo(400);
        }

        assertThat(site.errors)
                .singleElement()
                .satisfies(error -> assertThat(error.context()).containsEntry("name", "TRANSPORT_HANDSHAKE_ERROR"));
    }

    @Test
    void limitTheSessionsOfAnAddress() throws Exception {
        try (RawWebSocket first = ask("/few", WEBSOCKET)) {
            assertThat(first.readSid()).isNotEmpty();

            HttpResponse<String> polling = PollingClient.send(PollingClient.get(site.server.uri("/few/?" + POLLING)));
            assertThat(polling.statusCode()).isEqualTo(503);
            assertThat(polling.body()).isEqualTo("{\"code\":6,\"message\":\"Too many sessions\"}");
            try (RawWebSocket second = ask("/few", WEBSOCKET)) {
                assertThat(second.response().status()).isEqualTo(503);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"/hooked", "/hooked?" + POLLING, "/hooked?" + WEBSOCKET})
    void areNotAskedBesideThePath(String target) throws Exception {
        HttpResponse<String> response = PollingClient.send(PollingClient.get(site.server.uri(target)));
        assertThat(response.statusCode()).isEqualTo(404);

        try (RawWebSocket asked = RawWebSocket.ask(site.server.uri("/hooked?" + WEBSOCKET))) {
            assertThat(asked.response().status()).isEqualTo(404);
        }
    }

    @Test
    void areAskedBelowThePath() throws Exception {
        List<String> paths = List.of("/hooked/", "/hooked/anything", "/hooked/a/b/");
        for (String path : paths) {
            HttpResponse<String> response =
                    PollingClient.send(PollingClient.get(site.server.uri(path + "?" + POLLING)));
            assertThat(response.statusCode()).as(path).isEqualTo(200);
        }
    }
}
