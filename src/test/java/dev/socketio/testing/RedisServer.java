package dev.socketio.testing;

import static java.util.Objects.requireNonNull;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import redis.embedded.core.ExecutableProvider;

/** A Redis of this test's own: the {@code redis-server} of the machine, or one that Maven brings, of version 6.2. */
public final class RedisServer implements AutoCloseable {

    private static final int CONNECT_MILLIS = 1_000;
    private static final long START_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final int port;
    private final Path folder;
    private final List<String> options;
    private @Nullable Path config;
    private @Nullable Process process;

    private RedisServer(int port, Path folder, List<String> options) {
        this.port = port;
        this.folder = folder;
        this.options = options;
    }

    /** Starts a Redis that keeps nothing, on a port that is free. */
    public static RedisServer start(String... options) {
        try {
            RedisServer redis = new RedisServer(freePort(), Files.createTempDirectory("redis-"), List.of(options));
            redis.startAgain();
            return redis;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a sentinel that watches over a Redis by the name {@code main}. */
    public static RedisServer startSentinel(RedisServer watched) {
        try {
            Path folder = Files.createTempDirectory("redis-sentinel-");
            Path config = folder.resolve("sentinel.conf");
            Files.writeString(config, "sentinel monitor main 127.0.0.1 " + watched.port() + " 1\n");
            RedisServer sentinel = new RedisServer(freePort(), folder, List.of("--sentinel"));
            sentinel.config = config;
            sentinel.startAgain();
            return sentinel;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns whether the machine has a {@code redis-server}; those in use are of version 7 or newer. */
    public static boolean isInstalled() {
        return installed().findAny().isPresent();
    }

    private static Stream<File> installed() {
        return Stream.of(requireNonNull(System.getenv("PATH")).split(File.pathSeparator))
                .map(folder -> new File(folder, "redis-server"))
                .filter(File::canExecute);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Returns the port, also while it is stopped. */
    public int port() {
        return port;
    }

    /** Returns the address, as adapters want it. */
    public String uri() {
        return "redis://127.0.0.1:" + port;
    }

    /** Starts it anew after {@link #stop}. */
    public void startAgain() {
        try {
            File program = installed().findFirst().orElse(null);
            List<String> command = new ArrayList<>();
            command.add(
                    program == null
                            ? ExecutableProvider.newJarResourceProvider(folder.toFile())
                                    .get()
                                    .getPath()
                            : program.getPath());
            if (config != null) {
                command.add(config.toString());
            }
            command.addAll(
                    List.of("--port", Integer.toString(port), "--bind", "127.0.0.1", "--dir", folder.toString()));
            if (config == null) {
                command.addAll(List.of("--save", "", "--appendonly", "no"));
            }
            command.addAll(options);
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log.txt").toFile())
                    .start();
            awaitStart(process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitStart(Process started) throws IOException {
        long deadline = System.nanoTime() + START_NANOS;
        while (!answers()) {
            if (!started.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("Redis does not start: " + Files.readString(folder.resolve("log.txt")));
            }
            Thread.onSpinWait();
        }
    }

    private boolean answers() {
        try {
            return command("PING").startsWith("+PONG");
        } catch (IOException e) {
            return false;
        }
    }

    /** Sends a command in one line, and returns the beginning of the answer. */
    public String command(String line) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            socket.setSoTimeout(CONNECT_MILLIS);
            OutputStream out = socket.getOutputStream();
            out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
            InputStream in = socket.getInputStream();
            byte[] answer = new byte[8_192];
            int length = Math.max(0, in.read(answer));
            return new String(answer, 0, length, StandardCharsets.UTF_8);
        }
    }

    /** Sends a signal to it, such as {@code STOP} and {@code CONT}. */
    public void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(running().pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Process running() {
        return requireNonNull(process, "it is stopped");
    }

    /** Ends it, as an operator does. */
    public void stop() {
        Process running = process;
        if (running != null) {
            process = null;
            running.destroy();
            try {
                if (!running.waitFor(5, TimeUnit.SECONDS)) {
                    running.destroyForcibly().waitFor();
                }
            } catch (InterruptedException e) {
                running.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        stop();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
