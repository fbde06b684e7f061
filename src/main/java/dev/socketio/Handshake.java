package dev.socketio;

import dev.socketio.engine.EngineRequest;
import dev.socketio.protocol.Value;
import java.security.Principal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How a socket came to be: the HTTP request that opened its connection, and what the client sent to join the namespace.
 *
 * @param request the request, a copy
 * @param auth the client's {@code auth} option, an object without properties if it set none
 * @param issued when the client joined
 */
public record Handshake(EngineRequest request, Value auth, Instant issued) {

    /** The form of a date as a string in JavaScript. */
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE MMM dd yyyy HH:mm:ss 'GMT+0000 (Coordinated Universal Time)'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    Handshake withAuth(Value newAuth) {
        return new Handshake(request, newAuth, issued);
    }

    /** Returns the headers by name in lower case; several values of one name are joined by {@code ", "}. */
    public Map<String, String> headers() {
        return request.headers();
    }

    /** Returns the parameters of the URL, decoded; they include {@code EIO} and {@code transport}. */
    public Map<String, String> query() {
        return request.query();
    }

    /** Returns the client's address as the container sees it. */
    public String address() {
        return request.remoteAddress();
    }

    /** Returns whether the request came over TLS, as the container sees it. */
    public boolean secure() {
        return request.secure();
    }

    /** Returns whether the request named an origin, which browsers do for other sites' pages. */
    public boolean xdomain() {
        return request.headers().containsKey("origin");
    }

    /** Returns path and query as requested. */
    public String url() {
        return request.url();
    }

    /** Returns {@link #issued()} in JavaScript's form of a date. */
    public String time() {
        return DATE.format(issued);
    }

    /** Returns who the container has authenticated. */
    public Optional<Principal> principal() {
        return Optional.ofNullable(request.principal());
    }

    /**
     * Returns whether the container's user had a role when the connection was opened.
     *
     * @param role one of those named by {@link SocketIoServer.Builder#roles}; the container cannot be asked later about
     *     others, which therefore no user has
     */
    public boolean isUserInRole(String role) {
        return request.roles().contains(role);
    }

    /**
     * Returns the HTTP session that existed when the connection was opened; it may have ended since.
     *
     * @param type {@code jakarta.servlet.http.HttpSession.class}
     */
    public <T> Optional<T> httpSession(Class<T> type) {
        return Optional.ofNullable(request.httpSession()).map(type::cast);
    }
}
