package dev.socketio.testing;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A proxy as a process of its own, at a free port of this machine. */
public final class Proxy implements AutoCloseable {

    /** The programs that are used if they are installed. */
    public enum Program {
        /** nginx, whose configuration is what stands in its block {@code http}. */
        NGINX {
            @Override
            List<String> command(Path directory) {
                return List.of("nginx", "-p", directory.toString(), "-c", "proxy.conf", "-e", "stderr");
            }

            @Override
            String whole(String configuration, int port) {
                return """
                        daemon off;
                        master_process off;
                        pid nginx.pid;
                        events { worker_connections 4096; }
                        http {
                        access_log off;
                        client_body_temp_path body;
                        proxy_temp_path proxy;
                        fastcgi_temp_path fastcgi;
                        uwsgi_temp_path uwsgi;
                        scgi_temp_path scgi;
                        """ + configuration.replace("listen 80;", "listen 127.0.0.1:" + port + ";") + "\n}\n";
            }
        },
        /** HAProxy. */
        HAPROXY {
            @Override
            List<String> command(Path directory) {
                return List.of(
                        "haproxy", "-db", "-f", directory.resolve("proxy.conf").toString());
            }

            @Override
            String whole(String configuration, int port) {
                return configuration.replace("bind :80", "bind 127.0.0.1:" + port) + "\n";
            }
        };

        abstract List<String> command(Path directory);

        abstract String whole(String configuration, int port);

        /** Skips the test where the program is not installed. */
        public void assumeInstalled() {
            String name = command(Path.of("")).get(0);
            assumeThat(Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                            .anyMatch(folder -> Files.isExecutable(Path.of(folder, name))))
                    .as("%s is on the PATH", name)
                    .isTrue();
        }
    }

    private static final int ATTEMPTS = 5;
    private static final long PATIENCE_SECONDS = 20;

    private final Process process;
    private final Path directory;
    private final int port;

    private Proxy(Process process, Path directory, int port) {
        this.process = process;
        this.directory = directory;
        this.port = port;
    }

    /**
     * Starts a proxy, and waits until it takes connections.
     *
     * @param configuration listens at port 80, in place of which it gets a free one
     * @throws IllegalStateException with what it printed, if it does not start; nothing is left of it then
     */
    public static Proxy start(Program program, String configuration) {
        try {
            for (int attempt = 1; true; attempt++) { // somebody else may take the port before the proxy does
                Proxy proxy = launch(program, configuration);
                if (proxy.awaitListening()) {
                    return proxy;
                }
                String printed = Files.readString(proxy.directory.resolve("output.txt"));
                proxy.close();
                if (attempt == ATTEMPTS || !printed.contains("bind")) {
                    throw new IllegalStateException(program + " does not start:\n" + printed);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Proxy launch(Program program, String configuration) throws IOException {
        Path directory = Files.createTempDirectory("proxy-");
        int port = freePort();
        Files.writeString(directory.resolve("proxy.conf"), program.whole(configuration, port));
        Process process = new ProcessBuilder(program.command(directory))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output.txt").toFile())
                .start();
        return new Proxy(process, directory, port);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private boolean awaitListening() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        boolean listening = false;
        while (!listening && !process.waitFor(20, TimeUnit.MILLISECONDS) && System.nanoTime() < end) {
            listening = takesConnections();
        }
        return listening;
    }

    private boolean takesConnections() {
        try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return probe.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Returns the address that clients connect to. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Ends the proxy with all its connections. */
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
            delete();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void delete() throws IOException {
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
