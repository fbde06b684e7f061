package dev.socketio.servlet;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.socketio.SocketIoServer;
import dev.socketio.engine.EnginePacket;
import dev.socketio.engine.WebSocketHandshake;
import dev.socketio.engine.WebSocketTransport;
import dev.socketio.testing.EmbeddedJetty;
import dev.socketio.testing.EmbeddedJetty.WebSocketApi;
import dev.socketio.testing.Servlets;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee10.websocket.server.JettyWebSocketServerContainer;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.common.JettyWebSocketFrameHandler;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.WebSocketConnection;
import org.eclipse.jetty.websocket.core.WebSocketCoreSession;
import org.junit.jupiter.api.Test;

/** What the library does behind Jetty's API, which a new version of Jetty may put an end to. */
final class JettyInternalsIT {

    @Test
    void theThreadThatLearnsOfAMessageReadsItIfNoListenerCanKeepItWaiting() throws Exception {
        onConnection(
                SocketIoServer.builder(),
                (client, connection) -> assertThat(reading(connection)).isEqualTo(InvocationType.NON_BLOCKING));
    }

    @Test
    void listenersThatMayRunOnThatThreadGetOneThatTheyCanBlock() throws Exception {
        onConnection(
                SocketIoServer.builder().executor(Runnable::run),
                (client, connection) -> assertThat(reading(connection)).isEqualTo(InvocationType.BLOCKING));
    }

    @Test
    void listenersThatNeverBlockRunOnTheThreadThatReads() throws Exception {
        SocketIoServer.Builder options = SocketIoServer.builder().nonBlockingListeners(true);
        onConnection(
                options,
                (client, connection) -> assertThat(reading(connection)).isEqualTo(InvocationType.NON_BLOCKING));
    }

    @Test
    void aBatchIsWrittenAndItsEndIsTold() throws Exception {
        JettyInternals internals = new JettyInternals(WebSocketConnection.class.getClassLoader());
        onConnection(SocketIoServer.builder(), (client, connection) -> {
            CompletableFuture<Void> written = new CompletableFuture<>();
            JettyFrames.Sender sender = requireNonNull(internals.sender(
                    session(connection), () -> written.complete(null), written::completeExceptionally));

            sender.send(List.of(
                    EnginePacket.message("a"),
                    EnginePacket.message(new byte[] {1, 2}),
                    EnginePacket.message("\u00fc")));

            assertThat(client.nextMessage()).isEqualTo("4a");
            assertThat(client.nextMessage()).isEqualTo(new byte[] {1, 2});
            assertThat(client.nextMessage()).isEqualTo("4\u00fc");
            written.get(15, TimeUnit.SECONDS);
        });
    }

    @Test
    void nothingOvertakesWhatIsCut() throws Exception {
        JettyInternals internals = new JettyInternals(WebSocketConnection.class.getClassLoader());
        String large = "x".repeat(500_000);
        onConnection(SocketIoServer.builder(), (client, connection) -> {
            JettyFrames.Sender sender = requireNonNull(internals.sender(session(connection), () -> {}, failure -> {}));

            sender.send(List.of(EnginePacket.message("a"), EnginePacket.message(large), EnginePacket.message("b")));

            assertThat(client.nextMessage()).isEqualTo("4a");
            assertThat(client.nextMessage()).isEqualTo("4" + large);
            assertThat(client.nextMessage()).isEqualTo("4b");
        });
    }

    @Test
    void aConnectionAsksBeforeItReads() throws Exception {
        JettyInternals internals = new JettyInternals(WebSocketConnection.class.getClassLoader());
        onConnection(SocketIoServer.builder(), (client, connection) -> {
            CountDownLatch asked = new CountDownLatch(1);
            JettyInternals.Reading reading = internals.interceptDemand(session(connection), asked::countDown);
            assertThat(reading.isIntercepted()).isTrue();

            client.send("40"); // wanted before
            assertThat(asked.await(15, TimeUnit.SECONDS)).isTrue();
            assertThat(client.nextMessage()).asString().startsWith("40");
            client.send("40/unknown,");
            while (!reading.isIdle()) {
                Thread.onSpinWait();
            }
            reading.next();

            assertThat(client.nextMessage()).asString().startsWith("44/unknown,");
        });
    }

    @Test
    void aConnectionTellsInWhichTurnsItIsRead() throws Exception {
        JettyInternals internals = new JettyInternals(WebSocketConnection.class.getClassLoader());
        onConnection(SocketIoServer.builder(), (client, connection) -> {
            BlockingQueue<String> told = new LinkedBlockingQueue<>();
            internals.tellTurns(session(connection), new RecordedTurns(told), /* waits= */ false);
            connection.getExecutor().execute(() -> told.add("demanded apart"));
            assertThat(told.poll(15, TimeUnit.SECONDS)).isEqualTo("begin");
            assertThat(told.poll(15, TimeUnit.SECONDS)).isEqualTo("demanded apart");
            assertThat(told.poll(15, TimeUnit.SECONDS)).isEqualTo("end");

            client.send("40"); // which Jetty was waiting for before, on its own
            assertThat(client.nextMessage()).asString().startsWith("40");
            client.send("40/unknown,");

            assertThat(client.nextMessage()).asString().startsWith("44/unknown,");
            assertThat(told.poll(15, TimeUnit.SECONDS)).isEqualTo("begin");
            assertThat(told.poll(15, TimeUnit.SECONDS)).isEqualTo("end");
        });
    }

    @Test
    void jettyLooksForNoMethodThatTakesMessages() throws Exception {
        onConnection(SocketIoServer.builder(), (client, connection) -> {
            Object handler = handler(connection);
            assertThat(handler).hasFieldOrPropertyWithValue("textHandle", null);
            assertThat(handler).hasFieldOrPropertyWithValue("binaryHandle", null);

            client.send("40");

            assertThat(client.nextMessage()).asString().startsWith("40");
        });
    }

    @Test
    void messagesComeByTheApiFromAJettyThatCannotBeReachedBelow() throws Exception {
        JettyInternals none = new JettyInternals(ClassLoader.getPlatformClassLoader());
        WebSocketTransport transport = mock(WebSocketTransport.class);
        WebSocketHandshake handshake = mock(WebSocketHandshake.class);
        when(handshake.open(any())).thenReturn(transport);
        try (EmbeddedJetty jetty = EmbeddedJetty.start(
                0,
                "",
                EnumSet.of(WebSocketApi.JETTY),
                context -> Servlets.add(context, "/ws", new Upgrading(handshake, none)))) {
            WebSocketClient client = WebSocketClient.open(URI.create("ws://127.0.0.1:" + jetty.port() + "/ws"));

            client.send("2");
            client.send(new byte[] {1, 2});
            client.send("3");

            verify(transport, timeout(15_000)).onText("2", true);
            verify(transport, timeout(15_000)).onBinary(any(), eq(true));
            verify(transport, timeout(15_000)).onText("3", true);
            client.socket().abort();
        }
    }

    private static final class Upgrading extends HttpServlet {

        private static final long serialVersionUID = 1;

        private final transient WebSocketHandshake handshake;
        private final transient JettyInternals internals;

        Upgrading(WebSocketHandshake handshake, JettyInternals internals) {
            this.handshake = handshake;
            this.internals = internals;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            JettyWebSocketServerContainer container = JettyWebSocketServerContainer.getContainer(getServletContext());
            container.upgrade(
                    (asked, answer) ->
                            JettyEndpoint.of(handshake, internals, container.getExecutor(), /* waits= */ true),
                    request,
                    response);
        }
    }

    private record RecordedTurns(Queue<String> told) implements JettyInternals.Turns {

        @Override
        public void begin() {
            told.add("begin");
        }

        @Override
        public void end() {
            told.add("end");
        }
    }

    @Test
    void whatCannotBeReachedIsLeftAlone() {
        JettyInternals none = new JettyInternals(ClassLoader.getPlatformClassLoader());
        Session session = mock(Session.class);
        JettyInternals.Turns turns = new RecordedTurns(new ArrayDeque<>());

        assertThatCode(() -> {
                    none.forgetResponse(session);
                    none.tellTurns(session, turns, /* waits= */ false);
                })
                .doesNotThrowAnyException();
        assertThat(none.sinks()).isNull();
        assertThat(none.sender(session, () -> {}, failure -> {})).isNull();
        assertThat(none.interceptDemand(session, () -> {}).isIntercepted()).isFalse();
        assertThat(none.canInterceptDemand()).isFalse();
    }

    private interface Look {

        void at(WebSocketClient client, WebSocketConnection connection) throws Exception;
    }

    private static void onConnection(SocketIoServer.Builder options, Look look) throws Exception {
        SocketIoServer io = options.build();
        try (EmbeddedJetty jetty = EmbeddedJetty.start(
                0,
                "",
                EnumSet.of(WebSocketApi.JETTY),
                context -> Servlets.add(context, io.options().path(), new SocketIoServlet(io)))) {
            WebSocketClient client = WebSocketClient.open(
                    URI.create("ws://127.0.0.1:%d/socket.io/?EIO=4&transport=websocket".formatted(jetty.port())));
            assertThat((String) client.nextMessage()).startsWith("0");

            WebSocketConnection connection = jetty.connections().stream()
                    .filter(WebSocketConnection.class::isInstance)
                    .map(WebSocketConnection.class::cast)
                    .findFirst()
                    .orElseThrow();
            while (!connection.isFillInterested()) {
                Thread.onSpinWait(); // it has sent its first message, and is about to wait for the client's
            }
            look.at(client, connection);
            client.socket().abort();
        }
    }

    private static InvocationType reading(WebSocketConnection connection) throws Exception {
        return Invocable.getInvocationType(field(AbstractConnection.class, "_fillableCallback", connection));
    }

    private static Session session(WebSocketConnection connection) throws Exception {
        return handler(connection).getSession();
    }

    private static JettyWebSocketFrameHandler handler(WebSocketConnection connection) throws Exception {
        CoreSession core = (CoreSession) field(WebSocketConnection.class, "coreSession", connection);
        return (JettyWebSocketFrameHandler) ((WebSocketCoreSession) core).getHandler();
    }

    private static Object field(Class<?> type, String name, Object of) throws Exception {
        return requireNonNull(Reflection.field(type, name).get(of));
    }
}
