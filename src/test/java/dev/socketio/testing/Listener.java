package dev.socketio.testing;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.socket.client.IO;
import io.socket.client.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Somebody who is connected to the WAR, in the main namespace, and keeps what comes as one event.
 *
 * @param arrived the event's first arguments
 */
public record Listener(Socket socket, BlockingQueue<Object> arrived) implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 30;

    /** Connects, and waits for the welcome. */
    public static Listener connect(EmbeddedServer server, String event) throws Exception {
        IO.Options options = IO.Options.builder()
                .setForceNew(true)
                .setPath(server.contextPath() + "/socket.io/")
                .build();
        Listener listener =
                new Listener(IO.socket("http://localhost:" + server.port(), options), new LinkedBlockingQueue<>());
        listener.socket.on(event, arguments -> listener.arrived.add(arguments[0]));
        CompletableFuture<Boolean> welcomed = new CompletableFuture<>();
        listener.socket.on("welcome", arguments -> welcomed.complete(true));
        listener.socket.connect();
        welcomed.get(PATIENCE_SECONDS, SECONDS);
        return listener;
    }

    /** Waits for what comes next. */
    public Object next() throws InterruptedException {
        Object next = arrived.poll(PATIENCE_SECONDS, SECONDS);
        if (next == null) {
            throw new AssertionError("nothing has come within " + PATIENCE_SECONDS + " s");
        }
        return next;
    }

    @Override
    public void close() {
        socket.disconnect();
    }
}
