package dev.socketio.apps;

import dev.socketio.testing.Container;
import dev.socketio.testing.EmbeddedJetty;
import dev.socketio.testing.EmbeddedServer;
import java.io.IOException;
import java.io.InputStream;
import java.util.EnumSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.logging.LogManager;

/** Runs one of the apps until it is told to end. */
public final class Main {

    private static final String USAGE = """
            Usage: Main [--port N] [--container jetty|jetty-jakarta|tomcat] [--app acceptance|protocol|protocol3|bench]
              --port       3000 unless set; 0 for any that is free
              --container  jetty unless set; jetty-jakarta is Jetty with the standard WebSocket API only
              --app        acceptance unless set
            Prints "listening on N" when ready. Ends on SIGTERM and on Ctrl-C.\
            """;

    private Main() {}

    /** Thrown for a command line that makes no sense. */
    private static final class UsageException extends Exception {

        private static final long serialVersionUID = 1;

        UsageException(String message) {
            super(message);
        }
    }

    /** Starts what the arguments say; exits with 2 if they make no sense, with 1 if it does not start. */
    public static void main(String[] args) throws InterruptedException {
        configureLogging();
        EmbeddedServer server = null;
        try {
            server = start(options(args));
        } catch (UsageException e) {
            System.err.println(e.getMessage());
            System.err.println(USAGE);
            System.exit(2);
        } catch (IllegalStateException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
        if (server != null) {
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "shutdown"));
            System.out.println("listening on " + server.port());
            new CountDownLatch(1).await(); // some containers have daemon threads only
        }
    }

    private static Map<String, String> options(String[] args) throws UsageException {
        Map<String, String> options = new TreeMap<>(Map.of("port", "3000", "container", "jetty", "app", "acceptance"));
        for (int i = 0; i < args.length; i += 2) {
            String name = args[i].startsWith("--") ? args[i].substring(2) : "";
            if (!options.containsKey(name)) {
                throw new UsageException("unknown argument: " + args[i]);
            }
            if (i + 1 == args.length) {
                throw new UsageException(args[i] + " needs a value");
            }
            options.put(name, args[i + 1]);
        }
        return options;
    }

    private static EmbeddedServer start(Map<String, String> options) throws UsageException {
        int port = port(options.getOrDefault("port", ""));
        String name = options.getOrDefault("app", "");
        EmbeddedServer.Setup app = Apps.named(name).orElseThrow(() -> new UsageException("unknown app: " + name));
        String container = options.getOrDefault("container", "");
        return switch (container) {
            case "jetty" -> Container.JETTY.start(port, "", app);
            case "jetty-jakarta" -> EmbeddedJetty.start(port, "", EnumSet.of(EmbeddedJetty.WebSocketApi.JAKARTA), app);
            case "tomcat" -> Container.TOMCAT.start(port, "", app);
            default -> throw new UsageException("unknown container: " + container);
        };
    }

    private static int port(String text) throws UsageException {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new UsageException("port is \"" + text + "\": give a number from 0 to 65535");
    }

    /** Warnings only, unless the command line names a configuration. */
    private static void configureLogging() {
        if (System.getProperty("java.util.logging.config.file") != null) {
            return;
        }
        try (InputStream configuration = Main.class.getResourceAsStream("/logging.properties")) {
            LogManager.getLogManager().readConfiguration(configuration);
        } catch (IOException e) {
            System.err.println("logging stays as it is: " + e.getMessage());
        }
    }
}
