package dev.socketio.containers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A servlet container as its makers ship it, unpacked by the build. The build's property {@code containers} says which
 * of them the tests run.
 */
public enum Distribution {
    /** With the base that this project brings along. */
    JETTY("jetty-home-", new JettyLayout()),
    /** As unpacked. */
    TOMCAT_10("apache-tomcat-10.", new TomcatLayout()),
    /** As unpacked. */
    TOMCAT_11("apache-tomcat-11.", new TomcatLayout()),
    /** Its {@code standalone.xml}. */
    WILDFLY("wildfly-", new WildFlyLayout()),
    /** Payara Micro, with the folder for automatic deployment that a Payara Server has. */
    PAYARA("payara-micro-", new PayaraLayout());

    private static final Path FOLDER = Path.of(System.getProperty("containers.directory", "target/containers"));

    private static final List<String> TESTED =
            List.of(System.getProperty("containers", "").split(","));

    private final String prefix;
    private final Layout layout;

    Distribution(String prefix, Layout layout) {
        this.prefix = prefix;
        this.layout = layout;
    }

    /** Returns whether it is a server of Jakarta EE, which makes beans. */
    boolean hasCdi() {
        return this == WILDFLY || this == PAYARA;
    }

    /**
     * Returns how many web applications that have been replaced may still be in memory: in WildFly and Payara, idle
     * threads hold on to the last request that they have served until they serve another.
     */
    int remembered() {
        return this == WILDFLY || this == PAYARA ? 5 : 0;
    }

    /** Returns those that this build tests. */
    public static Stream<Distribution> tested() {
        return Arrays.stream(values()).filter(each -> TESTED.contains(each.name()));
    }

    /**
     * Starts it on a free port of the loopback interface, in a folder of its own, with the Java that runs the tests.
     *
     * @param applications WARs by name, as in {@link DeployedServer#deploy}
     * @param jvmOptions such as {@code -Xmx64m}
     * @throws AssertionError with its log, if it does not start; nothing is left of it then
     */
    public DeployedServer start(Map<String, Path> applications, String... jvmOptions) {
        try {
            Path base = Files.createTempDirectory(Files.createDirectories(FOLDER.resolve("run")), name() + "-");
            return DeployedServer.start(layout, home(), base.toAbsolutePath(), applications, List.of(jvmOptions));
        } catch (IOException e) {
            throw new AssertionError(this + " cannot be prepared", e);
        }
    }

    /** Returns where it was unpacked, or the one file that it consists of. */
    private Path home() throws IOException {
        try (Stream<Path> unpacked = Files.list(FOLDER)) {
            return unpacked.filter(each -> each.getFileName().toString().startsWith(prefix))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(
                            "there is no " + prefix + "* in " + FOLDER + ": run mvn pre-integration-test -Pcontainers"))
                    .toAbsolutePath();
        }
    }

    /** Returns how long a start, or the deployment of one application, may take on a busy machine. */
    static Duration patience() {
        return Duration.ofMinutes(2);
    }
}
