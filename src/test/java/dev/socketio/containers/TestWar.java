package dev.socketio.containers;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** WARs as users make them: the library's JAR, what it depends on, and classes of their own. */
public final class TestWar {

    private static final Path TARGET = Path.of(System.getProperty("target.directory", "target"));

    private static final Path CLASSES = TARGET.resolve("test-classes");

    private TestWar() {}

    /** Returns the WAR that the build makes. */
    public static Path chat() throws IOException {
        return built("servlet-socketio-*.war");
    }

    /** Makes a WAR with the application of {@code end-to-end.mjs}, which the container is to find by itself. */
    public static Path endToEnd() throws IOException {
        return make("end-to-end", List.of("dev/socketio/EndToEndApp"), Map.of());
    }

    /** Makes a WAR with {@link GreetingApp} and its bean. */
    public static Path greeting() throws IOException {
        return make("greeting", List.of("dev/socketio/containers/Greeting"), Map.of());
    }

    /** Makes a WAR with {@link Audit} in front of an application. */
    public static Path audited() throws IOException {
        String webXml = webXml("""
                <filter>
                  <filter-name>audit</filter-name>
                  <filter-class>%s</filter-class>
                </filter>
                <filter-mapping>
                  <filter-name>audit</filter-name>
                  <url-pattern>/*</url-pattern>
                </filter-mapping>
                """.formatted(Audit.class.getName()));
        return make(
                "audited",
                List.of("dev/socketio/EndToEndApp", "dev/socketio/containers/Audit"),
                Map.of("WEB-INF/web.xml", webXml));
    }

    /**
     * Makes a WAR with one of {@code dev.socketio.apps}.
     *
     * @param app such as {@code acceptance}
     * @param parameters for its context, names and values
     */
    public static Path of(String app, Map<String, String> parameters) throws IOException {
        List<String> classes =
                List.of("dev/socketio/apps/", "dev/socketio/testing/EmbeddedServer", "dev/socketio/testing/Servlets");
        String content = Stream.concat(Map.of("app", app).entrySet().stream(), parameters.entrySet().stream())
                .map(each -> "<context-param><param-name>%s</param-name><param-value>%s</param-value></context-param>"
                        .formatted(each.getKey(), each.getValue()))
                .collect(Collectors.joining("\n"));
        return make(
                app,
                classes,
                Map.of(
                        "WEB-INF/web.xml",
                        webXml(content),
                        "WEB-INF/classes/META-INF/services/jakarta.servlet.ServletContainerInitializer",
                        "dev.socketio.apps.WarInitializer\n"));
    }

    private static String webXml(String content) {
        return """
                <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
                %s
                </web-app>
                """.formatted(content);
    }

    private static Path make(String name, List<String> classes, Map<String, String> texts) throws IOException {
        Path war = Files.createTempFile(Files.createDirectories(TARGET.resolve("test-wars")), name + "-", ".war");
        try (OutputStream file = Files.newOutputStream(war);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            addLibraries(zip);
            Path library = built("servlet-socketio-*-classes.jar");
            add(zip, "WEB-INF/lib/" + library.getFileName(), Files.readAllBytes(library));
            addClasses(zip, classes);
            for (Map.Entry<String, String> text : texts.entrySet()) {
                add(zip, text.getKey(), text.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return war;
    }

    /** Takes what the library depends on from the WAR of the build, where it is complete. */
    private static void addLibraries(ZipOutputStream zip) throws IOException {
        try (ZipFile chat = new ZipFile(chat().toFile())) {
            Enumeration<? extends ZipEntry> entries = chat.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                if (entry.getName().startsWith("WEB-INF/lib/") && !entry.isDirectory()) {
                    add(zip, entry.getName(), chat.getInputStream(entry).readAllBytes());
                }
            }
        }
    }

    private static void addClasses(ZipOutputStream zip, List<String> prefixes) throws IOException {
        try (Stream<Path> all = Files.walk(CLASSES)) {
            for (Path each : all.filter(Files::isRegularFile).sorted().toList()) {
                String name = CLASSES.relativize(each).toString().replace('\\', '/');
                boolean test = name.endsWith("IT.class") || name.endsWith("Test.class");
                if (!test && prefixes.stream().anyMatch(name::startsWith)) {
                    add(zip, "WEB-INF/classes/" + name, Files.readAllBytes(each));
                }
            }
        }
    }

    private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }

    private static Path built(String glob) throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(TARGET, glob)) {
            for (Path each : found) {
                return each;
            }
        }
        throw new AssertionError("there is no " + glob + " in " + TARGET + ": run mvn package");
    }
}
