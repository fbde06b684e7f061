package dev.socketio.apps;

import dev.socketio.Cors;
import dev.socketio.Namespace;
import dev.socketio.Socket;
import dev.socketio.SocketIoServer;
import dev.socketio.engine.CloseReason;
import dev.socketio.engine.EngineListener;
import dev.socketio.engine.EngineOptions;
import dev.socketio.engine.EngineServer;
import dev.socketio.engine.EngineSocket;
import dev.socketio.servlet.EngineServlet;
import dev.socketio.servlet.SocketIoServlet;
import dev.socketio.testing.EmbeddedServer;
import dev.socketio.testing.Servlets;
import jakarta.servlet.ServletContext;
import java.time.Duration;

/**
 * What the official test suites expect: Engine.IO at {@code /engine.io}, Socket.IO at its path. The suite of revision 3
 * of Engine.IO needs a server that allows it, that of revision 4 one that does not.
 */
final class ProtocolApp implements EmbeddedServer.Setup {

    private static final Duration PING_INTERVAL = Duration.ofMillis(300);
    private static final Duration PING_TIMEOUT = Duration.ofMillis(200);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
    private static final int MAX_BYTES = 1_000_000;

    private final boolean allowEIO3;

    ProtocolApp(boolean allowEIO3) {
        this.allowEIO3 = allowEIO3;
    }

    @Override
    public void onStartup(ServletContext context) {
        EngineOptions options = EngineOptions.builder()
                .pingInterval(PING_INTERVAL)
                .pingTimeout(PING_TIMEOUT)
                .maxHttpBufferSize(MAX_BYTES)
                .allowEIO3(allowEIO3)
                .build();
        EngineServer engine = new EngineServer(options, Echo::new);
        Servlets.add(context, "/engine.io", new EngineServlet(engine, Cors.origins("*")));

        SocketIoServer io = SocketIoServer.builder()
                .pingInterval(PING_INTERVAL)
                .pingTimeout(PING_TIMEOUT)
                .connectTimeout(CONNECT_TIMEOUT)
                .maxHttpBufferSize(MAX_BYTES)
                .cors(Cors.origins("*"))
                .build();
        greet(io.sockets());
        greet(io.of("/custom"));
        io.onConnection(ProtocolApp::answer);
        Servlets.add(context, io.options().path(), new SocketIoServlet(io));
    }

    private static void greet(Namespace namespace) {
        namespace.onConnection(
                socket -> socket.emit("auth", socket.handshake().auth().toJson()));
    }

    private static void answer(Socket socket) {
        socket.on("message", (arguments, ack) -> socket.emit("message-back", arguments.toArray()));
        socket.on("message-with-ack", (arguments, ack) -> ack.send(arguments.toArray()));
    }

    /** Sends every message back. */
    private record Echo(EngineSocket socket) implements EngineListener {

        @Override
        public void onMessage(String text) {
            socket.send(text);
        }

        @Override
        public void onMessage(byte[] bytes) {
            socket.send(bytes);
        }

        @Override
        public void onClose(CloseReason reason, String detail) {}
    }
}
