package dev.socketio.engine;

import org.jspecify.annotations.Nullable;

/** A request for a WebSocket that the engine has accepted and the container has yet to carry out. */
public final class WebSocketHandshake {

    private final EngineServer server;
    private final EngineRequest request;
    private final @Nullable EngineSocket upgraded;

    WebSocketHandshake(EngineServer server, EngineRequest request, @Nullable EngineSocket upgraded) {
        this.server = server;
        this.request = request;
        this.upgraded = upgraded;
    }

    /**
     * Starts to use the WebSocket, for a new connection or for one that is to move to it. Called once, when the
     * container has opened the WebSocket and before it reports a message.
     *
     * @return what the container reports messages, the end and failures to
     */
    public WebSocketTransport open(WebSocketChannel channel) {
        return server.open(channel, request, upgraded);
    }
}
