package dev.socketio;

import dev.socketio.engine.Compression;
import dev.socketio.engine.Cookie;
import dev.socketio.engine.Peers;
import dev.socketio.engine.TransportName;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The options that can be set by name, and how their values are written. */
final class NamedOptions {

    private static final Map<String, BiConsumer<SocketIoServer.Builder, String>> ALL = new TreeMap<>();

    static {
        add("path", text -> text, SocketIoServer.Builder::path);
        add("addTrailingSlash", NamedOptions::flag, SocketIoServer.Builder::addTrailingSlash);
        add("serveClient", NamedOptions::flag, SocketIoServer.Builder::serveClient);
        add("cors", text -> Cors.origins(list(text).toArray(String[]::new)), SocketIoServer.Builder::cors);
        add("connectTimeout", NamedOptions::time, SocketIoServer.Builder::connectTimeout);
        ALL.put("connectionStateRecovery", NamedOptions::recovery);
        add("pingInterval", NamedOptions::time, SocketIoServer.Builder::pingInterval);
        add("pingTimeout", NamedOptions::time, SocketIoServer.Builder::pingTimeout);
        add("upgradeTimeout", NamedOptions::time, SocketIoServer.Builder::upgradeTimeout);
        add("maxHttpBufferSize", NamedOptions::number, SocketIoServer.Builder::maxHttpBufferSize);
        add("maxOutboxBytes", NamedOptions::number, SocketIoServer.Builder::maxOutboxBytes);
        add("httpCompression", NamedOptions::compression, SocketIoServer.Builder::httpCompression);
        add("perMessageDeflate", NamedOptions::flag, SocketIoServer.Builder::perMessageDeflate);
        add("maxSessions", NamedOptions::number, SocketIoServer.Builder::maxSessions);
        add("maxSessionsPerAddress", NamedOptions::number, SocketIoServer.Builder::maxSessionsPerAddress);
        add("transports", NamedOptions::transports, SocketIoServer.Builder::transports);
        add("allowUpgrades", NamedOptions::flag, SocketIoServer.Builder::allowUpgrades);
        add("allowEIO3", NamedOptions::flag, SocketIoServer.Builder::allowEIO3);
        add("cookie", NamedOptions::cookie, (builder, cookie) -> builder.cookie(cookie.orElse(null)));
        add("nodeId", text -> text, SocketIoServer.Builder::nodeId);
        add("peers", NamedOptions::peers, SocketIoServer.Builder::peers);
        add("maxForwardedRequests", NamedOptions::number, SocketIoServer.Builder::maxForwardedRequests);
        add("roles", NamedOptions::list, SocketIoServer.Builder::roles);
        add("maxAttachments", NamedOptions::number, SocketIoServer.Builder::maxAttachments);
        add("maxNamespacesPerConnection", NamedOptions::number, SocketIoServer.Builder::maxNamespacesPerConnection);
        add("maxDynamicNamespaces", NamedOptions::number, SocketIoServer.Builder::maxDynamicNamespaces);
        add("cleanupEmptyChildNamespaces", NamedOptions::flag, SocketIoServer.Builder::cleanupEmptyChildNamespaces);
        add("maxRoomsPerSocket", NamedOptions::number, SocketIoServer.Builder::maxRoomsPerSocket);
        add("maxPendingAcks", NamedOptions::number, SocketIoServer.Builder::maxPendingAcks);
        add("maxQueuedEvents", NamedOptions::number, SocketIoServer.Builder::maxQueuedEvents);
        add("listenerThreads", NamedOptions::number, SocketIoServer.Builder::listenerThreads);
    }

    private NamedOptions() {}

    private static <T> void add(String name, Function<String, T> parser, BiConsumer<SocketIoServer.Builder, T> setter) {
        ALL.put(name, (builder, text) -> setter.accept(builder, parser.apply(text)));
    }

    /** Goes by what the application has set beside. */
    private static void recovery(SocketIoServer.Builder builder, String text) {
        ConnectionStateRecovery set =
                builder.options().connectionStateRecovery().orElseGet(ConnectionStateRecovery::defaults);
        switch (text) {
            case "false" -> builder.connectionStateRecovery(Optional.empty());
            case "true" -> builder.connectionStateRecovery(set);
            default -> {
                try {
                    builder.connectionStateRecovery(set.withMaxDisconnectionDuration(time(text)));
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException(
                            "give true, false, or how long a client may be away, as 120s", e);
                }
            }
        }
    }

    static Set<String> names() {
        return Collections.unmodifiableSet(ALL.keySet());
    }

    static void apply(SocketIoServer.Builder builder, Map<String, String> values) {
        values.forEach((name, text) -> {
            BiConsumer<SocketIoServer.Builder, String> option = ALL.get(name);
            if (option == null) {
                throw new IllegalArgumentException(
                        "there is no option socketio." + name + "; the options are " + String.join(", ", ALL.keySet()));
            }
            try {
                option.accept(builder, text.trim());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "option socketio." + name + " is \"" + text + "\": " + e.getMessage(), e);
            }
        });
    }

    private static Duration time(String text) {
        try {
            if (text.endsWith("ms")) {
                return Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)));
            }
            if (text.endsWith("s")) {
                return Duration.ofSeconds(Long.parseLong(text.substring(0, text.length() - 1)));
            }
            return Duration.ofMillis(Long.parseLong(text));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("give milliseconds such as 25000, or a time such as 25s", e);
        }
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("give a whole number", e);
        }
    }

    private static Compression compression(String text) {
        if (text.equals("true") || text.equals("false")) {
            return flag(text) ? Compression.standard() : Compression.none();
        }
        try {
            return Compression.threshold(Integer.parseInt(text));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("give a size in bytes, or false", e);
        }
    }

    private static boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("give true or false");
        };
    }

    private static Optional<Cookie> cookie(String text) {
        return text.equals("false") ? Optional.empty() : Optional.of(Cookie.named(text.equals("true") ? "io" : text));
    }

    private static List<String> list(String text) {
        return text.isEmpty() ? List.of() : Arrays.asList(text.split("\\s*,\\s*"));
    }

    private static Peers peers(String text) {
        Map<String, URI> addresses = new LinkedHashMap<>();
        for (String peer : list(text)) {
            String[] parts = peer.split("\\s*=\\s*", 2);
            if (parts.length < 2) {
                throw new IllegalArgumentException("give each node as a=http://10.0.0.1:8080");
            }
            if (addresses.put(parts[0], URI.create(parts[1])) != null) {
                throw new IllegalArgumentException("node " + parts[0] + " is there twice");
            }
        }
        return Peers.of(addresses);
    }

    private static List<TransportName> transports(String text) {
        List<TransportName> transports = new ArrayList<>();
        for (String name : list(text)) {
            TransportName transport = TransportName.of(name);
            if (transport == null) {
                throw new IllegalArgumentException("name transports among polling, websocket");
            }
            transports.add(transport);
        }
        return transports;
    }
}
