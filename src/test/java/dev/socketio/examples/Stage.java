package dev.socketio.examples;

import dev.socketio.Socket;
import dev.socketio.SocketIoApplication;
import dev.socketio.SocketIoServer;

public final class Stage implements SocketIoApplication {

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Picture(String name, byte[] content) {}

    @Override
    public void configure(SocketIoServer io) {
        io.onConnection(socket -> {
            messages(io, socket);
            pictures(socket);
        });
    }

    private static void messages(SocketIoServer io, Socket socket) {
        socket.on("message", Object.class, value -> io.emit("message", value));
        socket.on("talkback", String.class, text -> socket.broadcast().emit("talkback", text));
    }

    private static void pictures(Socket socket) {
        socket.on("picture", Picture.class, (picture, ack) -> {
            socket.broadcast().emit("picture", picture);
            ack.send(picture.content().length);
        });
    }
}
