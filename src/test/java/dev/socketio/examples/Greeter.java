package dev.socketio.examples;

import dev.socketio.SocketIoApplication;
import dev.socketio.SocketIoServer;
import java.time.Clock;
import java.time.LocalTime;
import java.time.ZoneId;

public final class Greeter implements SocketIoApplication {

    private final Clock clock;

    public Greeter() {
        this(Clock.system(ZoneId.systemDefault()));
    }

    Greeter(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void configure(SocketIoServer io) {
        io.onConnection(socket -> {
            socket.on("greet", String.class, (name, ack) -> {
                boolean morning = LocalTime.now(clock).getHour() < 12;
                ack.send((morning ? "Good morning, " : "Good day, ") + name);
                socket.broadcast().emit("greeted", name);
            });
        });
    }
}
