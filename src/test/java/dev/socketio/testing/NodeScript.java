package dev.socketio.testing;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

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
        try (ExternalProcess script = start(name, arguments)) {
            script.awaitSuccess(limit);
            return String.join("\n", script.lines());
        }
    }

    /**
     * Starts a script that goes on beside the test.
     *
     * @param name such as {@code redeploy.mjs}
     */
    public static ExternalProcess start(String name, String... arguments) {
        List<String> command = new ArrayList<>(
                List.of("node", "--test-reporter=spec", FOLDER.resolve(name).toString()));
        command.addAll(List.of(arguments));
        return ExternalProcess.start(new ProcessBuilder(command));
    }
}
