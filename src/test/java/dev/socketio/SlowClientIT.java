package dev.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.servlet.SocketIoInitializer;
import dev.socketio.testing.Container;
import dev.socketio.testing.EmbeddedServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client that stops reading while everybody is sent 20 MB: it is closed, and nobody else notices. */
class SlowClientIT {

    private static final int MESSAGES = 20_000;
    private static final int READERS = 3;

    /** So that those who read are never far behind, whatever the machine. */
    private static final int WINDOW = 200;

    private static final int MAX_OUTBOX_BYTES = 2 << 20;
    private static final long PATIENCE_SECONDS = 20;

    /** The application, and what it has seen. */
    private static final class Feed implements SocketIoApplication {

        final CompletableFuture<SocketIoServer> server = new CompletableFuture<>();
        final Semaphore connected = new Semaphore(0);
        final CompletableFuture<DisconnectReason> end = new CompletableFuture<>();

        @Override
        public void options(SocketIoServer.Builder options) {
            options.maxOutboxBytes(MAX_OUTBOX_BYTES);
        }

        @Override
        public void configure(SocketIoServer io) {
            server.complete(io);
            io.onConnection(socket -> {
                socket.onDisconnect(end::complete);
                connected.release();
            });
        }
    }

    @ParameterizedTest
    @EnumSource(Container.class)
    void isClosedAndDelaysNobody(Container container) throws Exception {
        Feed feed = new Feed();
        try (EmbeddedServer server = container.start(context -> SocketIoInitializer.register(context, feed))) {
            URI uri = URI.create("ws://localhost:" + server.port() + "/socket.io/?EIO=4&transport=websocket");
            HttpClient http = HttpClient.newHttpClient();
            List<Reader> readers = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                Reader reader = new Reader();
                http.newWebSocketBuilder()
                        .buildAsync(uri, reader)
                        .join()
                        .sendText("40", true)
                        .join();
                readers.add(reader);
            }
            http.newWebSocketBuilder()
                    .buildAsync(uri, new Sleeper())
                    .join()
                    .sendText("40", true)
                    .join();
            assertThat(feed.connected.tryAcquire(READERS + 1, PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .isTrue();

            long most = broadcast(feed.server.join(), readers);

            assertThat(feed.end.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).hasToString("outbox full");
            assertThat(most).isLessThanOrEqualTo(MAX_OUTBOX_BYTES);
            assertThat(feed.server.join().engine().clientsCount()).isEqualTo(READERS);
            for (Reader reader : readers) {
                assertThat(reader.received).isEqualTo(MESSAGES);
                assertThat(reader.disorder).isEmpty();
            }
        }
    }

    /** Returns how many bytes waited for one client at most. */
    private static long broadcast(SocketIoServer io, List<Reader> readers) throws InterruptedException {
        String padding = "x".repeat(1_000);
        long most = 0;
        for (int i = 0; i < MESSAGES; i++) {
            io.emit("news", i, padding);
            if (i % WINDOW == WINDOW - 1) {
                for (Socket socket : io.sockets().sockets()) {
                    most = Math.max(most, socket.conn().waitingBytes());
                }
                for (Reader reader : readers) {
                    assertThat(reader.arrived.tryAcquire(WINDOW, PATIENCE_SECONDS, TimeUnit.SECONDS))
                            .as("a reader has message %s", i)
                            .isTrue();
                }
            }
        }
        return most;
    }

    /** Reads everything, answers pings, and checks the order. */
    private static final class Reader implements WebSocket.Listener {

        final Semaphore arrived = new Semaphore(0);
        volatile int received;
        volatile String disorder = "";
        private final StringBuilder message = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            message.append(part);
            if (last) {
                take(socket, message.toString());
                message.setLength(0);
            }
            socket.request(1);
            return null;
        }

        private void take(WebSocket socket, String text) {
            if (text.equals("2")) {
                CompletionStage<WebSocket> sent = socket.sendText("3", true);
                sent.exceptionally(late -> socket);
            } else if (text.startsWith("42")) {
                int expected = received;
                if (!text.startsWith("42[\"news\"," + expected + ",") && disorder.isEmpty()) {
                    disorder = "got " + text.substring(0, 20) + " in place of " + expected;
                }
                received = expected + 1;
                arrived.release();
            }
        }
    }

    /** Never asks for a message, so that its side of the connection fills up. */
    private static final class Sleeper implements WebSocket.Listener {

        @Override
        public void onOpen(WebSocket socket) {}
    }
}
