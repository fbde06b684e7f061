package dev.socketio.servlet;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socketio.engine.EnginePacket;
import dev.socketio.testing.EmbeddedTomcat;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.tomcat.websocket.WsRemoteEndpointImplBase;
import org.apache.tomcat.websocket.WsSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the library does behind Tomcat's API, which a new version of Tomcat may put an end to. */
final class TomcatFramesIT {

    private static final int PATIENCE_SECONDS = 15;

    @Test
    void aBatchIsWrittenAndItsEndIsTold() throws Exception {
        onConnection((client, session, sender) -> {
            CompletableFuture<@Nullable Void> written = new CompletableFuture<>();

            sender.send(
                    List.of(
                            EnginePacket.message("a"),
                            EnginePacket.message(new byte[] {1, 2}),
                            EnginePacket.message("\u00fc")),
                    failure -> complete(written, failure));

            assertThat(written).isCompleted(); // by the thread that wrote
            assertThat(client.read().text()).isEqualTo("4a");
            assertThat(client.read()).satisfies(frame -> {
                assertThat(frame.opcode()).isEqualTo(RawWebSocket.BINARY);
                assertThat(frame.payload()).containsExactly(1, 2);
            });
            assertThat(client.read().text()).isEqualTo("4\u00fc");
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 125, 126, 65_535, 65_536, 1_000_000})
    void aMessageMayHaveAnyLength(int length) throws Exception {
        onConnection((client, session, sender) -> {
            CompletableFuture<@Nullable Void> written = new CompletableFuture<>();

            sender.send(List.of(EnginePacket.message(new byte[length])), failure -> complete(written, failure));

            assertThat(client.read().payload()).hasSize(length);
            written.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        });
    }

    @Test
    void aClientThatDoesNotReadHoldsUpNobody() throws Exception {
        onConnection((client, session, sender) -> {
            byte[] more = new byte[20_000_000]; // than the operating system keeps
            CompletableFuture<@Nullable Void> written = new CompletableFuture<>();

            sender.send(
                    List.of(EnginePacket.message(more), EnginePacket.message("a")),
                    failure -> complete(written, failure));

            assertThat(written).isNotDone();
            assertThat(client.read().payload()).hasSize(more.length);
            assertThat(client.read().text()).isEqualTo("4a");
            written.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        });
    }

    @Test
    void aFrameOfTomcatsOwnComesBeforeOrAfterButNotWithin() throws Exception {
        onConnection((client, session, sender) -> {
            byte[] more = new byte[20_000_000];
            CompletableFuture<@Nullable Void> written = new CompletableFuture<>();
            sender.send(List.of(EnginePacket.message(more)), failure -> complete(written, failure));

            CompletableFuture<Void> ping = CompletableFuture.runAsync(() -> ping(session));
            assertThat(client.read().payload()).hasSize(more.length);

            assertThat(client.read().opcode()).isEqualTo(RawWebSocket.PING);
            ping.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            written.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        });
    }

    private static void ping(Session session) {
        try {
            session.getAsyncRemote().sendPing(ByteBuffer.allocate(0));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whileTomcatWritesItsApiTakesTheBatch() throws Exception {
        onConnection((client, session, sender) -> {
            permit(session).acquire();
            CompletableFuture<@Nullable Void> written = new CompletableFuture<>();
            JakartaChannel channel = new JakartaChannel(session, Runnable::run, frames(session));

            channel.send(
                    List.of(EnginePacket.message("a"), EnginePacket.message("b")),
                    failure -> complete(written, failure));
            assertThat(written).isNotDone();
            sender.completed(0L, new TomcatBatch(List.of(), failure -> {}, 1)); // as if it had been a frame of Tomcat's

            assertThat(client.read().text()).isEqualTo("4a");
            assertThat(client.read().text()).isEqualTo("4b");
            written.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        });
    }

    @Test
    void pingsAreAnsweredBetweenTheMessagesOfABatch() throws Exception {
        int messages = 400;
        onConnection((client, session, ignored) -> {
            JakartaChannel channel = new JakartaChannel(session, Runnable::run, frames(session));
            List<EnginePacket> batch = IntStream.range(0, messages)
                    .mapToObj(i -> EnginePacket.message(
                            ByteBuffer.allocate(50_000).putInt(i).array()))
                    .toList();
            CompletableFuture<@Nullable Void> written = new CompletableFuture<>();
            channel.send(batch, failure -> complete(written, failure));

            client.send(new RawWebSocket.Frame(true, RawWebSocket.PING, new byte[0]));
            while (!permit(session).hasQueuedThreads()) {
                Thread.onSpinWait();
            }

            int before = 0;
            int after = 0;
            boolean answered = false;
            while (before + after < messages || !answered) {
                RawWebSocket.Frame frame = client.read();
                if (frame.opcode() == RawWebSocket.PONG) {
                    answered = true;
                } else {
                    assertThat(ByteBuffer.wrap(frame.payload()).getInt()).isEqualTo(before + after);
                    before += answered ? 0 : 1;
                    after += answered ? 1 : 0;
                }
            }
            assertThat(after).isPositive();
            written.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        });
    }

    @Test
    void aThreadThatIsInterruptedSendsAndStaysSo() throws Exception {
        onConnection((client, session, ignored) -> {
            JakartaChannel channel = new JakartaChannel(session, Runnable::run, frames(session));
            Thread.currentThread().interrupt();

            channel.send(List.of(EnginePacket.message("a")), failure -> {});

            assertThat(Thread.interrupted()).isTrue();
            assertThat(client.read().text()).isEqualTo("4a");
        });
    }

    private static TomcatFrames frames(Session session) {
        return requireNonNull(TomcatFrames.of(session.getClass().getClassLoader()));
    }

    private static Semaphore permit(Session session) throws Exception {
        Object remote = field(WsSession.class, "wsRemoteEndpoint", session);
        return (Semaphore) field(WsRemoteEndpointImplBase.class, "messagePartInProgress", remote);
    }

    private static Object field(Class<?> type, String name, Object of) throws Exception {
        return requireNonNull(Reflection.field(type, name).get(of));
    }

    @Test
    void nothingIsWrittenAfterTheEnd() throws Exception {
        onConnection((client, session, sender) -> {
            session.close();
            CompletableFuture<@Nullable Void> written = new CompletableFuture<>();

            sender.send(List.of(EnginePacket.message("a")), failure -> complete(written, failure));

            assertThatThrownBy(() -> written.get(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(IOException.class);
            assertThat(client.read().opcode()).isEqualTo(RawWebSocket.CLOSE);
        });
    }

    @Test
    void theFailureOfAWriteIsTold() throws Exception {
        onConnection((client, session, sender) -> {
            CompletableFuture<@Nullable Void> written = new CompletableFuture<>();
            sender.send(List.of(EnginePacket.message(new byte[20_000_000])), failure -> complete(written, failure));

            client.close();

            assertThatThrownBy(() -> written.get(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(IOException.class);
        });
    }

    @Test
    void whatCannotBeReachedIsLeftAlone() {
        assertThat(TomcatFrames.of(ClassLoader.getPlatformClassLoader())).isNull();
    }

    private static void complete(CompletableFuture<@Nullable Void> written, @Nullable Throwable failure) {
        if (failure == null) {
            written.complete(null);
        } else {
            written.completeExceptionally(failure);
        }
    }

    private interface Look {

        void at(RawWebSocket client, Session session, TomcatFrames.Sender sender) throws Exception;
    }

    private static void onConnection(Look look) throws Exception {
        CompletableFuture<Session> opened = new CompletableFuture<>();
        try (EmbeddedTomcat tomcat = EmbeddedTomcat.start(0, "", context -> addEndpoint(context, opened));
                RawWebSocket client = RawWebSocket.ask(URI.create("ws://127.0.0.1:" + tomcat.port() + "/"))) {
            Session session = opened.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            TomcatFrames.Api none = (batch, completion) -> completion.done(new AssertionError("sent by the API"));
            look.at(client, session, requireNonNull(frames(session).sender(session, none, Runnable::run)));
        }
    }

    private static void addEndpoint(ServletContext context, CompletableFuture<Session> opened) throws ServletException {
        context.addServlet("any", new HttpServlet() {}).addMapping("/*"); // or the filter that upgrades is not asked
        ServerContainer container =
                (ServerContainer) requireNonNull(context.getAttribute("jakarta.websocket.server.ServerContainer"));
        try {
            container.addEndpoint(ServerEndpointConfig.Builder.create(Opening.class, "/")
                    .configurator(new ServerEndpointConfig.Configurator() {
                        @Override
                        public <T> T getEndpointInstance(Class<T> type) {
                            return type.cast(new Opening(opened));
                        }
                    })
                    .build());
        } catch (DeploymentException e) {
            throw new ServletException(e);
        }
    }

    private static final class Opening extends Endpoint {

        private final CompletableFuture<Session> opened;

        Opening(CompletableFuture<Session> opened) {
            this.opened = opened;
        }

        @Override
        public void onOpen(Session session, EndpointConfig config) {
            opened.complete(session);
        }
    }
}
