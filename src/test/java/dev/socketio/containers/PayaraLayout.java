package dev.socketio.containers;

import com.google.errorprone.annotations.Immutable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Payara Micro. It deploys what it finds at its start; later WARs go through the folder that it shares with Payara
 * Server, which knows no name for the application at the root. That folder has to be empty at the start: what it deploys
 * meanwhile takes the files of the others away.
 */
@Immutable
final class PayaraLayout implements Layout {

    @Override
    public List<String> prepare(Path home, Path base, int port) throws IOException {
        Files.createDirectories(base.resolve("start"));
        Files.createDirectories(base.resolve("autodeploy"));
        return List.of(
                "-jar",
                home.toString(),
                "--rootdir",
                base.toString(),
                "--unpackdir",
                home.resolveSibling("payara-unpacked").toString(),
                "--deploydir",
                base.resolve("start").toString(),
                "--nocluster",
                "--disablephonehome",
                "--port",
                Integer.toString(port));
    }

    @Override
    public Path war(Path base, String name) {
        return base.resolve("autodeploy").resolve(name + ".war");
    }

    @Override
    public Path firstWar(Path base, String name) {
        return base.resolve("start").resolve(name + ".war");
    }

    @Override
    public Pattern started() {
        return Pattern.compile("Payara Micro .* ready in");
    }

    @Override
    public Pattern deployed(String name) {
        return Pattern.compile("\\b" + name + " was successfully deployed in");
    }
}
