package dev.socketio.apps;

import dev.socketio.testing.EmbeddedServer;
import java.util.Optional;

/** The apps, by the names that command lines and WARs know them by. */
final class Apps {

    private Apps() {}

    static Optional<EmbeddedServer.Setup> named(String name) {
        return Optional.ofNullable(
                switch (name) {
                    case "acceptance" -> new AcceptanceApp();
                    case "protocol" -> new ProtocolApp(/* allowEIO3= */ false);
                    case "protocol3" -> new ProtocolApp(/* allowEIO3= */ true);
                    case "bench" -> new BenchApp();
                    case "version" -> new VersionApp();
                    default -> null;
                });
    }
}
