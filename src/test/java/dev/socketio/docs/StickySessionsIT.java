package dev.socketio.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.socketio.testing.NodeScript;
import dev.socketio.testing.Proxy;
import dev.socketio.testing.Proxy.Program;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The configurations for sticky sessions, each as the page has it, with the official client. */
@TestInstance(Lifecycle.PER_CLASS)
@Execution(ExecutionMode.SAME_THREAD)
final class StickySessionsIT {

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final int CLIENTS = 12;

    private final Cluster nodes = Cluster.start(/* forwarding= */ false);

    @AfterAll
    void close() {
        nodes.close();
    }

    /** Returns how many clients each node has had. */
    private JsonNode clientsByNode(Program program, String title, String transports, String cookies) throws Exception {
        program.assumeInstalled();
        try (Proxy proxy = nodes.behind(program, title)) {
            return new ObjectMapper()
                    .readTree(NodeScript.run(
                            "cluster.mjs",
                            LIMIT,
                            proxy.uri().toString(),
                            "stay",
                            Integer.toString(CLIENTS),
                            transports,
                            cookies));
        }
    }

    @ParameterizedTest
    @CsvSource({"NGINX, polling", "NGINX, 'polling,websocket'", "HAPROXY, polling", "HAPROXY, 'polling,websocket'"})
    void bySessionIdAllStayAndAllNodesHaveSome(Program program, String transports) throws Exception {
        assertThat(clientsByNode(program, "by session id", transports, "no cookies"))
                .hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({"polling", "'polling,websocket'"})
    void byCookieAllStayAndAllNodesHaveSome(String transports) throws Exception {
        assertThat(clientsByNode(Program.HAPROXY, "by cookie", transports, "cookies"))
                .hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({"NGINX, polling", "NGINX, 'polling,websocket'", "HAPROXY, polling", "HAPROXY, 'polling,websocket'"})
    void byAddressAllStayOnTheNodeOfTheirAddress(Program program, String transports) throws Exception {
        assertThat(clientsByNode(program, "by address", transports, "no cookies"))
                .hasSize(1);
    }
}
