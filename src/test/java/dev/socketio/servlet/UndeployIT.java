package dev.socketio.servlet;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.SocketIoApplication;
import dev.socketio.SocketIoServer;
import dev.socketio.testing.EmbeddedServer;
import jakarta.servlet.DispatcherType;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The end of a web application, with clients connected. */
@Isolated("looks at the threads of the whole JVM")
final class UndeployIT {

    /** Tells why its clients left. */
    private static final class App implements SocketIoApplication {

        private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();

        @Override
        public void configure(SocketIoServer io) {
            io.onConnection(socket -> {
                socket.onDisconnect(reason -> ends.add(reason.toString()));
                socket.emit("welcome");
            });
        }
    }

    @ParameterizedTest
    @EnumSource(names = "JETTY_WITHOUT_WEBSOCKET", mode = EnumSource.Mode.EXCLUDE)
    void tellsEveryClientAndLeavesNoThread(Platform platform) throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        App app = new App();
        CountDownLatch parked = new CountDownLatch(2); // the handshake and the poll
        EmbeddedServer server = platform.start("", context -> {
            SocketIoInitializer.register(context, app);
            var filter = context.addFilter("parked", (request, response, chain) -> {
                chain.doFilter(request, response);
                if ("polling".equals(request.getParameter("transport"))) {
                    parked.countDown();
                }
            });
            filter.setAsyncSupported(true);
            filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
        });
        List<WebSocketClient> clients = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            URI uri = server.uri("/socket.io/?EIO=4&transport=websocket");
            WebSocketClient client =
                    WebSocketClient.open(URI.create("ws" + uri.toString().substring(4)));
            client.send("40");
            assertThat((String) client.nextMessage()).startsWith("0");
            assertThat((String) client.nextMessage()).startsWith("40");
            assertThat((String) client.nextMessage()).isEqualTo("42[\"welcome\"]");
            clients.add(client);
        }
        URI handshake = server.uri("/socket.io/?" + PollingClient.HANDSHAKE);
        String sid = PollingClient.sidOf(
                PollingClient.send(PollingClient.get(handshake)).body());
        CompletableFuture<HttpResponse<String>> poll = TestEngine.HTTP.sendAsync(
                PollingClient.get(URI.create(handshake + "&sid=" + sid)), BodyHandlers.ofString());
        assertThat(parked.await(10, TimeUnit.SECONDS)).isTrue();

        server.close();

        for (WebSocketClient client : clients) {
            assertThat(client.closeCode()).isIn(1000, 1001, 1005);
            assertThat(app.ends.poll(10, TimeUnit.SECONDS)).isEqualTo("server shutting down");
        }
        assertThat(poll.get(10, TimeUnit.SECONDS).body()).isEqualTo("1");
        assertNoThreadIsLeft(before);
    }

    @ParameterizedTest
    @EnumSource
    void leavesNoThreadIfNobodyEverCame(Platform platform) throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        platform.start("", context -> SocketIoInitializer.register(context, new App()))
                .close();
        assertNoThreadIsLeft(before);
    }

    private static void assertNoThreadIsLeft(Set<Thread> before) throws Exception {
        Set<Thread> started = new HashSet<>(Thread.getAllStackTraces().keySet());
        started.removeAll(before);
        for (Thread thread : started) {
            if (requireNonNull(thread.getName()).startsWith("socketio")) {
                TimeUnit.SECONDS.timedJoin(thread, 10);
                assertThat(thread.isAlive()).as(thread.getName()).isFalse();
            }
        }
    }
}
