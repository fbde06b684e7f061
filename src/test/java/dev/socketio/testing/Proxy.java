package dev.socketio.testing;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A proxy as a process of its own, at free ports of this machine. */
public final class Proxy implements AutoCloseable {

    /** The programs that are used if they are installed. */
    public enum Program {
        /** nginx, whose configuration is what stands in its block {@code http}. */
        NGINX("listen 80;", "listen %s;", "listen 443 ssl", "listen %s ssl") {
            @Override
            List<String> command(Path configuration) {
                Path folder = configuration.toAbsolutePath().getParent();
                return List.of("nginx", "-p", folder + "/", "-c", configuration.toString(), "-e", "stderr");
            }

            @Override
            String whole(String configuration) {
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
                        """ + configuration + "\n}\n";
            }
        },
        /** HAProxy. */
        HAPROXY("bind :80\n", "bind %s\n", "bind :443 ", "bind %s ") {
            @Override
            List<String> command(Path configuration) {
                return List.of("haproxy", "-db", "-f", configuration.toString());
            }

            @Override
            String whole(String configuration) {
                return configuration + "\n";
            }
        };

        private final String plain;
        private final String plainElsewhere;
        private final String secure;
        private final String secureElsewhere;

        Program(String plain, String plainElsewhere, String secure, String secureElsewhere) {
            this.plain = plain;
            this.plainElsewhere = plainElsewhere;
            this.secure = secure;
            this.secureElsewhere = secureElsewhere;
        }

        abstract List<String> command(Path configuration);

        abstract String whole(String configuration);

        String whole(String configuration, int port, int securePort) {
            return whole(configuration
                    .replace(plain, plainElsewhere.formatted(HOST + ":" + port))
                    .replace(secure, secureElsewhere.formatted(HOST + ":" + securePort)));
        }

        /** Skips the test where the program is not installed. */
        public void assumeInstalled() {
            String name = command(Path.of("proxy.conf")).get(0);
            assumeThat(Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                            .anyMatch(folder -> Files.isExecutable(Path.of(folder, name))))
                    .as("%s is on the PATH", name)
                    .isTrue();
        }
    }

    private static final String HOST = "127.0.0.1";

    private static final int ATTEMPTS = 5;

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ExternalProcess process;
    private final Path folder;
    private final int port;
    private final int securePort;

    private Proxy(ExternalProcess process, Path folder, int port, int securePort) {
        this.process = process;
        this.folder = folder;
        this.port = port;
        this.securePort = securePort;
    }

    /**
     * Starts a proxy, and waits until it takes connections.
     *
     * @param configuration listens at port 80, and at 443 if it wants, in place of which it gets free ones
     * @throws IllegalStateException with what it printed, if it does not start; nothing is left of it then
     */
    public static Proxy start(Program program, String configuration) {
        try {
            for (int attempt = 1; true; attempt++) { // somebody else may take the port before the proxy does
                Proxy proxy = launch(program, configuration);
                if (proxy.awaitListening()) {
                    return proxy;
                }
                String printed = String.join("\n", proxy.process.lines());
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
        Path folder = Files.createTempDirectory("proxy-");
        Path file = folder.resolve("proxy.conf");
        int port;
        int securePort;
        try (ServerSocket one = freePort();
                ServerSocket other = freePort()) {
            port = one.getLocalPort();
            securePort = other.getLocalPort();
        }
        Files.writeString(file, program.whole(configuration, port, securePort));
        ExternalProcess process = ExternalProcess.start(new ProcessBuilder(program.command(file)));
        return new Proxy(process, folder, port, securePort);
    }

    private static ServerSocket freePort() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    private boolean awaitListening() throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            if (takesConnections()) {
                return true;
            }
            if (hasEnded()) {
                return false;
            }
        }
        return false;
    }

    private boolean takesConnections() {
        try (Socket probe = new Socket()) {
            probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Waits a moment for the end, so that probes do not follow each other too fast. */
    private boolean hasEnded() throws InterruptedException {
        Future<ProcessHandle> end =
                ProcessHandle.of(process.pid()).map(ProcessHandle::onExit).orElse(null);
        try {
            if (end != null) {
                end.get(20, TimeUnit.MILLISECONDS);
            }
            return true;
        } catch (TimeoutException running) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the address that clients connect to. */
    public URI uri() {
        return URI.create("http://" + HOST + ":" + port);
    }

    /** Returns the address for clients with TLS. */
    public URI secureUri() {
        return URI.create("https://" + HOST + ":" + securePort);
    }

    /** Ends the proxy with all its connections. */
    @Override
    public void close() {
        process.close();
        Folders.delete(folder);
    }
}
