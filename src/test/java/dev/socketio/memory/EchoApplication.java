package dev.socketio.memory;

import dev.socketio.SocketIoApplication;
import dev.socketio.SocketIoServer;

/** What is deployed to be measured: one listener for each socket, and every option at its default. */
public final class EchoApplication implements SocketIoApplication {

    @Override
    public void configure(SocketIoServer io) {
        io.onConnection(socket -> socket.on("echo", String.class, text -> {
            socket.emit("echo", text);
        }));
    }
}
