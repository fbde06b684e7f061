package dev.socketio.examples;

import static java.util.Objects.requireNonNull;

import dev.socketio.SocketIoApplication;
import dev.socketio.testing.NodeScript;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The applications of the guide: the same clients find the same in Java as in JavaScript. */
final class ExamplesIT {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private static final Map<String, SocketIoApplication> APPLICATIONS = Map.of(
            "first-steps", new FirstSteps(),
            "chat", new Chat(),
            "news", new News("secret"),
            "answers", new Answers(),
            "stage", new Stage());

    static Set<String> names() {
        return APPLICATIONS.keySet();
    }

    @ParameterizedTest
    @MethodSource("names")
    void workInJava(String name) throws Exception {
        try (TestServer server = TestServer.start(requireNonNull(APPLICATIONS.get(name)))) {
            String url = server.uri().toString();
            NodeScript.run("guide/try/" + name + ".mjs", LIMIT, url.substring(0, url.length() - 1));
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void workInJavaScript(String name) {
        NodeScript.run("guide/try/" + name + ".mjs", LIMIT, "node");
    }

    @Test
    void haveATestInJavaScriptToo() {
        NodeScript.run("guide/greeter.test.mjs", LIMIT);
    }

    @Test
    void haveNoFaultInScriptsThatNobodyRuns() {
        NodeScript.run("guide/try/syntax.mjs", LIMIT, "src/test/npm/guide", "src/test/guide");
    }
}
