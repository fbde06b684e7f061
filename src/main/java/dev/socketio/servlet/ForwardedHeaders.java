package dev.socketio.servlet;

import dev.socketio.engine.ResponseHeaders;
import jakarta.servlet.http.HttpServletRequest;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The headers of a request that another node answers, and of its response. */
final class ForwardedHeaders {

    /** Names the node that has forwarded a request. Whoever sends it himself gains nothing: he is not forwarded. */
    static final String FORWARDED_BY = "Socketio-Forwarded-By";

    private static final Logger log = LoggerFactory.getLogger(ForwardedHeaders.class);

    private static final String FORWARDED_FOR = "x-forwarded-for";

    /** What concerns one connection alone (RFC 9110, 7.6.1), or is made anew for each. */
    private static final Set<String> OF_THE_CONNECTION = Set.of(
            "connection",
            "content-length",
            "date",
            "expect",
            "host",
            "http2-settings",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "server",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private ForwardedHeaders() {}

    /** Copies what the client has sent, and tells what only this node can see of it, as proxies do. */
    static void copy(HttpServletRequest from, HttpRequest.Builder to, String node) {
        Set<String> omitted = new HashSet<>(OF_THE_CONNECTION);
        Collections.list(from.getHeaders("Connection")).forEach(names -> addNames(names, omitted));
        omitted.add(FORWARDED_FOR);
        for (String name : Collections.list(from.getHeaderNames())) {
            if (!omitted.contains(name.toLowerCase(Locale.ROOT))) {
                Collections.list(from.getHeaders(name)).forEach(value -> add(to, name, value));
            }
        }
        List<String> addresses = Collections.list(from.getHeaders(FORWARDED_FOR));
        addresses.add(from.getRemoteAddr());
        add(to, "X-Forwarded-For", String.join(", ", addresses));
        if (from.getHeader("X-Forwarded-Proto") == null) {
            add(to, "X-Forwarded-Proto", from.getScheme());
        }
        if (from.getHeader("X-Forwarded-Host") == null && from.getHeader("Host") != null) {
            add(to, "X-Forwarded-Host", from.getHeader("Host"));
        }
        to.header(FORWARDED_BY, node);
    }

    private static void addNames(String list, Set<String> names) {
        for (String name : list.split(",", /* limit= */ -1)) {
            names.add(name.trim().toLowerCase(Locale.ROOT));
        }
    }

    /** Containers let through what the standard does not allow. */
    private static void add(HttpRequest.Builder to, String name, String value) {
        try {
            to.header(name, value);
        } catch (IllegalArgumentException e) {
            log.debug("a header of a request is not forwarded: {}", e.getMessage());
        }
    }

    /** Copies what the other node answers: it takes the place of what this node would say, cookies excepted. */
    static ResponseHeaders copy(HttpHeaders from) {
        Set<String> omitted = new HashSet<>(OF_THE_CONNECTION);
        from.allValues("Connection").forEach(names -> addNames(names, omitted));
        ResponseHeaders to = new ResponseHeaders();
        from.map().forEach((name, values) -> {
            if (!omitted.contains(name.toLowerCase(Locale.ROOT))) {
                to.set(name, values.get(0), values.stream().skip(1).toArray(String[]::new));
            }
        });
        return to;
    }
}
