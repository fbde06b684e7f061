package dev.socketio.servlet;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.socketio.SocketIoServer;
import dev.socketio.engine.EnginePacket;
import dev.socketio.engine.WebSocketChannel;
import dev.socketio.engine.WebSocketHandshake;
import dev.socketio.engine.WebSocketTransport;
import dev.socketio.testing.EmbeddedJetty;
import dev.socketio.testing.EmbeddedJetty.WebSocketApi;
import dev.socketio.testing.Servlets;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee10.websocket.server.JettyWebSocketServerContainer;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.eclipse.jetty.websocket.core.WebSocketConnection;
import org.eclipse.jetty.websocket.core.WebSocketCoreSession;
import org.jspecify.annotations.Nullable;
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
    void aConnectionIsHadBelowTheApi() throws Exception {
        onConnection(SocketIoServer.builder(), (client, connection) -> {
            assertThat(Proxy.isProxyClass(session(connection).getHandler().getClass()))
                    .isTrue();

            client.send("40");

            assertThat(client.nextMessage()).asString().startsWith("40");
        });
    }

    @Test
    void aRequestThatAFilterHasWrappedIsUpgradedToo() throws Exception {
        SocketIoServer io = SocketIoServer.builder().build();
        try (EmbeddedJetty jetty = EmbeddedJetty.start(0, "", EnumSet.of(WebSocketApi.JETTY), context -> {
            FilterRegistration.Dynamic filter = context.addFilter("wrapping", new Wrapping());
            filter.setAsyncSupported(true);
            filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
            Servlets.add(context, io.options().path(), new SocketIoServlet(io));
        })) {
            WebSocketClient client = WebSocketClient.open(uri(jetty));

            assertThat((String) client.nextMessage()).startsWith("0");
            client.send("40");

            assertThat(client.nextMessage()).asString().startsWith("40");
            client.socket().abort();
        }
    }

    private static final class Wrapping implements Filter {

        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            chain.doFilter(
                    new HttpServletRequestWrapper((HttpServletRequest) request),
                    new HttpServletResponseWrapper((HttpServletResponse) response));
        }
    }

    @Test
    void aBatchIsWrittenAndItsEndIsTold() throws Exception {
        JettyCore core = new JettyCore(WebSocketConnection.class.getClassLoader());
        onConnection(SocketIoServer.builder(), (client, connection) -> {
            CompletableFuture<@Nullable Throwable> written = new CompletableFuture<>();

            sender(core, connection)
                    .send(
                            List.of(
                                    EnginePacket.message("a"),
                                    EnginePacket.message(new byte[] {1, 2}),
                                    EnginePacket.message("\u00fc")),
                            written::complete);

            assertThat(client.nextMessage()).isEqualTo("4a");
            assertThat(client.nextMessage()).isEqualTo(new byte[] {1, 2});
            assertThat(client.nextMessage()).isEqualTo("4\u00fc");
            assertThat(written.get(15, TimeUnit.SECONDS)).isNull();
        });
    }

    @Test
    void nothingOvertakesWhatIsCut() throws Exception {
        JettyCore core = new JettyCore(WebSocketConnection.class.getClassLoader());
        String large = "x".repeat(500_000);
        onConnection(SocketIoServer.builder(), (client, connection) -> {
            sender(core, connection)
                    .send(
                            List.of(EnginePacket.message("a"), EnginePacket.message(large), EnginePacket.message("b")),
                            failure -> {});

            assertThat(client.nextMessage()).isEqualTo("4a");
            assertThat(client.nextMessage()).isEqualTo("4" + large);
            assertThat(client.nextMessage()).isEqualTo("4b");
        });
    }

    private static JettyFrames.Sender sender(JettyCore core, WebSocketConnection connection) throws Exception {
        return new JettyFrames(core).new Sender(opened(core, connection));
    }

    @Test
    void aConnectionTellsInWhichTurnsItIsRead() throws Exception {
        JettyCore core = new JettyCore(WebSocketConnection.class.getClassLoader());
        onConnection(SocketIoServer.builder(), (client, connection) -> {
            BlockingQueue<String> told = new LinkedBlockingQueue<>();
            opened(core, connection).tellTurns(new RecordedTurns(told), /* waits= */ false);
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

    private record RecordedTurns(Queue<String> told) implements JettyConnections.Turns {

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
    void aJettyThatCannotBeReachedBelowIsUsedByItsApi() throws Exception {
        WebSocketTransport transport = mock(WebSocketTransport.class);
        BlockingQueue<WebSocketChannel> opened = new LinkedBlockingQueue<>();
        WebSocketHandshake handshake = mock(WebSocketHandshake.class);
        when(handshake.open(any())).thenAnswer(call -> {
            opened.add(call.getArgument(0));
            return transport;
        });
        try (EmbeddedJetty jetty = EmbeddedJetty.start(
                0,
                "",
                EnumSet.of(WebSocketApi.JETTY),
                context -> Servlets.add(context, "/socket.io", new ByApi(handshake)))) {
            WebSocketClient client = WebSocketClient.open(uri(jetty));

            client.send("2");
            client.send(new byte[] {1, 2});
            client.send("3");

            verify(transport, timeout(15_000)).onText("2", true);
            verify(transport, timeout(15_000)).onBinary(any(), eq(true));
            verify(transport, timeout(15_000)).onText("3", true);

            WebSocketChannel channel = requireNonNull(opened.poll(15, TimeUnit.SECONDS));
            CompletableFuture<@Nullable Throwable> written = new CompletableFuture<>();
            channel.send(
                    List.of(EnginePacket.message("a"), EnginePacket.message(new byte[] {1, 2})), written::complete);
            assertThat(client.nextMessage()).isEqualTo("4a");
            assertThat(client.nextMessage()).isEqualTo(new byte[] {1, 2});
            assertThat(written.get(15, TimeUnit.SECONDS)).isNull();

            channel.close(WebSocketChannel.NO_CODE, "");
            assertThat(client.closeCode()).isEqualTo(WebSocketChannel.NO_CODE);
            verify(transport, timeout(15_000)).onClosed();
        }
    }

    /** Looks for Jetty's own classes where there are none. */
    private static final class ByApi extends HttpServlet {

        private static final long serialVersionUID = 1;

        private final transient WebSocketHandshake handshake;

        ByApi(WebSocketHandshake handshake) {
            this.handshake = handshake;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            JettyWebSocketServerContainer container = JettyWebSocketServerContainer.getContainer(getServletContext());
            ClassLoader none = ClassLoader.getPlatformClassLoader();
            new JettyUpgrade(container, none, /* deflate= */ true, /* waits= */ true)
                    .upgrade(request, response, handshake);
        }
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
            WebSocketClient client = WebSocketClient.open(uri(jetty));
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

    private static URI uri(EmbeddedJetty jetty) {
        return URI.create("ws://127.0.0.1:%d/socket.io/?EIO=4&transport=websocket".formatted(jetty.port()));
    }

    private static InvocationType reading(WebSocketConnection connection) throws Exception {
        return Invocable.getInvocationType(field(AbstractConnection.class, "_fillableCallback", connection));
    }

    private static JettyConnections.Opened opened(JettyCore core, WebSocketConnection connection) throws Exception {
        return new JettyConnections(core).new Opened(session(connection));
    }

    private static WebSocketCoreSession session(WebSocketConnection connection) throws Exception {
        return (WebSocketCoreSession) field(WebSocketConnection.class, "coreSession", connection);
    }

    private static Object field(Class<?> type, String name, Object of) throws Exception {
        return requireNonNull(Reflection.field(type, name).get(of));
    }
}
