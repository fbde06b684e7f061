package dev.socketio.memory;

import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Opens many connections to a server that runs, and says what each takes of its heap. */
public final class Main {

    private static final String USAGE = """
            Usage: Main --url URL --pid N [--connections N] [--bytes N] [--event NAME] [--headers few|browser] [--classes N]
              --url          where Socket.IO is served, such as http://127.0.0.1:8080/memory/socket.io/
              --pid          the server's process
              --connections  5000 unless set
              --bytes        of the message that each client sends and gets back; 100 unless set
              --event        to which the server answers with the same; "echo" unless set
              --headers      few unless set, as Node's client sends; or what browsers send
              --classes      how many classes are listed whose objects take most; 0 unless set\
            """;

    /** Loads classes, and fills what is shared, before anything is counted. */
    private static final int WARM_UP = 200;

    private static final Map<String, String> DEFAULTS = Map.of(
            "url", "",
            "pid", "",
            "connections", "5000",
            "bytes", "100",
            "event", "echo",
            "headers", "few",
            "classes", "0");

    private Main() {}

    /** Prints what connections take; exits with 2 if the arguments make no sense. */
    public static void main(String[] args) throws IOException {
        Map<String, String> options = new TreeMap<>(DEFAULTS);
        try {
            for (int i = 0; i < args.length; i += 2) {
                if (i + 1 == args.length || options.replace(args[i].replaceFirst("^--", ""), args[i + 1]) == null) {
                    throw new IllegalArgumentException("not understood: " + args[i]);
                }
            }
            measure(options);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.println(USAGE);
            System.exit(2);
        }
    }

    private static void measure(Map<String, String> options) throws IOException {
        URI url = URI.create(options.getOrDefault("url", ""));
        int pid = number(options, "pid");
        int connections = number(options, "connections");
        int classes = number(options, "classes");
        String event = options.getOrDefault("event", "");
        boolean browsers = "browser".equals(options.get("headers"));
        try (IdleClients clients = new IdleClients(url, event, number(options, "bytes"), browsers)) {
            clients.add(WARM_UP);
            LiveHeap before = LiveHeap.of(pid);
            clients.add(connections);
            LiveHeap after = LiveHeap.of(pid);
            if (clients.lost() > 0) {
                throw new IOException(clients.lost() + " connections have been lost");
            }
            LiveHeap growth = after.minus(before);
            print(growth.total(), connections, "in all");
            for (Map.Entry<String, Long> each : growth.largest(classes)) {
                print(each.getValue(), connections, each.getKey());
            }
        }
    }

    private static int number(Map<String, String> options, String name) {
        try {
            return Integer.parseInt(options.getOrDefault(name, ""));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--" + name + " needs a number", e);
        }
    }

    private static void print(long bytes, int connections, String what) {
        System.out.printf(Locale.ROOT, "%,10d bytes per connection %s%n", bytes / connections, what);
    }
}
