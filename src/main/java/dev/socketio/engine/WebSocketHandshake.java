package dev.socketio.engine;

import org.jspecify.annotations.Nullable;

/** A request for a WebSocket that the engine has accepted and the container has yet to carry out. */
public final class WebSocketHandshake {

    private final EngineServer server;
    private final EngineRequest request;
    private final ResponseHeaders headers;
    private final String sid;
    private final @Nullable EngineSocket upgraded;

    /**
     * Keeps what the engine has decided.
     *
     * @param sid of the session
     * @param upgraded the session that is to move to the WebSocket; null for a new one
     */
    WebSocketHandshake(
            EngineServer server,
            EngineRequest request,
            ResponseHeaders headers,
            String sid,
            @Nullable EngineSocket upgraded) {
        this.server = server;
        this.request = request;
        this.headers = headers;
        this.sid = sid;
        this.upgraded = upgraded;
    }

    /** Returns what the application adds to the response, which has status 101. */
    public ResponseHeaders headers() {
        return headers;
    }

    /**
     * Starts to use the WebSocket, for a new connection or for one that is to move to it. Called once, when the
     * container has opened the WebSocket and before it reports a message.
     *
     * @return what the container reports messages, the end and failures to
     */
    public WebSocketTransport open(WebSocketChannel channel) {
        return upgraded == null ? server.open(channel, sid, request) : server.offer(channel, request, upgraded);
    }
}
