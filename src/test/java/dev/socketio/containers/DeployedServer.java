package dev.socketio.containers;

import dev.socketio.testing.ExternalProcess;
import dev.socketio.testing.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A distribution that runs as a process of its own, with web applications that come and go as files. */
public final class DeployedServer implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final int NOT_FOUND = 404;

    private static final int MANY = 100;

    private final Layout layout;
    private final Path base;
    private final int port;
    private final ExternalProcess process;
    private final Duration startTime;

    private DeployedServer(Layout layout, Path base, int port, List<String> command, Map<String, Path> applications) {
        this.layout = layout;
        this.base = base;
        this.port = port;
        long begin = System.nanoTime();
        process = ExternalProcess.start(new ProcessBuilder(command).directory(base.toFile()));
        try {
            awaitLog(layout.started(), 0);
            applications.keySet().forEach(name -> awaitLog(layout.deployed(name), 0));
        } catch (AssertionError e) {
            close();
            throw e;
        }
        startTime = Duration.ofNanos(System.nanoTime() - begin);
    }

    static DeployedServer start(
            Layout layout, Path home, Path base, Map<String, Path> applications, List<String> jvmOptions)
            throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        List<String> arguments = layout.prepare(home, base, port);
        for (Map.Entry<String, Path> application : applications.entrySet()) {
            Files.copy(application.getValue(), layout.firstWar(base, application.getKey()));
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Djava.io.tmpdir=" + Files.createDirectories(base.resolve("tmp")));
        command.addAll(jvmOptions);
        command.addAll(arguments);
        return new DeployedServer(layout, base, port, command, applications);
    }

    /** Returns how long it took from the start of the process until the applications were there. */
    public Duration startTime() {
        return startTime;
    }

    /** Returns the id of its process, for tools such as {@code jcmd}. */
    public long pid() {
        return process.pid();
    }

    /** Returns the lines of its log. */
    public List<String> log() {
        return process.lines();
    }

    /**
     * Returns the address of something in it.
     *
     * @param path with the context path, from a slash on
     */
    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /**
     * Copies a WAR in, or over the one of that name, and waits until it has been deployed.
     *
     * @param name which is the context path too; {@code ROOT} for {@code /}, which Payara Micro takes at its start only
     */
    public void deploy(String name, Path war) {
        int from = log().size();
        try {
            // in one step, so that nobody reads half of it
            Path copy = Files.copy(war, base.resolve(name + ".copy"), StandardCopyOption.REPLACE_EXISTING);
            Files.move(copy, layout.war(base, name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitLog(layout.deployed(name), from);
    }

    /** Deletes the WAR of that name and waits until nothing of it answers any more. */
    public void undeploy(String name) {
        try {
            Files.delete(layout.war(base, name));
            URI page = uri(Layout.contextPath(name) + "/");
            long deadline = System.nanoTime() + Distribution.patience().toNanos();
            while (statusOf(page) != NOT_FOUND) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError(page + " still answers");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int statusOf(URI uri) throws IOException {
        try {
            return HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
                    .statusCode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Sends many requests at once and takes the answers, so that each thread has something to do. */
    void occupy(String path) {
        HttpRequest request = HttpRequest.newBuilder(uri(path)).build();
        CompletableFuture<?>[] answers = Stream.generate(() -> HTTP.sendAsync(request, BodyHandlers.discarding()))
                .limit(MANY)
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(answers).join();
    }

    /**
     * Waits for a line of the log.
     *
     * @param from the number of lines that are not looked at
     * @throws AssertionError with the end of the log, if it does not come
     */
    public String awaitLog(Pattern pattern, int from) {
        return process.awaitLine(pattern, from, Distribution.patience());
    }

    /** Kills the server and deletes all that it has written. */
    @Override
    public void close() {
        process.close();
        Folders.delete(base);
    }
}
