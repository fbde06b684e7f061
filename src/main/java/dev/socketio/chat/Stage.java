package dev.socketio.chat;

import dev.socketio.Socket;
import dev.socketio.SocketIoServer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a page that any program can drive, {@code stage.html}, has on its server: {@code message} goes to everybody, its
 * sender included, and {@code talkback} to everybody else. Each carries one value: a number, a text, true or false, or
 * bytes such as those of an image.
 *
 * <p>Whoever asks with an acknowledgement is answered {@code null}, or a text that says what is wrong.
 */
final class Stage {

    /** In UTF-16 units; the page lets nobody type a longer one. */
    private static final int MAX_TEXT = 10_000;

    /** Enough for a dial that somebody turns. */
    private static final int AT_ONCE = 200;

    private static final int PER_SECOND = 50;

    /** So many bytes count as one more message: an image of 1 MB is as much as a second's. */
    private static final int BYTES_PER_MESSAGE = 20_000;

    private Stage() {}

    static void addTo(SocketIoServer io) {
        io.onConnection(socket -> {
            TokenBucket bucket = new TokenBucket(io.scheduler(), AT_ONCE, PER_SECOND);
            relay(socket, "message", bucket, value -> io.emit("message", value));
            relay(socket, "talkback", bucket, value -> socket.broadcast().emit("talkback", value));
        });
    }

    private static void relay(Socket socket, String event, TokenBucket bucket, Consumer<Object> onward) {
        socket.on(event, Object.class, (value, ack) -> {
            String fault = fault(value, bucket);
            if (fault == null) {
                onward.accept(value);
            }
            ack.send(fault);
        });
    }

    private static @Nullable String fault(@Nullable Object value, TokenBucket bucket) {
        if (!(value instanceof Number
                || value instanceof String
                || value instanceof Boolean
                || value instanceof byte[])) {
            return "That is none of number, text, true, false and bytes.";
        }
        if (value instanceof String text && text.length() > MAX_TEXT) {
            return "A text may have " + MAX_TEXT + " characters.";
        }
        int bytes = value instanceof byte[] array ? array.length : 0;
        return bucket.take(1 + bytes / BYTES_PER_MESSAGE) ? null : "That is too much at once. Wait a second.";
    }
}
