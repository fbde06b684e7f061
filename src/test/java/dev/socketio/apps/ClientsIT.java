package dev.socketio.apps;

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

/** The browser's clients of 1.2, 1.7, 2.5, 3.1, 4.0 and 4.8 against every container, over each way to connect. */
@Execution(ExecutionMode.SAME_THREAD)
class ClientsIT {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    static Stream<Arguments> containersAndTransports() {
        return Arrays.stream(Container.values())
                .flatMap(container -> Stream.of("polling", "websocket", "polling,websocket")
                        .map(transports -> Arguments.of(container, transports)));
    }

    @ParameterizedTest(name = "{0} over {1}")
    @MethodSource("containersAndTransports")
    void ofEveryAgeAreAtHome(Container container, String transports) {
        try (EmbeddedServer server = container.start(new AcceptanceApp())) {
            NodeScript.run("clients.mjs", LIMIT, server.uri("").toString(), "/plain", transports);
        }
    }
}
