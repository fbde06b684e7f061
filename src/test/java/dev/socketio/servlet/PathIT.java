package dev.socketio.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.SocketIoServer;
import dev.socketio.testing.EmbeddedServer;
import dev.socketio.testing.Servlets;
import jakarta.servlet.ServletContext;
import java.net.http.HttpResponse;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which paths are a server's own, with the slash at the end and without. */
@ParameterizedClass
@MethodSource("sites")
final class PathIT {

    private final EmbeddedServer server;

    PathIT(Site site) {
        this.server = site.server();
    }

    private record Site(Platform platform, EmbeddedServer server) implements AutoCloseable {

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
        return Stream.of(Platform.JETTY, Platform.TOMCAT)
                .map(platform -> new Site(platform, platform.start("/app", PathIT::addServlets)));
    }

    private static void addServlets(ServletContext context) {
        add(context, SocketIoServer.builder());
        add(context, SocketIoServer.builder().path("/bare/").addTrailingSlash(false));
    }

    private static void add(ServletContext context, SocketIoServer.Builder options) {
        SocketIoServer io = options.build();
        Servlets.add(context, io.options().path(), new SocketIoServlet(io));
    }

    @ParameterizedTest
    @CsvSource({
        "/socket.io/?EIO=4,              200",
        "/socket.io/anything?EIO=4,      200",
        "/socket.io?EIO=4,               404",
        "/socket.iox?EIO=4,              404",
        "/socket.io/socket.io.min.js?v=, 200",
        "/bare?EIO=4,                    200",
        "/bare/?EIO=4,                   200",
        "/barefoot?EIO=4,                404",
        "/bare/socket.io.min.js?v=,      200",
    })
    void takesRequestsOfItsPath(String target, int status) throws Exception {
        HttpResponse<String> polling = PollingClient.send(PollingClient.get(server.uri(target + "&transport=polling")));

        assertThat(polling.statusCode()).isEqualTo(status);
        if (target.endsWith("EIO=4")) {
            try (RawWebSocket asked = RawWebSocket.ask(server.uri(target + "&transport=websocket"))) {
                assertThat(asked.response().status()).isEqualTo(status == 200 ? 101 : status);
            }
        }
    }
}
