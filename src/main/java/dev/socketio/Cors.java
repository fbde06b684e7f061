package dev.socketio;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What pages of other origins may do (the {@code cors} option).
 *
 * <p>Without it, only pages of the server's own origin can connect. Unlike Socket.IO on Node.js, an origin that is not
 * allowed is refused on both transports, with status 403: browsers keep a page from reading the answers of a foreign
 * server, but not from opening a WebSocket to it in the name of a user who is logged in. Clients that are not browsers
 * send no origin and are not concerned.
 *
 * @param origins such as {@code https://app.example.com}; {@code *} alone allows every origin
 * @param credentials whether a page may connect with cookies ({@code withCredentials})
 * @param methods that preflight requests are told
 * @param allowedHeaders request headers that a page may send; empty allows those it asks for
 * @param exposedHeaders response headers that a page may read
 * @param maxAge how long a browser may remember the answer to a preflight request
 * @param refuseOthers whether an origin that is not allowed is refused; false leaves it to the browser, as Node.js does
 */
public record Cors(
        List<String> origins,
        boolean credentials,
        List<String> methods,
        List<String> allowedHeaders,
        List<String> exposedHeaders,
        Optional<Duration> maxAge,
        boolean refuseOthers) {

    private static final List<String> METHODS = List.of("GET", "HEAD", "PUT", "PATCH", "POST", "DELETE");

    /** Checks and copies. */
    public Cors {
        origins = List.copyOf(origins);
        methods = List.copyOf(methods);
        allowedHeaders = List.copyOf(allowedHeaders);
        exposedHeaders = List.copyOf(exposedHeaders);
        if (credentials && origins.contains("*")) {
            throw new IllegalArgumentException("cors: credentials need origins by name, browsers refuse them with *");
        }
    }

    /** Allows pages of these origins; {@code *} stands for all. */
    public static Cors origins(String... origins) {
        return new Cors(List.of(origins), false, METHODS, List.of(), List.of(), Optional.empty(), true);
    }

    /** Allows no other origin, which is the default. */
    public static Cors none() {
        return origins(new String[0]);
    }

    /** Returns the same with cookies allowed or not; not allowed unless set. */
    public Cors withCredentials(boolean allowed) {
        return new Cors(origins, allowed, methods, allowedHeaders, exposedHeaders, maxAge, refuseOthers);
    }

    /** Returns the same with these methods; {@code GET,HEAD,PUT,PATCH,POST,DELETE} unless set. */
    public Cors withMethods(String... names) {
        return new Cors(origins, credentials, List.of(names), allowedHeaders, exposedHeaders, maxAge, refuseOthers);
    }

    /** Returns the same with these request headers; those that the page asks for unless set. */
    public Cors withAllowedHeaders(String... names) {
        return new Cors(origins, credentials, methods, List.of(names), exposedHeaders, maxAge, refuseOthers);
    }

    /** Returns the same with these response headers; none unless set. */
    public Cors withExposedHeaders(String... names) {
        return new Cors(origins, credentials, methods, allowedHeaders, List.of(names), maxAge, refuseOthers);
    }

    /** Returns the same with a time for browsers to remember; theirs unless set. */
    public Cors withMaxAge(Duration time) {
        return new Cors(origins, credentials, methods, allowedHeaders, exposedHeaders, Optional.of(time), refuseOthers);
    }

    /** Returns the same with other origins refused, as they are unless set, or left to the browser. */
    public Cors withRefuseOthers(boolean refuse) {
        return new Cors(origins, credentials, methods, allowedHeaders, exposedHeaders, maxAge, refuse);
    }

    /** Returns whether a page of this origin is allowed by name or because all are. */
    public boolean allows(String origin) {
        return allowsAll() || origins.contains(origin);
    }

    /** Returns whether every origin is allowed. */
    public boolean allowsAll() {
        return origins.contains("*");
    }
}
