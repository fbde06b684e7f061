package dev.socketio.engine;

/**
 * Looks at every request of an {@link EngineServer} before the engine does, requests for a WebSocket included: sets
 * headers of the response, or answers in place of the engine.
 *
 * <pre>{@code
 * io.engine().use((request, response) -> {
 *     response.headers().set("Strict-Transport-Security", "max-age=31536000");
 *     if (isBanned(request.remoteAddress())) {
 *         response.end(403, "banned");
 *     }
 * });
 * }</pre>
 *
 * <p>Requests for the client files, and those by which a browser asks what pages of other origins may do, are answered
 * before.
 *
 * <p>Filters of the container ({@code jakarta.servlet.Filter}) that are mapped to the same path work too, for WebSockets
 * as well; they must support asynchronous requests. A filter is the better choice where one exists already (sessions,
 * logins, security headers of a framework), where it is to see the rest of the web application too, or where the body or
 * the container's own request is needed. A middleware needs no registration with the container, runs wherever the engine
 * does, knows the query as the engine reads it, and can put headers on refusals and on the upgrade alike.
 */
@FunctionalInterface
public interface EngineMiddleware {

    /**
     * Looks at a request. Called on the container's thread, which it may keep as a filter may; every poll is a request.
     *
     * @param request of use only during this call, {@link RequestHead#snapshot} takes a copy
     * @throws Exception to refuse the request with code 3, {@code Bad request}; it is logged, and the client is not told
     *     its message
     */
    void handle(RequestHead request, EngineResponse response) throws Exception;
}
