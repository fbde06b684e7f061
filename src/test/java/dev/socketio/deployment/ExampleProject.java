package dev.socketio.deployment;

import static java.util.Objects.requireNonNull;

import dev.socketio.testing.ExternalProcess;
import dev.socketio.testing.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Builds the projects of {@code docs/examples} by Maven, with the library of this build. */
final class ExampleProject {

    private static final Path TARGET = Path.of(property("target.directory"));

    /** The first time, dependencies may have to be fetched. */
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private ExampleProject() {}

    /**
     * Builds a project from a copy of its own.
     *
     * @param name such as {@code spring-boot}
     * @return the folder with what was built
     * @throws AssertionError with what Maven printed, if it fails
     */
    static Path build(String name) throws IOException {
        Path folder = TARGET.resolve("examples").resolve(name);
        Folders.delete(folder);
        Path project = folder.resolve("project");
        Folders.copy(Path.of("docs", "examples", name), project);
        Path repository = Files.createDirectories(folder.resolve("repository"));
        shareAllButTheLibrary(Path.of(property("maven.repository")), repository);
        install(repository);
        ProcessBuilder builder = new ProcessBuilder(maven(project, repository));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        try (ExternalProcess maven = ExternalProcess.start(builder)) {
            maven.awaitSuccess(LIMIT);
        }
        return project.resolve("target");
    }

    private static List<String> maven(Path project, Path repository) {
        List<String> command = new ArrayList<>(List.of(
                property("maven.executable"),
                "-B",
                "-ntp",
                "-f",
                project.toString(),
                "-Dmaven.repo.local=" + repository,
                "clean",
                "package"));
        String settings = property("maven.settings");
        if (Files.exists(Path.of(settings.substring(settings.indexOf('=') + 1)))) {
            command.add(settings);
        }
        if (property("maven.network").equals("offline=true")) {
            command.add("-o");
        }
        return command;
    }

    /** Leaves the user's repository without a library that is being tested, and what it has there unfetched. */
    private static void shareAllButTheLibrary(Path theirs, Path ours) throws IOException {
        Path group = Files.createDirectories(ours.resolve("dev"));
        link(theirs, ours, "dev");
        if (Files.exists(theirs.resolve("dev"))) {
            link(theirs.resolve("dev"), group, "socketio");
        }
    }

    private static void link(Path from, Path to, String except) throws IOException {
        try (Stream<Path> entries = Files.list(from)) {
            for (Path entry : entries.filter(Files::isDirectory).toList()) {
                if (!entry.endsWith(except)) {
                    Files.createSymbolicLink(to.resolve(entry.getFileName()), entry);
                }
            }
        }
    }

    private static void install(Path repository) throws IOException {
        String version = property("library.version");
        String name = "servlet-socketio-" + version;
        Path library =
                Files.createDirectories(repository.resolve(Path.of("dev", "socketio", "servlet-socketio", version)));
        Files.copy(Path.of("pom.xml"), library.resolve(name + ".pom"));
        Files.copy(TARGET.resolve(name + "-classes.jar"), library.resolve(name + "-classes.jar"));
    }

    private static String property(String name) {
        return requireNonNull(System.getProperty(name), name);
    }
}
