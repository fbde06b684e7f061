package dev.socketio;

import dev.socketio.adapter.OptionText;
import dev.socketio.engine.Compression;
import dev.socketio.engine.Cookie;
import dev.socketio.engine.Peers;
import dev.socketio.engine.TransportName;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The options that can be set by name, and how their values are written. */
final class NamedOptions {

    private static final Map<String, BiConsumer<SocketIoServer.Builder, String>> ALL = new TreeMap<>();

    static {
        add("path", text -> text, SocketIoServer.Builder::path);
        add("addTrailingSlash", OptionText::flag, SocketIoServer.Builder::addTrailingSlash);
        add("serveClient", OptionText::flag, SocketIoServer.Builder::serveClient);
        add("cors", text -> Cors.origins(list(text).toArray(String[]::new)), SocketIoServer.Builder::cors);
        add("connectTimeout", OptionText::time, SocketIoServer.Builder::connectTimeout);
        ALL.put("connectionStateRecovery", NamedOptions::recovery);
        add("pingInterval", OptionText::time, SocketIoServer.Builder::pingInterval);
        add("pingTimeout", OptionText::time, SocketIoServer.Builder::pingTimeout);
        add("upgradeTimeout", OptionText::time, SocketIoServer.Builder::upgradeTimeout);
        add("maxHttpBufferSize", OptionText::number, SocketIoServer.Builder::maxHttpBufferSize);
        add("maxOutboxBytes", OptionText::number, SocketIoServer.Builder::maxOutboxBytes);
        add("httpCompression", NamedOptions::compression, SocketIoServer.Builder::httpCompression);
        add("perMessageDeflate", OptionText::flag, SocketIoServer.Builder::perMessageDeflate);
        add("maxSessions", OptionText::number, SocketIoServer.Builder::maxSessions);
        add("maxSessionsPerAddress", OptionText::number, SocketIoServer.Builder::maxSessionsPerAddress);
        add("transports", NamedOptions::transports, SocketIoServer.Builder::transports);
        add("allowUpgrades", OptionText::flag, SocketIoServer.Builder::allowUpgrades);
        add("allowEIO3", OptionText::flag, SocketIoServer.Builder::allowEIO3);
        add("cookie", NamedOptions::cookie, (builder, cookie) -> builder.cookie(cookie.orElse(null)));
        add("nodeId", text -> text, SocketIoServer.Builder::nodeId);
        add("peers", NamedOptions::peers, SocketIoServer.Builder::peers);
        add("maxForwardedRequests", OptionText::number, SocketIoServer.Builder::maxForwardedRequests);
        add("roles", NamedOptions::list, SocketIoServer.Builder::roles);
        add("maxAttachments", OptionText::number, SocketIoServer.Builder::maxAttachments);
        add("maxNamespacesPerConnection", OptionText::number, SocketIoServer.Builder::maxNamespacesPerConnection);
        add("maxDynamicNamespaces", OptionText::number, SocketIoServer.Builder::maxDynamicNamespaces);
        add("cleanupEmptyChildNamespaces", OptionText::flag, SocketIoServer.Builder::cleanupEmptyChildNamespaces);
        add("maxRoomsPerSocket", OptionText::number, SocketIoServer.Builder::maxRoomsPerSocket);
        add("maxPendingAcks", OptionText::number, SocketIoServer.Builder::maxPendingAcks);
        add("maxQueuedEvents", OptionText::number, SocketIoServer.Builder::maxQueuedEvents);
        add("listenerThreads", OptionText::number, SocketIoServer.Builder::listenerThreads);
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
                    builder.connectionStateRecovery(set.withMaxDisconnectionDuration(OptionText.time(text)));
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException(
                            "give true, false, or how long a client may be away, as 120s", e);
                }
            }
        }
    }

    static Set<String> names() {
        return names(new AdapterOptions());
    }

    private static Set<String> names(AdapterOptions adapters) {
        Set<String> names = new TreeSet<>(ALL.keySet());
        names.addAll(adapters.names());
        return names;
    }

    static void apply(SocketIoServer.Builder builder, Map<String, String> values) {
        AdapterOptions adapters = new AdapterOptions();
        Map<String, String> ofAdapters = new TreeMap<>();
        values.forEach((name, text) -> {
            BiConsumer<SocketIoServer.Builder, String> option = ALL.get(name);
            if (adapters.names().contains(name)) {
                ofAdapters.put(name, text.trim());
            } else if (option == null) {
                throw new IllegalArgumentException("there is no option socketio." + name + "; the options are "
                        + String.join(", ", names(adapters)));
            } else {
                set(builder, name, option, text);
            }
        });
        adapters.apply(builder, ofAdapters);
    }

    private static void set(
            SocketIoServer.Builder builder,
            String name,
            BiConsumer<SocketIoServer.Builder, String> option,
            String text) {
        try {
            option.accept(builder, text.trim());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "option socketio." + name + " is \"" + text + "\": " + e.getMessage(), e);
        }
    }

    private static Compression compression(String text) {
        if (text.equals("true") || text.equals("false")) {
            return OptionText.flag(text) ? Compression.standard() : Compression.none();
        }
        try {
            return Compression.threshold(Integer.parseInt(text));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("give a size in bytes, or false", e);
        }
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
