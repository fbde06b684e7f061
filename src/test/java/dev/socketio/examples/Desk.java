package dev.socketio.examples;

import dev.socketio.ConnectErrorException;
import dev.socketio.Handshake;
import dev.socketio.SocketIoApplication;
import dev.socketio.SocketIoServer;
import jakarta.servlet.http.HttpSession;
import java.security.Principal;
import java.util.List;

public final class Desk implements SocketIoApplication {

    @Override
    public void options(SocketIoServer.Builder options) {
        options.roles(List.of("editor"));
    }

    @Override
    public void configure(SocketIoServer io) {
        io.use(socket -> {
            if (socket.handshake().principal().isEmpty()) {
                throw new ConnectErrorException("log in first");
            }
        });
        io.onConnection(socket -> {
            Handshake handshake = socket.handshake();
            String name = handshake.principal().map(Principal::getName).orElseThrow();
            socket.join("user " + name);
            handshake.httpSession(HttpSession.class).ifPresent(session -> socket.join("session " + session.getId()));
            socket.emit("you are", name);

            socket.on("publish", String.class, (text, ack) -> {
                boolean allowed = handshake.isUserInRole("editor");
                if (allowed) {
                    io.emit("published", name, text);
                }
                ack.send(allowed);
            });
            socket.on("logout", () -> io.in("user " + name).disconnectSockets(true));
        });
    }
}
