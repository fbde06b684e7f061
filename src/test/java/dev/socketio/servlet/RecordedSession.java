package dev.socketio.servlet;

import static java.util.Objects.requireNonNull;

import dev.socketio.engine.CloseReason;
import dev.socketio.engine.EngineListener;
import dev.socketio.engine.EngineSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The server's side of one connection, which keeps what it hears. */
final class RecordedSession implements EngineListener {

    private static final long PATIENCE_SECONDS = 15;

    private final EngineSocket socket;
    private final BlockingQueue<Object> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<String> end = new CompletableFuture<>();

    RecordedSession(EngineSocket socket) {
        this.socket = socket;
    }

    @Override
    public void onMessage(String text) {
        messages.add(text);
    }

    @Override
    public void onMessage(byte[] bytes) {
        messages.add(bytes);
    }

    @Override
    public void onClose(CloseReason reason, String detail) {
        end.complete(reason + ": " + detail);
    }

    EngineSocket socket() {
        return socket;
    }

    /** Waits for a message, a {@code String} or {@code byte[]}. */
    Object nextMessage() throws InterruptedException {
        return requireNonNull(messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS), "no message came");
    }

    boolean hasMessages() {
        return !messages.isEmpty();
    }

    /** Waits for the end; the reason comes first, then a colon and the detail. */
    String end() throws Exception {
        return end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
