package dev.socketio.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** The browser's client, as it comes in the npm package {@code socket.io-client}. */
final class ClientFiles {

    private static final Set<String> NAMES = Set.of(
            "socket.io.js",
            "socket.io.js.map",
            "socket.io.min.js",
            "socket.io.min.js.map",
            "socket.io.esm.min.js",
            "socket.io.esm.min.js.map",
            "socket.io.msgpack.min.js",
            "socket.io.msgpack.min.js.map");

    private final String etag = "\"" + version() + "\"";

    /** The files asked for so far, compressed. */
    private final ConcurrentMap<String, byte[]> cache = new ConcurrentHashMap<>();

    private static String version() {
        Properties properties = new Properties();
        try (InputStream in = open("client.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }

    /**
     * Serves the file that the request names.
     *
     * @return false if it names none
     */
    boolean serve(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getPathInfo();
        String name = path == null || path.isEmpty() ? "" : path.substring(1);
        boolean reads = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        if (!reads || !NAMES.contains(name)) {
            return false;
        }
        response.setHeader("Cache-Control", "public, max-age=0");
        response.setHeader("ETag", etag);
        response.addHeader("Vary", "Accept-Encoding");
        if (isKnown(request.getHeader("If-None-Match"))) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return true;
        }
        response.setHeader(
                "Content-Type",
                name.endsWith(".map") ? "application/json; charset=utf-8" : "application/javascript; charset=utf-8");
        ContentCoding coding = ContentCoding.choose(request.getHeader("Accept-Encoding"));
        byte[] body = load(name, coding);
        if (coding != null) {
            response.setHeader("Content-Encoding", coding.token());
        }
        response.setContentLength(body.length);
        if (request.getMethod().equals("GET")) {
            response.getOutputStream().write(body);
        }
        return true;
    }

    private boolean isKnown(@Nullable String ifNoneMatch) {
        return ifNoneMatch != null
                && Arrays.stream(ifNoneMatch.split(","))
                        .map(String::trim)
                        .anyMatch(tag -> tag.equals("*") || tag.equals(etag) || tag.equals("W/" + etag));
    }

    private byte[] load(String name, @Nullable ContentCoding coding) {
        if (coding != null) {
            return cache.computeIfAbsent(name + " " + coding, key -> coding.encode(load(name, null)));
        }
        try (InputStream in = open(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String name) throws IOException {
        InputStream in = ClientFiles.class.getResourceAsStream("client/" + name);
        if (in == null) {
            throw new IOException("the library was built without the client file " + name);
        }
        return in;
    }
}
