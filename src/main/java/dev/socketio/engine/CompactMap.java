package dev.socketio.engine;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A few strings by name, in their order, for as long as a connection lives: a fifth of the memory of a hash map. It is
 * gone through for each look-up and cannot be modified.
 */
final class CompactMap extends AbstractMap<String, String> {

    /** What nearly every client sends, kept once for all of them. */
    private static final Map<String, String> FREQUENT = Stream.of(
                    "EIO",
                    "transport",
                    "polling",
                    "3",
                    "4",
                    "accept",
                    "accept-encoding",
                    "accept-language",
                    "cache-control",
                    "connection",
                    "cookie",
                    "host",
                    "origin",
                    "pragma",
                    "referer",
                    "sec-fetch-dest",
                    "sec-fetch-mode",
                    "sec-fetch-site",
                    "sec-websocket-extensions",
                    "sec-websocket-key",
                    "sec-websocket-version",
                    "upgrade",
                    "user-agent",
                    "x-forwarded-for",
                    "x-forwarded-proto",
                    "*/*",
                    "13",
                    "close",
                    "cors",
                    "empty",
                    "gzip, deflate",
                    "gzip, deflate, br",
                    "gzip, deflate, br, zstd",
                    "keep-alive",
                    "keep-alive, Upgrade",
                    "no-cache",
                    "permessage-deflate",
                    "permessage-deflate; client_max_window_bits",
                    "same-origin",
                    "Upgrade",
                    "websocket")
            .collect(Collectors.toUnmodifiableMap(Function.identity(), Function.identity()));

    /** Names and values in turn. */
    private final String[] strings;

    private CompactMap(String[] strings) {
        this.strings = strings;
    }

    static CompactMap copyOf(Map<String, String> map) {
        if (map instanceof CompactMap compact) {
            return compact;
        }
        String[] strings = new String[2 * map.size()];
        int position = 0;
        for (Entry<String, String> entry : map.entrySet()) {
            strings[position++] = FREQUENT.getOrDefault(entry.getKey(), entry.getKey());
            strings[position++] = FREQUENT.getOrDefault(entry.getValue(), entry.getValue());
        }
        return new CompactMap(strings);
    }

    @Override
    public int size() {
        return strings.length / 2;
    }

    @Override
    public @Nullable String get(@Nullable Object name) {
        for (int i = 0; i < strings.length; i += 2) {
            if (strings[i].equals(name)) {
                return strings[i + 1];
            }
        }
        return null;
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return get(name) != null;
    }

    @Override
    public Set<Entry<String, String>> entrySet() {
        return new AbstractSet<>() {

            @Override
            public int size() {
                return CompactMap.this.size();
            }

            @Override
            public Iterator<Entry<String, String>> iterator() {
                return entries();
            }
        };
    }

    private Iterator<Entry<String, String>> entries() {
        return Stream.iterate(0, position -> position < strings.length, position -> position + 2)
                .map(position -> Map.entry(strings[position], strings[position + 1]))
                .iterator();
    }
}
