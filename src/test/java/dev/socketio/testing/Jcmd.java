package dev.socketio.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Asks another JVM of this machine, through the JDK's own tool. */
public final class Jcmd {

    private Jcmd() {}

    /**
     * Runs a diagnostic command.
     *
     * @param command such as {@code GC.class_histogram}, and its arguments
     * @return what it prints, line by line
     */
    public static List<String> run(long pid, String... command) throws IOException {
        List<String> all = new ArrayList<>();
        all.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
        all.add(Long.toString(pid));
        all.addAll(List.of(command));
        Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }
}
