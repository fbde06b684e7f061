package dev.socketio.terminal;

import io.socket.client.IO;
import io.socket.client.Manager;
import io.socket.engineio.client.Transport;
import io.socket.thread.EventThread;
import java.util.concurrent.CompletableFuture;
import okhttp3.OkHttpClient;
import okhttp3.WebSocket;
import org.jspecify.annotations.Nullable;

/**
 * Tells how much of what has been sent has not left yet. The client does not say so itself: it gathers without a limit,
 * and loses a connection where too much waits.
 *
 * <p>It needs a client with a single transport; in the midst of a change to another one there is no telling.
 */
final class Outflow {

    private volatile @Nullable Transport transport;
    private volatile @Nullable WebSocket webSocket;

    /** Makes a client's WebSockets known here. */
    void watch(IO.Options options) {
        OkHttpClient client = new OkHttpClient();
        options.webSocketFactory = (request, listener) -> {
            WebSocket made = client.newWebSocket(request, new CloseAnswer(listener));
            webSocket = made;
            return made;
        };
    }

    /** Makes a client's transports known here, those of later connections too. */
    void watch(Manager manager) {
        manager.on(Manager.EVENT_TRANSPORT, arguments -> transport = (Transport) arguments[0]);
    }

    /** Returns how many bytes wait, as far as known: where it is known only that something does, as many as can be. */
    long waiting() {
        CompletableFuture<Long> bytes = new CompletableFuture<>();
        // Behind what the client itself does next when a transport has taken something.
        EventThread.exec(() -> EventThread.nextTick(() -> bytes.complete(count())));
        return bytes.join();
    }

    /** On the client's thread, which has handed over all that can be handed over once a transport is writable again. */
    private long count() {
        Transport now = transport;
        if (now == null || !now.writable) {
            return Long.MAX_VALUE;
        }
        WebSocket socket = webSocket;
        return socket == null ? 0 : socket.queueSize();
    }
}
