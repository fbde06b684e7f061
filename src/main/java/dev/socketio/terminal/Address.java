package dev.socketio.terminal;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a Socket.IO server is.
 *
 * @param origin such as {@code http://localhost:3000}
 * @param path with a slash at both ends
 * @param query without the question mark; null if there is none
 * @param namespace with a slash at its start
 */
record Address(String origin, String path, @Nullable String query, String namespace) {

    private static final Set<String> SCHEMES = Set.of("http", "https", "ws", "wss");

    private static final String EXAMPLE = "give one such as http://localhost:3000 or https://example.com/chat";

    /**
     * Takes the address apart that a person uses, which is that of the web application.
     *
     * @param path of Socket.IO, where it is not below the web application's; null if it is
     * @throws UsageException if there is something wrong with it
     */
    static Address of(String url, @Nullable String path, String namespace) throws UsageException {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            throw new UsageException("the URL is \"" + url + "\": " + EXAMPLE);
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!SCHEMES.contains(scheme) || uri.getHost() == null) {
            throw new UsageException("the URL is \"" + url + "\": " + EXAMPLE);
        }
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return new Address(
                scheme + "://" + uri.getHost() + port,
                slashes(path == null ? slashes(uri.getRawPath()) + "socket.io" : path),
                uri.getRawQuery(),
                namespace.startsWith("/") ? namespace : "/" + namespace);
    }

    private static String slashes(String path) {
        String started = path.startsWith("/") ? path : "/" + path;
        return started.endsWith("/") ? started : started + "/";
    }

    /** Returns it as the client wants it: what follows the host is the namespace there. */
    URI uri() {
        return URI.create(origin + (namespace.equals("/") ? "" : namespace));
    }

    /** Returns what a person recognizes. */
    @Override
    public String toString() {
        return origin + path;
    }
}
