package dev.socketio.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the scripts of {@code src/test/npm}, which the build has put beside their packages. */
public final class NodeScript {

    private static final Path FOLDER = Path.of(System.getProperty("target.directory", "target"), "npm", "test");

    private NodeScript() {}

    /**
     * Runs a script to its end.
     *
     * @param name such as {@code end-to-end.mjs}
     * @return what it printed
     * @throws AssertionError with what it printed, if it fails or takes too long
     */
    public static String run(String name, Duration limit, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of("node", FOLDER.resolve(name).toString()));
        command.addAll(List.of(arguments));
        try {
            File output = Files.createTempFile("node-", ".txt").toFile();
            try {
                return run(command, limit, output);
            } finally {
                Files.delete(output.toPath());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String run(List<String> command, Duration limit, File output)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
        boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        if (!ended) {
            process.destroyForcibly().waitFor();
        }
        String printed = Files.readString(output.toPath(), StandardCharsets.UTF_8);
        if (!ended) {
            throw new AssertionError(command + " took longer than " + limit + ":\n" + printed);
        }
        if (process.exitValue() != 0) {
            throw new AssertionError(command + " ended with " + process.exitValue() + ":\n" + printed);
        }
        return printed;
    }
}
