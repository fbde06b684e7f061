package dev.socketio.docs;

import static java.util.Objects.requireNonNull;

import dev.socketio.docs.Documents.Snippet;
import dev.socketio.engine.Peers;
import dev.socketio.testing.Container;
import dev.socketio.testing.EmbeddedServer;
import dev.socketio.testing.Proxy;
import dev.socketio.testing.Proxy.Program;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Three nodes, {@code a} to {@code c}, behind a proxy that is configured as the page about sticky sessions says. */
final class Cluster implements AutoCloseable {

    private static final Path PAGE = Path.of("docs", "sticky.md");

    private final Map<String, URI> addresses = new ConcurrentHashMap<>();
    private final List<EmbeddedServer> servers = new ArrayList<>();
    private final List<Process> processes = new ArrayList<>();
    private final Peers peers;

    private Cluster(boolean forwarding) {
        peers = forwarding ? Peers.lookup(node -> Optional.ofNullable(addresses.get(node))) : Peers.none();
    }

    /** Starts nodes of several containers in this JVM. */
    static Cluster start(boolean forwarding) {
        Cluster cluster = new Cluster(forwarding);
        cluster.start("a", Container.JETTY);
        cluster.start("b", Container.TOMCAT);
        cluster.start("c", Container.JETTY);
        return cluster;
    }

    /** Starts nodes that know each other, the third of which can die. */
    static Cluster startMortal() {
        Cluster cluster = new Cluster(/* forwarding= */ true);
        cluster.start("a", Container.JETTY);
        cluster.start("b", Container.TOMCAT);
        try {
            cluster.startProcess("c");
        } catch (IOException e) {
            cluster.close();
            throw new UncheckedIOException(e);
        }
        return cluster;
    }

    private void start(String id, Container container) {
        EmbeddedServer server = new ClusterNode(id, peers).start(container);
        servers.add(server);
        addresses.put(id, address(server.port()));
    }

    private void startProcess(String id) throws IOException {
        List<String> others = addresses.entrySet().stream()
                .map(node -> node.getKey() + "=" + node.getValue())
                .toList();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Dsocketio.peers=" + String.join(",", others),
                        ClusterNode.class.getName(),
                        id)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        processes.add(process);
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            addresses.put(id, address(Integer.parseInt(output.readLine())));
        }
    }

    private static URI address(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Starts a proxy in front of the nodes. */
    Proxy behind(Program program, String title) {
        String configuration = snippet(program, title).code();
        for (String id : List.of("a", "b", "c")) {
            String documented = "10.0.0." + (id.charAt(0) - 'a' + 1) + ":8080";
            String address = requireNonNull(addresses.get(id)).getAuthority();
            if (!configuration.contains(documented)) {
                throw new AssertionError(title + " does not name " + documented);
            }
            configuration = configuration.replace(documented, address);
        }
        return Proxy.start(program, configuration);
    }

    private static Snippet snippet(Program program, String title) {
        String language = program == Program.NGINX ? "nginx" : "haproxy";
        return Documents.snippets(PAGE, language).stream()
                .filter(snippet -> snippet.code().startsWith("# " + title + "\n"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(PAGE + " has no configuration \"" + title + "\" of " + program));
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
        servers.forEach(EmbeddedServer::close);
    }
}
