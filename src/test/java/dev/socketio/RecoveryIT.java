package dev.socketio;

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
import org.junit.jupiter.params.provider.MethodSource;

/** The official JavaScript client loses its connection and comes back, on every container and over every transport. */
@Execution(ExecutionMode.SAME_THREAD)
class RecoveryIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    static Stream<Arguments> containersAndTransports() {
        return Arrays.stream(Container.values())
                .flatMap(container -> Stream.of("polling", "websocket", "polling,websocket")
                        .map(transports -> Arguments.of(container, transports)));
    }

    @ParameterizedTest(name = "{0} over {1}")
    @MethodSource("containersAndTransports")
    void theOfficialClientGoesOnAsIfNothingHadHappened(Container container, String transports) {
        try (EmbeddedServer server =
                container.start(context -> SocketIoInitializer.register(context, new RecoveryApp()))) {
            NodeScript.run("recovery.mjs", LIMIT, server.uri("").toString(), transports);
        }
    }
}
