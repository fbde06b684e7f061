package dev.socketio.servlet;

import static java.util.Objects.requireNonNull;

import dev.socketio.Cors;
import dev.socketio.engine.ConnectionHandler;
import dev.socketio.engine.EngineOptions;
import dev.socketio.engine.EngineServer;
import dev.socketio.testing.EmbeddedServer;
import dev.socketio.testing.Servlets;
import dev.socketio.time.Scheduler;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A bare Engine.IO server in a container; its connections keep what they hear. */
final class TestEngine implements AutoCloseable {

    static final String PATH = "/engine.io";
    static final Duration PATIENCE = Duration.ofSeconds(15);
    static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    private final Platform platform;
    private final EngineServer engine;
    private final EmbeddedServer container;
    private final ConcurrentMap<String, RecordedSession> sessions = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, CompletableFuture<Void>> served = new ConcurrentHashMap<>();

    private TestEngine(Platform platform, EngineOptions options, Cors cors, @Nullable Scheduler scheduler) {
        this.platform = platform;
        ConnectionHandler handler = socket -> sessions.computeIfAbsent(socket.id(), id -> new RecordedSession(socket));
        engine = scheduler == null ? new EngineServer(options, handler) : new EngineServer(options, handler, scheduler);
        container = platform.start("", context -> {
            FilterRegistration.Dynamic filter = context.addFilter("served", this::filter);
            filter.setAsyncSupported(true);
            filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
            Servlets.add(context, PATH, new EngineServlet(engine, cors));
        });
    }

    static TestEngine start(Platform platform, EngineOptions options) {
        return start(platform, options, Cors.none());
    }

    static TestEngine start(Platform platform, EngineOptions options, Cors cors) {
        return new TestEngine(platform, options, cors, null);
    }

    /** Starts a server whose time is the test's. */
    static TestEngine start(Platform platform, EngineOptions options, Scheduler scheduler) {
        return new TestEngine(platform, options, Cors.none(), scheduler);
    }

    /** For {@code @MethodSource}: one server after the other, each closed before the next starts. */
    static Stream<TestEngine> forPolling() {
        return Stream.of(Platform.JETTY, Platform.TOMCAT).map(TestEngine::withDefaults);
    }

    /** For {@code @MethodSource}: one server after the other, each closed before the next starts. */
    static Stream<TestEngine> forWebSockets() {
        return Stream.of(Platform.JETTY, Platform.JETTY_WITH_JAKARTA, Platform.TOMCAT)
                .map(TestEngine::withDefaults);
    }

    /** As {@link #forWebSockets}, for clients of revision 3 too. */
    static Stream<TestEngine> forRevision3() {
        return Stream.of(Platform.JETTY, Platform.JETTY_WITH_JAKARTA, Platform.TOMCAT)
                .map(platform ->
                        start(platform, EngineOptions.builder().allowEIO3(true).build()));
    }

    /** Starts another server in the same container, at another port. */
    TestEngine another(EngineOptions options) {
        return start(platform, options);
    }

    private static TestEngine withDefaults(Platform platform) {
        return start(platform, EngineOptions.builder().build());
    }

    private void filter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String query = ((HttpServletRequest) request).getQueryString();
        chain.doFilter(request, response);
        served(query == null ? "" : query).complete(null);
    }

    private CompletableFuture<Void> served(String query) {
        return served.computeIfAbsent(query, none -> new CompletableFuture<>());
    }

    /** Waits until the container is done with {@code service()} for a request, which may be parked then. */
    void awaitServed(URI uri) throws Exception {
        served(uri.getRawQuery()).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    EngineServer engine() {
        return engine;
    }

    int port() {
        return container.port();
    }

    URI uri(String query) {
        return container.uri(PATH + "/?" + query);
    }

    URI webSocketUri(String query) {
        return URI.create(uri(query).toString().replaceFirst("http", "ws"));
    }

    RecordedSession session(String sid) {
        return requireNonNull(sessions.get(sid), "no such session");
    }

    int clientsCount() {
        return engine.clientsCount();
    }

    @Override
    public void close() {
        container.close();
    }

    @Override
    public String toString() {
        return platform.toString();
    }
}
