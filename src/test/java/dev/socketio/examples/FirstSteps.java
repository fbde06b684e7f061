package dev.socketio.examples;

import dev.socketio.Socket;
import dev.socketio.SocketIoApplication;
import dev.socketio.SocketIoServer;
import java.util.Map;

public final class FirstSteps implements SocketIoApplication {

    record Note(String message) {}

    @Override
    public void configure(SocketIoServer io) {
        io.onConnection(socket -> {
            System.out.println(socket.id() + " is connected");
            socket.onDisconnect(reason -> System.out.println(socket.id() + " is gone: " + reason));
            welcome(socket);
            chatMessages(io, socket);
            warnings(io, socket);
            friends(io, socket);
        });
    }

    private static void welcome(Socket socket) {
        socket.on("thanks", Note.class, note -> System.out.println(note.message()));
        socket.emit("welcome", new Note("Nice to see you."));
    }

    private static void chatMessages(SocketIoServer io, Socket socket) {
        socket.on("chat message", String.class, text -> {
            System.out.println("message: " + text);
            io.emit("chat message", text);
        });
    }

    private static void warnings(SocketIoServer io, Socket socket) {
        socket.on("maintenance", () -> io.emit("achtung", Map.of("warning", "We are offline from noon to one.")));
    }

    private static void friends(SocketIoServer io, Socket socket) {
        socket.on("befriend", String.class, id -> {
            io.to(id).emit("request", new Note("Somebody wants to be your friend."));
            io.except(id).emit("brag", new Note("Somebody has found a friend."));
        });
    }
}
