package dev.socketio;

import dev.socketio.protocol.Parser;
import dev.socketio.servlet.SocketIoInitializer;
import dev.socketio.testing.Container;
import dev.socketio.testing.EmbeddedServer;
import dev.socketio.testing.NodeScript;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages that load {@code socket.io.msgpack.min.js} from the server. */
class MsgpackPageIT {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    @ParameterizedTest(name = "{0} over {1}")
    @CsvSource({"JETTY, polling", "TOMCAT, websocket"})
    void speakMessagePack(Container container, String transports) {
        EndToEndApp app = new EndToEndApp(Parser.msgpack());
        try (EmbeddedServer server = container.start(context -> SocketIoInitializer.register(context, app))) {
            NodeScript.run("msgpack-page.mjs", LIMIT, server.uri("").toString(), transports);
        }
    }
}
