package dev.socketio.servlet;

import dev.socketio.Cors;
import dev.socketio.engine.Query;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/** Applies the {@code cors} option to requests and responses (the Fetch standard, "CORS protocol"). */
final class CorsPolicy {

    private final Cors cors;

    CorsPolicy(Cors cors) {
        this.cors = cors;
    }

    /** Returns whether the request comes from no page, from the server's own, or from one that is allowed. */
    boolean allows(HttpServletRequest request) {
        String origin = origin(request);
        return origin == null || !cors.refuseOthers() || cors.allows(origin) || isOwn(origin, request);
    }

    /**
     * Returns the origin of the page that asks, null if no page does. A browser does not name it when it loads a script,
     * so that JSONP would open the server to every page; but it tells the page's URL, and whether that is another site's.
     */
    private static @Nullable String origin(HttpServletRequest request) {
        String origin = request.getHeader("Origin");
        if (origin != null) {
            return origin;
        }
        String site = request.getHeader("Sec-Fetch-Site");
        boolean foreign = "cross-site".equals(site) || "same-site".equals(site);
        boolean script = Query.parse(request.getQueryString()).get("j") != null;
        String page = foreign || script ? request.getHeader("Referer") : null;
        if (page == null) {
            return foreign ? "null" : null;
        }
        int path = page.indexOf('/', page.indexOf("://") + 3);
        return path < 0 ? page : page.substring(0, path);
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
