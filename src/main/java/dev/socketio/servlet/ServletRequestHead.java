package dev.socketio.servlet;

import dev.socketio.engine.EngineRequest;
import dev.socketio.engine.Query;
import dev.socketio.engine.RequestHead;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A servlet request as the engine reads it. Of use only while the container serves the request. */
final class ServletRequestHead implements RequestHead {

    private final HttpServletRequest request;
    private final EndpointContext context;
    private final Query query;

    /** Null until somebody wants it. */
    private @Nullable EngineRequest snapshot;

    ServletRequestHead(HttpServletRequest request, EndpointContext context) {
        this.request = request;
        this.context = context;
        this.query = Query.parse(request.getQueryString());
    }

    @Override
    public String method() {
        return request.getMethod();
    }

    @Override
    public Query query() {
        return query;
    }

    @Override
    public @Nullable String header(String name) {
        return request.getHeader(name);
    }

    @Override
    public String remoteAddress() {
        return request.getRemoteAddr();
    }

    @Override
    public boolean isAllowed() {
        return context.cors().allows(request);
    }

    @Override
    public boolean canUpgrade() {
        return context.upgrade() != null && (!asksForWebSocket() || isComplete());
    }

    /** Over HTTP/2 a WebSocket is asked for with CONNECT (RFC 8441). */
    boolean asksForWebSocket() {
        return "websocket".equalsIgnoreCase(request.getHeader("Upgrade")) || method().equals("CONNECT");
    }

    /** Containers differ in what they make of a handshake that is none (RFC 6455, 4.2.1): nothing, or an exception. */
    private boolean isComplete() {
        String connection = String.join(",", Collections.list(request.getHeaders("Connection")));
        return method().equals("CONNECT")
                || (method().equals("GET")
                        && connection.toLowerCase(Locale.ROOT).contains("upgrade")
                        && "13".equals(request.getHeader("Sec-WebSocket-Version"))
                        && request.getHeader("Sec-WebSocket-Key") != null);
    }

    @Override
    public EngineRequest snapshot() {
        EngineRequest taken = snapshot;
        if (taken == null) {
            taken = take();
            snapshot = taken;
        }
        return taken;
    }

    private EngineRequest take() {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Enumeration<String> names = request.getHeaderNames(); names.hasMoreElements(); ) {
            String name = names.nextElement();
            headers.put(name.toLowerCase(Locale.ROOT), joined(request.getHeaders(name)));
        }
        Set<String> roles = new HashSet<>(context.roles());
        roles.removeIf(role -> !request.isUserInRole(role));
        String queryString = request.getQueryString();
        return new EngineRequest(
                request.getRequestURI() + (queryString == null ? "" : "?" + queryString),
                query.asMap(),
                headers,
                request.getRemoteAddr(),
                request.isSecure(),
                request.getUserPrincipal(),
                roles,
                request.getSession(/* create= */ false));
    }

    private static String joined(Enumeration<String> values) {
        String first = values.hasMoreElements() ? values.nextElement() : "";
        return values.hasMoreElements() ? first + ", " + String.join(", ", Collections.list(values)) : first;
    }
}
