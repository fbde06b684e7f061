package dev.socketio.engine;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A request that was refused, for {@link EngineServer#onConnectionError}.
 *
 * <p>The context says what led to it, under the names that Socket.IO's documentation uses:
 *
 * <ul>
 *   <li>code 0, {@code Transport unknown}: {@code transport}
 *   <li>code 1, {@code Session ID unknown}: {@code sid}, and {@code nodeId} if another node has the session: the balancer
 *       is not sticky, and {@link EngineOptions#peers()} does not know that node
 *   <li>code 2, {@code Bad handshake method}: {@code method}
 *   <li>code 3, {@code Bad request}: {@code name}, which is one of {@code INVALID_ORIGIN} (with {@code origin}),
 *       {@code TRANSPORT_MISMATCH} (with {@code transport} and {@code previousTransport}), {@code PROTOCOL_MISMATCH}
 *       (with {@code protocol} and {@code previousProtocol}), {@code TRANSPORT_HANDSHAKE_ERROR},
 *       {@code ID_GENERATION_ERROR} and {@code MIDDLEWARE_FAILURE} (both with {@code error}, the exception)
 *   <li>code 4, {@code Forbidden}: {@code message}, what the client is told in its place; or {@code error}, the exception
 *       that {@link AllowRequest} has failed with; or {@code name}, which is {@code ORIGIN_NOT_ALLOWED} (with
 *       {@code origin})
 *   <li>code 5, {@code Unsupported protocol version}: {@code protocol}
 *   <li>code 6, {@code Too many sessions}: {@code name}, which is one of {@code MAX_SESSIONS},
 *       {@code MAX_SESSIONS_PER_ADDRESS} (with {@code address}) and {@code SERVER_CLOSED}
 *   <li>code 7, {@code Node unavailable}: {@code sid}, {@code nodeId} and {@code name}, which is one of {@code
 *       FORWARDING_FAILED} (with {@code error}, the exception) and {@code MAX_FORWARDED_REQUESTS}
 * </ul>
 *
 * What the request does not have is missing in the context as well.
 *
 * @param code the number that the client is told
 * @param message the text of the code
 * @param context what led to it, in a map that cannot be changed
 * @param request the request, a copy
 */
public record ConnectionError(int code, String message, Map<String, Object> context, EngineRequest request) {

    /** Keeps an immutable copy. */
    public ConnectionError {
        context = Collections.unmodifiableMap(new LinkedHashMap<>(context));
    }
}
