package dev.socketio.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.socketio.Handshake;
import dev.socketio.SocketIoApplication;
import dev.socketio.SocketIoServer;
import dev.socketio.testing.Container;
import dev.socketio.testing.EmbeddedServer;
import dev.socketio.testing.Servlets;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.net.URI;
import java.security.Principal;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Web applications that need no word of configuration to have a Socket.IO server, and what operators can set. */
@Isolated("sets system properties that every initializer reads")
final class InitializerIT {

    /** Shows its options in the handshake. */
    public static final class Found implements SocketIoApplication {

        @Override
        public void options(SocketIoServer.Builder options) {
            options.path("/found").pingInterval(Duration.ofSeconds(11)).pingTimeout(Duration.ofSeconds(12));
        }

        @Override
        public void configure(SocketIoServer io) {}
    }

    /** Has the same path as the other. */
    public static final class SamePath implements SocketIoApplication {

        @Override
        public void options(SocketIoServer.Builder options) {
            options.path("/found/");
        }

        @Override
        public void configure(SocketIoServer io) {}
    }

    /** Cannot be created from outside. */
    public static final class Hidden implements SocketIoApplication {

        private Hidden() {}

        @Override
        public void configure(SocketIoServer io) {}
    }

    private abstract static class Unfinished implements SocketIoApplication {}

    private static EmbeddedServer start(
            Container container, String contextPath, Map<String, String> parameters, Class<?>... applications) {
        return container.start(0, contextPath, context -> {
            parameters.forEach(context::setInitParameter);
            context.setInitParameter("socketio.discovery", "true"); // if unset: there is Spring Boot on this class path
            new SocketIoInitializer().onStartup(Set.of(applications), context);
        });
    }

    private static String handshake(EmbeddedServer server, String path) throws Exception {
        URI uri = server.uri(path + "/?" + PollingClient.HANDSHAKE);
        return PollingClient.send(PollingClient.get(uri)).body();
    }

    @ParameterizedTest
    @EnumSource
    void startsTheApplicationsAmongTheClasses(Container container) throws Exception {
        try (EmbeddedServer server =
                start(container, "/some/app", Map.of(), Found.class, Unfinished.class, SocketIoApplication.class)) {
            assertThat(handshake(server, "/found"))
                    .startsWith("0{")
                    .contains("\"upgrades\":[\"websocket\"],\"pingInterval\":11000,\"pingTimeout\":12000");
            assertThat(status(server, "/found/socket.io.js")).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource
    void startsNothingWithoutAnApplication(Container container) throws Exception {
        try (EmbeddedServer server = container.start(context -> new SocketIoInitializer().onStartup(null, context))) {
            assertThat(status(server, "/found/")).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @EnumSource
    void looksForNoApplicationWhereAFrameworkMakesThem(Container container) throws Exception {
        Map<String, String> off = Map.of("socketio.discovery", "false");
        try (EmbeddedServer server = start(container, "", off, Found.class, Hidden.class)) {
            assertThat(status(server, "/found/")).isEqualTo(404);
        }
        EmbeddedServer.Setup springBoot =
                context -> new SocketIoInitializer().onStartup(Set.of(Found.class, Hidden.class), context);
        try (EmbeddedServer server = container.start(springBoot)) {
            assertThat(status(server, "/found/")).isEqualTo(404);
        }
    }

    private static int status(EmbeddedServer server, String path) throws Exception {
        return PollingClient.send(PollingClient.get(server.uri(path))).statusCode();
    }

    @ParameterizedTest
    @EnumSource
    void takesOptionsFromTheApplicationThenTheContextThenTheSystem(Container container) throws Exception {
        Map<String, String> parameters =
                Map.of("socketio.pingTimeout", "13s", "socketio.maxHttpBufferSize", "1000", "other.option", "x");
        System.setProperty("socketio.maxHttpBufferSize", "2000");
        try (EmbeddedServer server = start(container, "", parameters, Found.class)) {
            assertThat(handshake(server, "/found"))
                    .contains("\"pingInterval\":11000,\"pingTimeout\":13000,\"maxPayload\":2000}");
        } finally {
            System.clearProperty("socketio.maxHttpBufferSize");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "JETTY,  socketio.pingIntervall,     25s,   socketio.pingIntervall",
        "TOMCAT, socketio.pingIntervall,     25s,   socketio.pingIntervall",
        "JETTY,  socketio.pingInterval,      soon,  'socketio.pingInterval is \"soon\"'",
        "TOMCAT, socketio.pingInterval,      soon,  'socketio.pingInterval is \"soon\"'",
        "JETTY,  socketio.maxHttpBufferSize, 0,     'socketio.maxHttpBufferSize is \"0\"'",
        "JETTY,  socketio.transports,        radio, 'socketio.transports is \"radio\"'",
        "JETTY,  socketio.serveClient,       yes,   'socketio.serveClient is \"yes\"'",
        "JETTY,  socketio.discovery,         off,   'socketio.discovery is \"off\"'",
        "JETTY,  socketio.path,              chat,  'socketio.path is \"chat\"'",
    })
    void stopsTheDeploymentForAnOptionThatIsNone(Container container, String name, String value, String message) {
        assertThatThrownBy(() -> start(container, "", Map.of(name, value), Found.class))
                .satisfies(failure -> assertThat(messages(failure)).contains(message));
    }

    private static String messages(Throwable failure) {
        StringBuilder messages = new StringBuilder();
        for (Throwable each = failure; each != null; each = each.getCause()) {
            messages.append(each.getMessage()).append('\n');
        }
        return messages.toString();
    }

    @ParameterizedTest
    @EnumSource
    void stopsTheDeploymentOfTwoApplicationsWithOnePath(Container container) {
        assertThatThrownBy(() -> start(container, "", Map.of(), Found.class, SamePath.class))
                .satisfies(failure -> assertThat(messages(failure)).contains("two applications have the path /found"));
        assertThatThrownBy(() -> container.start(context -> {
                    Servlets.add(context, "/found", new HttpServlet() {});
                    SocketIoInitializer.register(context, new Found());
                }))
                .satisfies(failure -> assertThat(messages(failure)).contains("another servlet is mapped to /found/*"));
    }

    @ParameterizedTest
    @EnumSource
    void stopsTheDeploymentOfAnApplicationThatCannotBeCreated(Container container) {
        assertThatThrownBy(() -> start(container, "", Map.of(), Hidden.class))
                .satisfies(failure -> assertThat(messages(failure))
                        .contains(
                                Hidden.class.getName() + " cannot be created",
                                "public constructor",
                                "socketio.discovery"));
    }

    @ParameterizedTest
    @EnumSource(names = "JETTY_WITHOUT_WEBSOCKET", mode = EnumSource.Mode.EXCLUDE)
    void tellsTheApplicationAboutTheUserAndTheSession(Platform platform) throws Exception {
        BlockingQueue<Handshake> handshakes = new LinkedBlockingQueue<>();
        try (EmbeddedServer server = platform.start("/app", context -> addUsersApplication(context, handshakes))) {
            URI uri = server.uri("/socket.io/?EIO=4&transport=websocket&who=%C3%A4");
            WebSocketClient client =
                    WebSocketClient.open(URI.create("ws" + uri.toString().substring(4)));
            client.send("40");

            Handshake handshake = handshakes.poll(10, TimeUnit.SECONDS);

            assertThat(handshake).isNotNull();
            assertThat(handshake.principal().map(Principal::getName)).contains("ada");
            assertThat(handshake.isUserInRole("admin")).isTrue();
            assertThat(handshake.isUserInRole("guest")).isFalse();
            assertThat(handshake.isUserInRole("unasked")).isFalse();
            assertThat(handshake.httpSession(HttpSession.class).map(session -> session.getAttribute("cart")))
                    .contains("full");
            assertThat(handshake.address()).isIn("127.0.0.1", "0:0:0:0:0:0:0:1", "[::1]", "::1");
            assertThat(handshake.secure()).isFalse();
            assertThat(handshake.url()).isEqualTo("/app/socket.io/?EIO=4&transport=websocket&who=%C3%A4");
            assertThat(handshake.query()).containsEntry("who", "ä");
            assertThat(handshake.headers()).containsEntry("upgrade", "websocket");
            client.socket().abort();
        }
    }

    private static void addUsersApplication(ServletContext context, BlockingQueue<Handshake> handshakes) {
        var filter = context.addFilter("user", InitializerIT::authenticate);
        filter.setAsyncSupported(true);
        filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
        SocketIoInitializer.register(context, new SocketIoApplication() {
            @Override
            public void options(SocketIoServer.Builder options) {
                options.roles(List.of("admin", "guest"));
            }

            @Override
            public void configure(SocketIoServer io) {
                io.onConnection(socket -> handshakes.add(socket.handshake()));
            }
        });
    }

    private static void authenticate(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest http = (HttpServletRequest) request;
        HttpSession existing = sessionOf(http);
        chain.doFilter(
                new HttpServletRequestWrapper(http) {
                    @Override
                    public @Nullable HttpSession getSession(boolean create) {
                        return create ? null : existing;
                    }

                    @Override
                    public Principal getUserPrincipal() {
                        return () -> "ada";
                    }

                    @Override
                    public boolean isUserInRole(String role) {
                        return role.equals("admin") || role.equals("unasked");
                    }
                },
                response);
    }

    /** Tomcat closes the WebSockets of sessions that are not its own; the embedded Jetty has no sessions. */
    private static HttpSession sessionOf(HttpServletRequest request) {
        if (request.getServletContext().getServerInfo().contains("Tomcat")) {
            request.getSession().setAttribute("cart", "full");
            return request.getSession();
        }
        HttpSession session = mock(HttpSession.class);
        when(session.getAttribute("cart")).thenReturn("full");
        return session;
    }

    @Test
    void offersNoWebSocketWhereTheContainerHasNone() throws Exception {
        try (EmbeddedServer server = Platform.JETTY_WITHOUT_WEBSOCKET.start(
                "", context -> SocketIoInitializer.register(context, new Found()))) {
            assertThat(handshake(server, "/found")).contains("\"upgrades\":[]");
            try (RawWebSocket asked = RawWebSocket.ask(server.uri("/found/?EIO=4&transport=websocket"))) {
                assertThat(asked.response().status()).isEqualTo(400);
                assertThat(asked.response().text()).isEqualTo("Bad request");
            }
        }
    }
}
