package dev.socketio;

import dev.socketio.protocol.Parser;
import dev.socketio.servlet.SocketIoInitializer;
import dev.socketio.testing.Container;
import dev.socketio.testing.EmbeddedServer;
import dev.socketio.testing.NodeScript;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The official JavaScript client against every container, over each way to connect. */
@Execution(ExecutionMode.SAME_THREAD)
class EndToEndIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    static Stream<Arguments> containersAndTransports() {
        return Arrays.stream(Container.values())
                .flatMap(container -> Stream.of("polling", "websocket", "polling,websocket")
                        .map(transports -> Arguments.of(container, transports)));
    }

    @ParameterizedTest(name = "{0} over {1}")
    @MethodSource("containersAndTransports")
    void theOfficialClientIsAtHome(Container container, String transports) {
        try (EmbeddedServer server =
                container.start(context -> SocketIoInitializer.register(context, new EndToEndApp()))) {
            NodeScript.run("end-to-end.mjs", LIMIT, server.uri("").toString(), transports);
        }
    }

    @ParameterizedTest(name = "{0} over {1}")
    @MethodSource("containersAndTransports")
    void theOfficialClientIsAtHomeWithMessagePack(Container container, String transports) {
        EndToEndApp app = new EndToEndApp(Parser.msgpack());
        try (EmbeddedServer server = container.start(context -> SocketIoInitializer.register(context, app))) {
            NodeScript.run("end-to-end.mjs", LIMIT, server.uri("").toString(), transports, "socket.io-msgpack-parser");
        }
    }

    @ParameterizedTest
    @EnumSource
    void theOfficialClientCompressesIfBothSidesWish(Container container) {
        try (EmbeddedServer server = container.start(context -> {
            context.setInitParameter("socketio.perMessageDeflate", "true");
            SocketIoInitializer.register(context, new EndToEndApp());
        })) {
            NodeScript.run("deflate.mjs", LIMIT, server.uri("").toString());
        }
    }

    @ParameterizedTest
    @MethodSource("containersAndTransports")
    void theClientFindsItsWayBelowAContextPath(Container container, String transports) {
        try (EmbeddedServer server =
                container.start(0, "/some/app", context -> SocketIoInitializer.register(context, new EndToEndApp()))) {
            NodeScript.run("context-path.mjs", LIMIT, server.uri("").toString(), transports);
        }
    }
}
