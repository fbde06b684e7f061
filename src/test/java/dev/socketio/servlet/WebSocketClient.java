package dev.socketio.servlet;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A WebSocket of the JDK, which keeps what it hears. */
final class WebSocketClient implements WebSocket.Listener {

    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream binary = new ByteArrayOutputStream();
    private final BlockingQueue<Object> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> end = new CompletableFuture<>();
    private @Nullable WebSocket socket;

    private WebSocketClient() {}

    static WebSocketClient open(URI uri) throws Exception {
        WebSocketClient client = new WebSocketClient();
        client.socket = TestEngine.HTTP
                .newWebSocketBuilder()
                .buildAsync(uri, client)
                .get(TestEngine.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        return client;
    }

    WebSocket socket() {
        return requireNonNull(socket);
    }

    void send(String message) throws Exception {
        socket().sendText(message, true).get(TestEngine.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    void send(byte[] message) throws Exception {
        socket().sendBinary(ByteBuffer.wrap(message), true).get(TestEngine.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** Waits for a message, a {@code String} or {@code byte[]}. */
    Object nextMessage() throws InterruptedException {
        return requireNonNull(messages.poll(TestEngine.PATIENCE.toSeconds(), TimeUnit.SECONDS), "no message came");
    }

    /** Waits for the end and returns its code. */
    int closeCode() throws Exception {
        return end.get(TestEngine.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence part, boolean last) {
        text.append(part);
        if (last) {
            messages.add(text.toString());
            text.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer part, boolean last) {
        byte[] bytes = new byte[part.remaining()];
        part.get(bytes);
        binary.writeBytes(bytes);
        if (last) {
            messages.add(binary.toByteArray());
            binary.reset();
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        end.complete(statusCode);
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable failure) {
        end.completeExceptionally(failure);
    }
}
