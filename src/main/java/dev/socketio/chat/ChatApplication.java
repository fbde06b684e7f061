package dev.socketio.chat;

import dev.socketio.SocketIoApplication;
import dev.socketio.SocketIoServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends every {@code chat message} to everybody, its sender included. */
public final class ChatApplication implements SocketIoApplication {

    private static final Logger log = LoggerFactory.getLogger(ChatApplication.class);

    /** The longest message that goes out, in UTF-16 units; the page lets nobody type a longer one. */
    private static final int MAX_LENGTH = 10_000;

    /** Lets clients of every age in, those of Socket.IO 1 and 2 too. */
    @Override
    public void options(SocketIoServer.Builder options) {
        options.allowEIO3(true);
    }

    @Override
    public void configure(SocketIoServer io) {
        io.onConnection(socket -> {
            log.info("{} connected", socket.id());
            socket.on("chat message", Object.class, message -> {
                if (message instanceof String text && text.length() <= MAX_LENGTH) {
                    io.emit("chat message", text);
                }
            });
            socket.onDisconnect(reason -> log.info("{} disconnected: {}", socket.id(), reason));
        });
    }
}
