package dev.socketio.deployment;

import dev.socketio.testing.ExternalProcess;
import dev.socketio.testing.NodeScript;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The example project for Spring Boot, built and run as its README says, with the library of this build. */
@Execution(ExecutionMode.SAME_THREAD)
@TestMethodOrder(OrderAnnotation.class)
final class SpringBootIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** Less than the 30 s that Spring Boot would wait for polls that are parked. */
    private static final Duration END = Duration.ofSeconds(20);

    private static final Pattern STARTED = Pattern.compile("Tomcat started on port (\\d+)");

    private static ExternalProcess application;

    private static String origin;

    @BeforeAll
    static void start() throws IOException {
        Path jar = ExampleProject.build("spring-boot").resolve("live-1.0.0.jar");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        application =
                ExternalProcess.start(new ProcessBuilder(List.of(java, "-jar", jar.toString(), "--server.port=0")));
        Matcher line = STARTED.matcher(application.awaitLine(STARTED, 0, LIMIT));
        origin = line.find() ? "http://127.0.0.1:" + line.group(1) : "";
    }

    @AfterAll
    static void stop() {
        if (application != null) {
            application.close();
        }
    }

    @Test
    @Order(1)
    void socketsHaveTheUsersOfSpringSecurityAndHearFromControllers() {
        NodeScript.run("spring-boot.mjs", LIMIT, origin);
    }

    @Test
    @Order(2)
    void endsWithoutWaitingForPolls() {
        ProcessHandle handle = ProcessHandle.of(application.pid()).orElseThrow();
        try (ExternalProcess clients = NodeScript.start("spring-boot-end.mjs", origin)) {
            clients.awaitLine(Pattern.compile("^connected$"), 0, LIMIT);
            handle.destroy();
            clients.awaitSuccess(END);
        }
        handle.onExit().orTimeout(END.toSeconds(), TimeUnit.SECONDS).join();
    }
}
