package dev.socketio.docs;

import dev.socketio.testing.NodeScript;
import dev.socketio.testing.Proxy;
import dev.socketio.testing.Proxy.Program;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nodes that forward to each other, behind an nginx that sends each request to the next one. */
@Execution(ExecutionMode.SAME_THREAD)
final class RoundRobinIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    @BeforeEach
    void assumeInstalled() {
        Program.NGINX.assumeInstalled();
    }

    private static void run(Cluster nodes, String... arguments) {
        try (nodes;
                Proxy proxy = nodes.behind(Program.NGINX, "round robin")) {
            String[] all = new String[arguments.length + 1];
            all[0] = proxy.uri().toString();
            System.arraycopy(arguments, 0, all, 1, arguments.length);
            NodeScript.run("cluster.mjs", LIMIT, all);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "poll, 50, polling", // everything a client does, over polling alone
        "upgrade, 30, 'polling,websocket'", // one of three succeeds
        "old, 20, polling" // revision 3
    })
    void clientsAreAtHome(String what, String clients, String transports) {
        run(Cluster.start(/* forwarding= */ true), what, clients, transports);
    }

    @Test
    void clientsGoOnWithTheOthersWhenANodeDies() {
        run(Cluster.startMortal(), "die", "30");
    }
}
