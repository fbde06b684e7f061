package dev.socketio;

import java.time.Duration;
import java.util.List;

/** What {@code recovery.mjs} talks to. */
final class RecoveryApp implements SocketIoApplication {

    @Override
    public void options(SocketIoServer.Builder options) {
        options.connectionStateRecovery(
                        ConnectionStateRecovery.defaults().withMaxDisconnectionDuration(Duration.ofSeconds(30)))
                .pingInterval(Duration.ofMillis(300))
                .pingTimeout(Duration.ofSeconds(20));
    }

    @Override
    public void configure(SocketIoServer io) {
        io.use(socket -> socket.emit("from the middleware", 1));
        io.onConnection(socket -> {
            socket.on("join", String.class, (room, ack) -> {
                socket.join(room);
                ack.send();
            });
            socket.on("remember", String.class, (name, ack) -> {
                socket.data().put("name", name);
                ack.send();
            });
            socket.on(
                    "whoami",
                    (arguments, ack) -> ack.send(List.of(
                            socket.id(),
                            socket.isRecovered(),
                            socket.rooms().stream().sorted().toList(),
                            socket.data().get("name", String.class).orElse(""))));
            socket.on("say", String.class, Object.class, (room, what, ack) -> {
                (room.isEmpty() ? io.all() : io.to(room)).emit("said", what);
                ack.send();
            });
            socket.on("whisper", String.class, Object.class, (room, what, ack) -> {
                io.to(room).asVolatile().emit("said", what);
                ack.send();
            });
            socket.on("kick", () -> socket.disconnect());
            socket.on("drop", () -> socket.conn().close());
        });
    }
}
