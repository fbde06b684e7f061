package dev.socketio.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A JAR that runs as a process of its own. Closing it ends the process. */
public final class Program implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final BlockingQueue<String> out = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> err = new LinkedBlockingQueue<>();

    /** Starts a JAR with the Java of the tests. */
    public Program(Path jar, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(List.of(arguments));
        try {
            process = new ProcessBuilder(command)
                    .directory(new File(System.getProperty("java.io.tmpdir")))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        collect(process.getInputStream(), out);
        collect(process.getErrorStream(), err);
    }

    private static void collect(InputStream stream, BlockingQueue<String> lines) {
        Thread reader = new Thread(() ->
                new BufferedReader(new InputStreamReader(stream, UTF_8)).lines().forEach(lines::add));
        reader.setDaemon(true);
        reader.start();
    }

    /** Writes to its standard input. */
    public void type(String text) throws IOException {
        OutputStream in = process.getOutputStream();
        in.write(text.getBytes(UTF_8));
        in.flush();
    }

    /** Ends its standard input. */
    public void endInput() throws IOException {
        process.getOutputStream().close();
    }

    /** Waits for its next line on standard output. */
    public String nextLine() throws InterruptedException {
        return next(out, line -> true, "a line on standard output");
    }

    /** Waits for a line on standard error that contains a text; those before it are lost. */
    public String nextNews(String text) throws InterruptedException {
        return next(err, line -> line.contains(text), "\"" + text + "\" on standard error");
    }

    private String next(BlockingQueue<String> lines, Predicate<String> wanted, String what)
            throws InterruptedException {
        List<String> others = new ArrayList<>();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            String line = lines.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (line == null) {
                throw new AssertionError("no " + what + " but " + others + ", and to read: " + out + err);
            }
            if (wanted.test(line)) {
                return line;
            }
            others.add(line);
        }
    }

    /** Waits for its end; returns its exit code. */
    public int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("it does not end; to read: " + out + err);
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
