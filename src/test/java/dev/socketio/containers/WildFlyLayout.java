package dev.socketio.containers;

import com.google.errorprone.annotations.Immutable;
import dev.socketio.testing.Folders;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** WildFly as unpacked, but for its ports, and for a scan for new WARs every second instead of every five. */
@Immutable
final class WildFlyLayout implements Layout {

    @Override
    public List<String> prepare(Path home, Path base, int port) throws IOException {
        Folders.copy(home.resolve("standalone"), base);
        Path standalone = base.resolve("configuration/standalone.xml");
        Files.writeString(
                standalone,
                Layout.edited(
                        Files.readString(standalone), Map.of("scan-interval=\"5000\"", "scan-interval=\"1000\"")));
        return List.of(
                "-Djava.net.preferIPv4Stack=true",
                "-Djboss.modules.system.pkgs=org.jboss.byteman",
                "-Djava.awt.headless=true",
                "--add-exports=java.naming/com.sun.jndi.ldap=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "-Djboss.home.dir=" + home,
                "-Djboss.server.base.dir=" + base,
                "-Djboss.http.port=" + port,
                "-Djboss.https.port=" + freePort(),
                "-Djboss.management.http.port=" + freePort(),
                "-jar",
                home.resolve("jboss-modules.jar").toString(),
                "-mp",
                home.resolve("modules").toString(),
                "org.jboss.as.standalone");
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    @Override
    public Path war(Path base, String name) {
        return base.resolve("deployments").resolve(name + ".war");
    }

    @Override
    public Pattern started() {
        return Pattern.compile("WFLYSRV002[56]");
    }

    @Override
    public Pattern deployed(String name) {
        return Pattern.compile("WFLYSRV001[036].*\"" + name + "\\.war\"");
    }
}
