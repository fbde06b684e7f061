package dev.socketio.engine;

/**
 * Decides which requests may open a session (the {@code allowRequest} option).
 *
 * <pre>{@code
 * options.allowRequest(request -> {
 *     if (!tokens.accept(request.query().get("token"))) {
 *         throw new ForbiddenException("bad token");
 *     }
 * });
 * }</pre>
 */
@FunctionalInterface
public interface AllowRequest {

    /**
     * Returns if the request may open a session. Called on the container's thread, which it may keep as a filter may, on
     * both transports, after the middlewares and the checks that need nobody's advice; not for later requests of a
     * session, nor when it moves to a WebSocket.
     *
     * @throws ForbiddenException to refuse with code 4, status 403 and this message
     * @throws Exception for any other failure: it is logged, and the client is refused likewise but not told the message
     */
    void check(EngineRequest request) throws Exception;
}
