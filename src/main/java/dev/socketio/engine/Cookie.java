package dev.socketio.engine;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * The cookie that tells a session's id to the machines between client and server, for sticky sessions (the {@code cookie}
 * option). It is set by the response that opens a session over polling, and never on a WebSocket.
 *
 * @param path {@code /} unless set; empty if the cookie is to have none
 * @param domain none unless set, which means the host that was asked
 * @param maxAge how long the browser keeps it; as long as it runs unless set. Zero or less ends it at once.
 * @param expires another way to say it, for browsers of old
 * @param httpOnly whether scripts cannot read it, true unless set
 * @param sameSite which requests of other sites' pages bear it, {@link SameSite#LAX} unless set; empty leaves that to the
 *     browser
 * @param secure whether it goes over TLS only, false unless set
 */
public record Cookie(
        String name,
        Optional<String> path,
        Optional<String> domain,
        Optional<Duration> maxAge,
        Optional<Instant> expires,
        boolean httpOnly,
        Optional<SameSite> sameSite,
        boolean secure) {

    /** Which requests of other sites' pages bear a cookie. */
    public enum SameSite {
        /** None. */
        STRICT("Strict"),
        /** Those that show the page of the cookie's own site. */
        LAX("Lax"),
        /** All; browsers want such a cookie to be {@code secure}. */
        NONE("None");

        private final String text;

        SameSite(String text) {
            this.text = text;
        }

        /** Returns the value as it stands in the header. */
        @Override
        public String toString() {
            return text;
        }
    }

    /** The form of a date in a header (RFC 9110, 5.6.7). */
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    /** Checks the texts. */
    public Cookie {
        if (!ResponseHeaders.isToken(name)) {
            throw new IllegalArgumentException("name is \"" + name + "\": give letters and digits, such as io");
        }
        path.ifPresent(value -> requireAttribute("path", value));
        domain.ifPresent(value -> requireAttribute("domain", value));
    }

    private static void requireAttribute(String attribute, String value) {
        if (!ResponseHeaders.isValue(value) || value.indexOf(';') >= 0) {
            throw new IllegalArgumentException(
                    attribute + " is \"" + value + "\": a cookie cannot have such characters in it");
        }
    }

    /** Starts with the defaults, for which Socket.IO's name is {@code io}. */
    public static Cookie named(String name) {
        return new Cookie(
                name,
                Optional.of("/"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                true,
                Optional.of(SameSite.LAX),
                false);
    }

    /** Returns the same for the URLs below a path. */
    public Cookie withPath(String value) {
        return new Cookie(name, Optional.of(value), domain, maxAge, expires, httpOnly, sameSite, secure);
    }

    /** Returns the same without a path, which means that of the request. */
    public Cookie withoutPath() {
        return new Cookie(name, Optional.empty(), domain, maxAge, expires, httpOnly, sameSite, secure);
    }

    /** Returns the same for a domain with all hosts below it. */
    public Cookie withDomain(String value) {
        return new Cookie(name, path, Optional.of(value), maxAge, expires, httpOnly, sameSite, secure);
    }

    /** Returns the same for a time from when it is set; seconds count. */
    public Cookie withMaxAge(Duration value) {
        return new Cookie(name, path, domain, Optional.of(value), expires, httpOnly, sameSite, secure);
    }

    /** Returns the same until a moment; seconds count. */
    public Cookie withExpires(Instant value) {
        return new Cookie(name, path, domain, maxAge, Optional.of(value), httpOnly, sameSite, secure);
    }

    /** Returns the same hidden from scripts or not. */
    public Cookie withHttpOnly(boolean value) {
        return new Cookie(name, path, domain, maxAge, expires, value, sameSite, secure);
    }

    /** Returns the same for these requests of other sites' pages. */
    public Cookie withSameSite(SameSite value) {
        return new Cookie(name, path, domain, maxAge, expires, httpOnly, Optional.of(value), secure);
    }

    /** Returns the same without a word on other sites, which leaves it to the browser. */
    public Cookie withoutSameSite() {
        return new Cookie(name, path, domain, maxAge, expires, httpOnly, Optional.empty(), secure);
    }

    /** Returns the same over TLS only or not. */
    public Cookie withSecure(boolean value) {
        return new Cookie(name, path, domain, maxAge, expires, httpOnly, sameSite, value);
    }

    /** Throws if browsers would not take it. */
    void requireAcceptable() {
        if (sameSite.equals(Optional.of(SameSite.NONE)) && !secure) {
            throw new IllegalArgumentException(
                    "cookie has SameSite=None without Secure, which browsers do not take: add withSecure(true)");
        }
    }

    /** Returns the value of the header {@code Set-Cookie} for a session. */
    String header(String sid) {
        StringBuilder header = new StringBuilder(name).append('=').append(requireNonNull(sid, "sid"));
        maxAge.ifPresent(time -> header.append("; Max-Age=").append(time.toSeconds()));
        domain.ifPresent(host -> header.append("; Domain=").append(host));
        path.ifPresent(below -> header.append("; Path=").append(below));
        expires.ifPresent(moment -> header.append("; Expires=").append(DATE.format(moment)));
        header.append(httpOnly ? "; HttpOnly" : "").append(secure ? "; Secure" : "");
        sameSite.ifPresent(which -> header.append("; SameSite=").append(which));
        return header.toString();
    }
}
