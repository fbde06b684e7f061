package com.example.live;

import dev.socketio.ConnectErrorException;
import dev.socketio.SocketIoApplication;
import dev.socketio.SocketIoServer;
import java.security.Principal;
import java.util.List;
import org.springframework.stereotype.Component;

/** What clients of Socket.IO can do. */
@Component
public final class Live implements SocketIoApplication {

    @Override
    public void options(SocketIoServer.Builder options) {
        options.roles(List.of("EDITOR"));
    }

    @Override
    public void configure(SocketIoServer io) {
        io.use(socket -> {
            Principal user = socket.handshake()
                    .principal()
                    .orElseThrow(() -> new ConnectErrorException("log in first"));
            socket.data().put("user", user.getName());
        });
        io.onConnection(socket -> {
            String user = socket.data().get("user", String.class).orElseThrow();
            socket.join("user:" + user);
            socket.on("who am I", (arguments, ack) -> ack.send(user, socket.handshake().isUserInRole("EDITOR")));
            socket.on("say", String.class, text -> io.emit("said", user, text));
        });
    }
}
