package dev.socketio.containers;

import com.google.errorprone.annotations.Immutable;
import dev.socketio.testing.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Tomcat as unpacked, but for its ports, and for a scan for new WARs every second instead of every ten. */
@Immutable
final class TomcatLayout implements Layout {

    @Override
    public List<String> prepare(Path home, Path base, int port) throws IOException {
        Folders.copy(home.resolve("conf"), base.resolve("conf"));
        Files.createDirectories(base.resolve("webapps"));
        Files.createDirectories(base.resolve("logs"));
        Path server = base.resolve("conf/server.xml");
        Files.writeString(
                server,
                Layout.edited(
                        Files.readString(server),
                        Map.of(
                                "<Server port=\"8005\"", "<Server port=\"-1\"",
                                "<Connector port=\"8080\"", "<Connector address=\"127.0.0.1\" port=\"" + port + "\"",
                                "<Engine ", "<Engine backgroundProcessorDelay=\"1\" ")));
        Path bin = home.resolve("bin");
        return List.of(
                "-Djava.util.logging.config.file=" + base.resolve("conf/logging.properties"),
                "-Djava.util.logging.manager=org.apache.juli.ClassLoaderLogManager",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
                "--add-opens=java.base/java.io=ALL-UNNAMED",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
                "--add-opens=java.rmi/sun.rmi.transport=ALL-UNNAMED",
                "-Dcatalina.home=" + home,
                "-Dcatalina.base=" + base,
                "-cp",
                bin.resolve("bootstrap.jar") + System.getProperty("path.separator") + bin.resolve("tomcat-juli.jar"),
                "org.apache.catalina.startup.Bootstrap",
                "start");
    }

    @Override
    public Path war(Path base, String name) {
        return base.resolve("webapps").resolve(name + ".war");
    }

    @Override
    public Pattern started() {
        return Pattern.compile("Server startup in");
    }

    @Override
    public Pattern deployed(String name) {
        return Pattern.compile("Deployment of web application archive \\[.*" + name + "\\.war] has finished");
    }
}
