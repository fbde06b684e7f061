package dev.socketio.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socketio.SocketIoApplication;
import dev.socketio.SocketIoServer;
import dev.socketio.testing.EmbeddedJetty;
import jakarta.servlet.ServletContext;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class SocketIoServersTest {

    private record At(String path) implements SocketIoApplication {

        @Override
        public void options(SocketIoServer.Builder options) {
            options.path(path);
        }

        @Override
        public void configure(SocketIoServer io) {}
    }

    /** Registers an application at each path, by the hand of an initializer, and lets the test look. */
    private static void inWebApplication(
            Consumer<ServletContext> test, Map<String, AtomicReference<SocketIoServer>> paths) {
        EmbeddedJetty.start(0, "/app", EnumSet.noneOf(EmbeddedJetty.WebSocketApi.class), context -> {
                    paths.forEach((path, io) -> io.set(SocketIoInitializer.register(context, new At(path))));
                    test.accept(context);
                })
                .close();
    }

    @Test
    void findsTheOnlyServerWithoutItsPath() {
        AtomicReference<SocketIoServer> io = new AtomicReference<>();

        inWebApplication(
                context -> {
                    assertThat(SocketIoServers.of(context)).isSameAs(io.get());
                    assertThat(SocketIoServers.of(context, "/live")).isSameAs(io.get());
                },
                Map.of("/live", io));
    }

    @Test
    void findsOneOfSeveralByItsPath() {
        AtomicReference<SocketIoServer> first = new AtomicReference<>();
        AtomicReference<SocketIoServer> second = new AtomicReference<>();

        inWebApplication(
                context -> {
                    assertThat(SocketIoServers.of(context, "/live")).isSameAs(first.get());
                    assertThat(SocketIoServers.of(context, "/socket.io/")).isSameAs(second.get());
                    assertThatThrownBy(() -> SocketIoServers.of(context))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("give the path of one of [/live, /socket.io]");
                },
                Map.of("/live", first, "/socket.io", second));
    }

    @Test
    void saysWhatIsMissing() {
        inWebApplication(
                context -> {
                    assertThatThrownBy(() -> SocketIoServers.of(context))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("give it a SocketIoApplication");
                    assertThatThrownBy(() -> SocketIoServers.of(context, "/live"))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessage("path is \"/live\": this web application has Socket.IO servers at []");
                },
                Map.of());
    }
}
