package dev.socketio.examples;

import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

final class TestClient implements AutoCloseable {

    private final Socket socket;

    private TestClient(Socket socket) {
        this.socket = socket;
    }

    static TestClient connect(URI server) throws Exception {
        return connect(server, new IO.Options());
    }

    static TestClient connect(URI server, IO.Options options) throws Exception {
        options.forceNew = true;
        options.transports = new String[] {"websocket"};
        TestClient client = new TestClient(IO.socket(server, options));
        CompletableFuture<Object[]> connected = client.next(Socket.EVENT_CONNECT);
        client.socket.connect();
        connected.get();
        return client;
    }

    CompletableFuture<Object[]> next(String event) {
        CompletableFuture<Object[]> arguments = new CompletableFuture<>();
        socket.once(event, arguments::complete);
        return arguments.orTimeout(10, TimeUnit.SECONDS);
    }

    Object ask(String event, Object... arguments) throws Exception {
        CompletableFuture<Object> answer = new CompletableFuture<>();
        socket.emit(event, arguments, (Ack) values -> answer.complete(values[0]));
        return answer.get(10, TimeUnit.SECONDS);
    }

    void emit(String event, Object... arguments) {
        socket.emit(event, arguments);
    }

    @Override
    public void close() {
        socket.disconnect();
    }
}
