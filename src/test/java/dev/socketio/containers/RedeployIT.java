package dev.socketio.containers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.SocketIoServer;
import dev.socketio.testing.ExternalProcess;
import dev.socketio.testing.Jcmd;
import dev.socketio.testing.NodeScript;
import dev.socketio.testing.RedisServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A web application that is replaced ten times, with clients that never stop asking it something. */
final class RedeployIT {

    private static final int DEPLOYMENTS = 11;

    private static final String CLIENTS_OF_EACH_KIND = "10";

    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** What containers say of web applications that leave something behind. */
    private static final Pattern LEAK = Pattern.compile(
            "memory leak|appears to have started a thread|failed to (stop|remove|unregister) (it|a|the)|ThreadLocal");

    /**
     * Without the compiler that inlines what it has seen being called: a thread that waits in such code holds on to the
     * classes of every application that was inlined into it.
     */
    private static final String SIMPLE_COMPILER = "-XX:TieredStopAtLevel=1";

    /** From here on, threads no longer hold on to the callers in whose calls they were started (JEP 486). */
    private static final boolean THREADS_FORGET = Runtime.version().feature() >= 24;

    /**
     * What there is of the library in a server, after a garbage collection.
     *
     * @param classes how often it is loaded
     */
    private record Presence(long servers, long timers, long classes) {

        static Presence in(DeployedServer server) throws IOException {
            String name = SocketIoServer.class.getName();
            long servers = Jcmd.run(server.pid(), "GC.class_histogram").stream()
                    .map(line -> line.trim().split("\\s+"))
                    .filter(columns -> columns.length == 4 && columns[3].equals(name))
                    .mapToLong(columns -> Long.parseLong(columns[1]))
                    .sum();
            long timers = Jcmd.run(server.pid(), "Thread.print").stream()
                    .filter(line -> line.startsWith("\"socketio-timer"))
                    .count();
            long classes = Jcmd.run(server.pid(), "VM.class_hierarchy", name).stream()
                    .filter(line -> line.contains("--" + name + "/"))
                    .count();
            return new Presence(servers, timers, THREADS_FORGET ? classes : 1);
        }

        boolean isOneApplication(int remembered) {
            return servers - 1 <= remembered && classes - 1 <= remembered && timers == 1;
        }
    }

    @ParameterizedTest
    @MethodSource("dev.socketio.containers.Distribution#tested")
    void nothingIsLeftBehindAndEveryClientFollows(Distribution distribution) throws Exception {
        replace(distribution, DEPLOYMENTS, Map.of());
    }

    @ParameterizedTest
    @MethodSource("dev.socketio.containers.Distribution#tested")
    void nothingIsLeftBehindOfRedis(Distribution distribution) throws Exception {
        try (RedisServer redis = RedisServer.start()) {
            replace(distribution, 3, Map.of("redis", redis.uri()));
        }
    }

    private static void replace(Distribution distribution, int deployments, Map<String, String> options)
            throws Exception {
        try (DeployedServer server = distribution.start(Map.of("version", version(1, options)), SIMPLE_COMPILER);
                ExternalProcess clients = NodeScript.start(
                        "redeploy.mjs",
                        server.uri("/version").toString(),
                        CLIENTS_OF_EACH_KIND,
                        Integer.toString(deployments))) {
            awaitAllOn(clients, 1);
            for (int next = 2; next <= deployments; next++) {
                server.deploy("version", version(next, options));
                awaitAllOn(clients, next);
            }
            clients.awaitSuccess(LIMIT);

            int remembered = distribution.remembered();
            assertThat(presence(server, remembered))
                    .as(distribution.name())
                    .matches(found -> found.isOneApplication(remembered), "is one application");
            assertThat(server.log()).noneMatch(line -> LEAK.matcher(line).find());
        }
    }

    private static Path version(int number, Map<String, String> options) throws IOException {
        Map<String, String> parameters = new TreeMap<>(options);
        parameters.put("version", Integer.toString(number));
        return TestWar.of("version", parameters);
    }

    private static void awaitAllOn(ExternalProcess clients, int version) {
        clients.awaitLine(Pattern.compile("^all on " + version + "$"), 0, LIMIT);
    }

    /** Looks until only one deployment is there, while requests come: a thread lets go of its last one with the next. */
    private static Presence presence(DeployedServer server, int remembered) throws IOException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        Presence found = Presence.in(server);
        while (!found.isOneApplication(remembered) && System.nanoTime() < deadline) {
            server.occupy("/version/");
            found = Presence.in(server);
        }
        return found;
    }
}
