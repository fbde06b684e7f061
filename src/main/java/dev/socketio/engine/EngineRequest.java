package dev.socketio.engine;

import java.security.Principal;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What remains of the HTTP request that opened a connection, once the container has taken the request itself back.
 *
 * @param url path and query as requested
 * @param query the parameters, decoded
 * @param headers by name in lower case; several values of one name are joined by {@code ", "}
 * @param remoteAddress the address of the client as the container sees it, after its own handling of proxies
 * @param secure whether the request came over TLS, again as the container sees it
 * @param principal who the container has authenticated, if anybody
 * @param roles the {@linkplain EngineOptions#roles() roles that were asked about} and that this user has
 * @param httpSession the {@code HttpSession} that existed, if any
 */
public record EngineRequest(
        String url,
        Map<String, String> query,
        Map<String, String> headers,
        String remoteAddress,
        boolean secure,
        @Nullable Principal principal,
        Set<String> roles,
        @Nullable Object httpSession) {

    /** Keeps immutable copies. */
    public EngineRequest {
        query = CompactMap.copyOf(query);
        headers = CompactMap.copyOf(headers);
        roles = Set.copyOf(roles);
    }

    /** Returns who asked; headers and parameters are left out, they hold secrets. */
    @Override
    public String toString() {
        return "request from " + remoteAddress;
    }
}
