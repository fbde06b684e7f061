package dev.socketio.examples;

import dev.socketio.SocketIoApplication;
import dev.socketio.SocketIoServer;

public final class Hello implements SocketIoApplication {

    @Override
    public void configure(SocketIoServer io) {
        io.onConnection(socket -> {
            System.out.println("a user connected");
            socket.onDisconnect(reason -> System.out.println("user disconnected"));
            socket.emit("message", "Hello from the server");
        });
    }
}
