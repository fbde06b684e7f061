package dev.socketio.terminal;

import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Answers a server that closes the WebSocket; all else is for the client. The client itself does not, so that it would
 * notice only when heartbeats are missing, or when the server is tired of waiting.
 */
final class CloseAnswer extends WebSocketListener {

    private static final int NORMAL_CLOSURE = 1_000;

    private final WebSocketListener client;

    CloseAnswer(WebSocketListener client) {
        this.client = client;
    }

    @Override
    public void onClosing(WebSocket webSocket, int code, String reason) {
        client.onClosing(webSocket, code, reason);
        webSocket.close(NORMAL_CLOSURE, null);
    }

    @Override
    public void onOpen(WebSocket webSocket, Response response) {
        client.onOpen(webSocket, response);
    }

    @Override
    public void onMessage(WebSocket webSocket, String text) {
        client.onMessage(webSocket, text);
    }

    @Override
    public void onMessage(WebSocket webSocket, ByteString bytes) {
        client.onMessage(webSocket, bytes);
    }

    @Override
    public void onClosed(WebSocket webSocket, int code, String reason) {
        client.onClosed(webSocket, code, reason);
    }

    @Override
    public void onFailure(WebSocket webSocket, Throwable failure, @Nullable Response response) {
        client.onFailure(webSocket, failure, response);
    }
}
