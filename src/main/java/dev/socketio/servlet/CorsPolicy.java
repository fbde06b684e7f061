package dev.socketio.servlet;

import dev.socketio.Cors;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Applies the {@code cors} option to requests and responses (the Fetch standard, "CORS protocol"). */
final class CorsPolicy {

    private final Cors cors;

    CorsPolicy(Cors cors) {
        this.cors = cors;
    }

    /** Returns whether the request comes from no page, from the server's own, or from one that is allowed. */
    boolean allows(HttpServletRequest request) {
        String origin = request.getHeader("Origin");
        return origin == null || !cors.refuseOthers() || cors.allows(origin) || isOwn(origin, request);
    }

    /** Tells the browser what the page may read. */
    void addHeaders(HttpServletRequest request, HttpServletResponse response) {
        if (cors.origins().isEmpty()) {
            return;
        }
        if (cors.allowsAll()) {
            response.setHeader("Access-Control-Allow-Origin", "*");
        } else {
            response.addHeader("Vary", "Origin");
            String origin = request.getHeader("Origin");
            if (origin == null || !cors.allows(origin)) {
                return;
            }
            response.setHeader("Access-Control-Allow-Origin", origin);
        }
        if (cors.credentials()) {
            response.setHeader("Access-Control-Allow-Credentials", "true");
        }
        if (!cors.exposedHeaders().isEmpty()) {
            response.setHeader("Access-Control-Expose-Headers", String.join(",", cors.exposedHeaders()));
        }
    }

    /** Answers a preflight request; returns false if there is nothing to say to it. */
    boolean answerPreflight(HttpServletRequest request, HttpServletResponse response) {
        if (cors.origins().isEmpty() || !request.getMethod().equals("OPTIONS")) {
            return false;
        }
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        response.setHeader("Access-Control-Allow-Methods", String.join(",", cors.methods()));
        String headers = request.getHeader("Access-Control-Request-Headers");
        if (!cors.allowedHeaders().isEmpty()) {
            response.setHeader("Access-Control-Allow-Headers", String.join(",", cors.allowedHeaders()));
        } else {
            response.addHeader("Vary", "Access-Control-Request-Headers");
            if (headers != null) {
                response.setHeader("Access-Control-Allow-Headers", headers);
            }
        }
        cors.maxAge().ifPresent(age -> response.setHeader("Access-Control-Max-Age", Long.toString(age.toSeconds())));
        response.setContentLength(0);
        return true;
    }

    /**
     * Compares host and port, as text: names that no URI may have exist in many a network. The scheme does not count:
     * behind a proxy that ends TLS the container sees another one than the browser.
     */
    private static boolean isOwn(String origin, HttpServletRequest request) {
        int authority = origin.indexOf("://");
        if (authority < 0) {
            return false;
        }
        String port = origin.startsWith("https:") ? ":443" : ":80";
        String page = withPort(origin.substring(authority + 3), port);
        String host = request.getHeader("Host");
        String seen = request.getServerName() + ":" + request.getServerPort();
        return page.equalsIgnoreCase(seen) || (host != null && page.equalsIgnoreCase(withPort(host, port)));
    }

    private static String withPort(String authority, String standard) {
        int colon = authority.lastIndexOf(':');
        boolean named = colon > authority.lastIndexOf(']'); // an IPv6 address has colons of its own, in brackets
        return named ? authority : authority + standard;
    }
}
