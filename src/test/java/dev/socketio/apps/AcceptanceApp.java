package dev.socketio.apps;

import dev.socketio.ConnectionStateRecovery;
import dev.socketio.Cors;
import dev.socketio.SocketIoServer;
import dev.socketio.engine.Cookie;
import dev.socketio.engine.EngineRequest;
import dev.socketio.engine.ForbiddenException;
import dev.socketio.engine.TransportName;
import dev.socketio.servlet.SocketIoServlet;
import dev.socketio.testing.EmbeddedServer;
import dev.socketio.testing.Servlets;
import dev.socketio.time.SystemScheduler;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.time.Duration;
import java.util.List;

/**
 * The app that black-box tests are written against: six servers on six paths with the same handlers. Its contract is a
 * text of its own; what the library cannot do yet is answered with an error where a client asks for it.
 */
final class AcceptanceApp implements EmbeddedServer.Setup {

    /** The tests send streams in one go; the app that they were written against has no limit at all. */
    private static final int MAX_OUTBOX_BYTES = 64 << 20;

    /** Other origins are left to the browser, as in the app that the tests were written against. */
    private static final Cors NO_CORS = Cors.none().withRefuseOthers(false);

    private static final Cors MAIN_CORS = Cors.origins("http://allowed.example", "https://allowed.example:8443")
            .withCredentials(true)
            .withMethods("GET", "POST")
            .withAllowedHeaders("x-acceptance")
            .withExposedHeaders("x-exposed")
            .withMaxAge(Duration.ofMinutes(10))
            .withRefuseOthers(false);

    @Override
    public void onStartup(ServletContext context) {
        SystemScheduler timer = new SystemScheduler("acceptance-timer");
        context.addListener(new Closing(timer));
        Journal journal = new Journal();
        for (SocketIoServer.Builder options : endpoints()) {
            SocketIoServer io = options.build();
            new AcceptanceNamespaces(new AcceptanceEndpoint(io, journal, timer)).install();
            Servlets.add(context, io.options().path(), new SocketIoServlet(io));
        }
    }

    private static List<SocketIoServer.Builder> endpoints() {
        return List.of(
                base("/socket.io").serveClient(true).cors(MAIN_CORS).connectionStateRecovery(recovery(20_000)),
                base("/plain"),
                quick(base("/quick")),
                base("/strict").allowEIO3(false).allowRequest(AcceptanceApp::refuseDenied),
                base("/pollonly").transports(List.of(TransportName.POLLING)),
                base("/wsonly").transports(List.of(TransportName.WEBSOCKET)));
    }

    private static SocketIoServer.Builder base(String path) {
        return SocketIoServer.builder()
                .path(path)
                .allowEIO3(true)
                .pingInterval(Duration.ofSeconds(2))
                .pingTimeout(Duration.ofSeconds(4))
                .connectTimeout(Duration.ofSeconds(3))
                .upgradeTimeout(Duration.ofSeconds(2))
                .maxHttpBufferSize(1_000_000)
                .maxOutboxBytes(MAX_OUTBOX_BYTES)
                .serveClient(false)
                .cors(NO_CORS);
    }

    private static SocketIoServer.Builder quick(SocketIoServer.Builder base) {
        return base.pingInterval(Duration.ofMillis(300))
                .pingTimeout(Duration.ofMillis(200))
                .connectTimeout(Duration.ofMillis(500))
                .upgradeTimeout(Duration.ofMillis(500))
                .maxHttpBufferSize(2000)
                .cookie(Cookie.named("io"))
                .connectionStateRecovery(recovery(600).withSkipMiddlewares(false))
                .cors(Cors.origins("*").withRefuseOthers(false));
    }

    private static void refuseDenied(EngineRequest request) {
        if ("1".equals(request.query().get("deny"))) {
            throw new ForbiddenException();
        }
    }

    private static ConnectionStateRecovery recovery(long maxDisconnectionMillis) {
        return ConnectionStateRecovery.defaults()
                .withMaxDisconnectionDuration(Duration.ofMillis(maxDisconnectionMillis));
    }

    /** Ends the app's own timer with the web application. */
    private record Closing(SystemScheduler timer) implements ServletContextListener {

        @Override
        public void contextDestroyed(ServletContextEvent event) {
            timer.close();
        }
    }
}
