package dev.socketio;

import static java.util.Objects.requireNonNull;

import dev.socketio.adapter.redis.RedisEmitter;
import dev.socketio.servlet.SocketIoInitializer;
import dev.socketio.testing.Container;
import dev.socketio.testing.EmbeddedServer;
import dev.socketio.testing.ExternalProcess;
import dev.socketio.testing.NodeScript;
import dev.socketio.testing.RedisServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Clients of a cluster go on with another server, over a stream of Redis. */
@Execution(ExecutionMode.SAME_THREAD)
class StreamsRecoveryIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    @Test
    void clientsGoFromServerToServerOnJavaAndNode() {
        try (RedisServer redis = RedisServer.start();
                RedisEmitter emitter = RedisEmitter.builder(redis.uri()).build();
                EmbeddedServer one = startClusterApp(Container.JETTY, redis, emitter);
                EmbeddedServer two = startClusterApp(Container.TOMCAT, redis, emitter)) {
            NodeScript.run(
                    "streams-recovery.mjs",
                    LIMIT,
                    Integer.toString(redis.port()),
                    one.uri("").toString(),
                    two.uri("").toString());
        }
    }

    private static EmbeddedServer startClusterApp(Container container, RedisServer redis, RedisEmitter emitter) {
        return container.start(context -> {
            context.setInitParameter("socketio.adapter", "redis-streams");
            context.setInitParameter("socketio.redis.uri", redis.uri());
            context.setInitParameter("socketio.redis.connectTimeout", "30s"); // for machines that do much besides
            context.setInitParameter("socketio.redis.streamName", "events");
            context.setInitParameter("socketio.redis.streamCount", "3");
            context.setInitParameter("socketio.connectionStateRecovery", "true");
            SocketIoInitializer.register(context, new ClusterApp(emitter));
        });
    }

    @Test
    void clientsOfAServerThatIsKilledHaveAllFromAnother() {
        try (RedisServer redis = RedisServer.start();
                ExternalProcess victim = startVictim(redis);
                EmbeddedServer other = StreamsNode.start(Container.JETTY, 0, redis.uri());
                EmbeddedServer sender = StreamsNode.start(Container.TOMCAT, 0, redis.uri());
                ExternalProcess script = startScript(victim, other.port(), sender)) {
            script.awaitSuccess(LIMIT);
        }
    }

    @Test
    void clientsOfAServerThatIsKilledHaveAllFromOneThatStartsLater() throws IOException {
        int port = freePort();
        try (RedisServer redis = RedisServer.start();
                ExternalProcess victim = startVictim(redis);
                EmbeddedServer sender = StreamsNode.start(Container.JETTY, 0, redis.uri());
                ExternalProcess script = startScript(victim, port, sender)) {
            script.awaitLine(Pattern.compile("killed"), 0, LIMIT);
            try (EmbeddedServer later = StreamsNode.start(Container.TOMCAT, port, redis.uri())) {
                script.awaitSuccess(LIMIT);
                requireNonNull(later);
            }
        }
    }

    private static ExternalProcess startVictim(RedisServer redis) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = requireNonNull(System.getProperty("java.class.path"));
        return ExternalProcess.start(new ProcessBuilder(
                List.of(java, "-Xmx256m", "-cp", classPath, StreamsNode.class.getName(), redis.uri())));
    }

    private static ExternalProcess startScript(ExternalProcess victim, int port, EmbeddedServer sender) {
        String line = victim.awaitLine(Pattern.compile("^port \\d+"), 0, LIMIT);
        return NodeScript.start(
                "streams-kill.mjs",
                "http://127.0.0.1:" + line.substring("port ".length()),
                Long.toString(victim.pid()),
                "http://127.0.0.1:" + port,
                sender.uri("").toString());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
