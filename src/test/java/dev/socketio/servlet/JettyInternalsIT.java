package dev.socketio.servlet;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.mockito.Mockito.mock;

import dev.socketio.SocketIoServer;
import dev.socketio.testing.EmbeddedJetty;
import dev.socketio.testing.EmbeddedJetty.WebSocketApi;
import dev.socketio.testing.Servlets;
import java.lang.reflect.Field;
import java.net.URI;
import java.util.EnumSet;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.core.WebSocketConnection;
import org.junit.jupiter.api.Test;

/** What the library does behind Jetty's API, which a new version of Jetty may put an end to. */
final class JettyInternalsIT {

    @Test
    void theThreadThatLearnsOfAMessageReadsItIfNoListenerCanKeepItWaiting() throws Exception {
        assertThat(reading(SocketIoServer.builder())).isEqualTo(InvocationType.NON_BLOCKING);
    }

    @Test
    void listenersThatMayRunOnThatThreadGetOneThatTheyCanBlock() throws Exception {
        assertThat(reading(SocketIoServer.builder().executor(Runnable::run))).isEqualTo(InvocationType.BLOCKING);
    }

    @Test
    void whatCannotBeReachedIsLeftAlone() {
        JettyInternals none = new JettyInternals(ClassLoader.getPlatformClassLoader());
        Session session = mock(Session.class);

        assertThatCode(() -> {
                    none.forgetResponse(session);
                    none.readAtOnce(session);
                })
                .doesNotThrowAnyException();
    }

    private static InvocationType reading(SocketIoServer.Builder options) throws Exception {
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
            Field callback = AbstractConnection.class.getDeclaredField("_fillableCallback");
            callback.setAccessible(true);
            InvocationType type = Invocable.getInvocationType(requireNonNull(callback.get(connection)));
            client.socket().abort();
            return type;
        }
    }
}
