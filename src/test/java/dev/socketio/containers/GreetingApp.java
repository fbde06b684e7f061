package dev.socketio.containers;

import dev.socketio.SocketIoApplication;
import dev.socketio.SocketIoServer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/** Emits what it has got by injection; a server without CDI injects nothing. */
@ApplicationScoped
public class GreetingApp implements SocketIoApplication {

    @Inject
    @Nullable
    Greeting greeting;

    @Override
    public void configure(SocketIoServer io) {
        String text = greeting == null ? "from nobody" : greeting.text();
        io.onConnection(socket -> socket.emit("greeting", text));
    }
}
