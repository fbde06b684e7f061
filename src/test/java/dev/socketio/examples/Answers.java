package dev.socketio.examples;

import dev.socketio.MissingAcksException;
import dev.socketio.Socket;
import dev.socketio.SocketIoApplication;
import dev.socketio.SocketIoServer;
import java.time.Duration;

@SuppressWarnings("FutureReturnValueIgnored") // whoever asks is answered in every case
public final class Answers implements SocketIoApplication {

    @Override
    public void configure(SocketIoServer io) {
        io.onConnection(socket -> {
            sums(socket);
            deletions(socket);
            games(io, socket);
        });
    }

    private static void sums(Socket socket) {
        socket.on("add", int.class, int.class, (a, b, ack) -> ack.send(a + b));
    }

    private static void deletions(Socket socket) {
        socket.on("delete", String.class, (name, ack) -> {
            socket.timeout(Duration.ofSeconds(5))
                    .emitWithAck("confirm", "Delete " + name + "?")
                    .thenApply(answer -> answer.get(0, boolean.class) ? "deleted" : "kept")
                    .exceptionally(failure -> "no answer, kept")
                    .thenAccept(ack::send);
        });
    }

    private static void games(SocketIoServer io, Socket socket) {
        socket.on("play", int.class, (millis, ack) -> {
            io.timeout(Duration.ofMillis(millis)).emitWithAck("ready?").whenComplete((answers, failure) -> {
                if (failure == null) {
                    ack.send("all ready", answers.size());
                } else if (failure instanceof MissingAcksException missing) {
                    ack.send("some are missing", missing.responses().size());
                }
            });
        });
    }
}
