package dev.socketio.containers;

import com.google.errorprone.annotations.Immutable;
import dev.socketio.testing.Folders;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Jetty with a copy of {@code jetty-base/}. */
@Immutable
final class JettyLayout implements Layout {

    @Override
    public List<String> prepare(Path home, Path base, int port) throws IOException {
        Folders.copy(Path.of("jetty-base"), base);
        try (DirectoryStream<Path> wars = Files.newDirectoryStream(base.resolve("webapps"), "*.war")) {
            for (Path war : wars) {
                Files.delete(war); // somebody's own, beside this test
            }
        }
        return List.of(
                "-jar",
                home.resolve("start.jar").toString(),
                "jetty.base=" + base,
                "jetty.http.host=127.0.0.1",
                "jetty.http.port=" + port,
                "jetty.deploy.scanInterval=1");
    }

    @Override
    public Path war(Path base, String name) {
        return base.resolve("webapps").resolve(name + ".war");
    }

    @Override
    public Pattern started() {
        return Pattern.compile("Started oejs\\.Server@");
    }

    @Override
    public Pattern deployed(String name) {
        // another class says the same somewhat earlier
        return Pattern.compile("ServletContextHandler:.*: Started oeje10w\\.WebAppContext@\\w+\\{[^,]*,"
                + Layout.contextPath(name) + ",");
    }
}
