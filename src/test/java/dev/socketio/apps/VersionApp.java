package dev.socketio.apps;

import dev.socketio.servlet.SocketIoInitializer;
import dev.socketio.testing.EmbeddedServer;
import jakarta.servlet.ServletContext;

/** Tells everyone who comes the context parameter {@code version}, by which one deployment is told from the next. */
final class VersionApp implements EmbeddedServer.Setup {

    @Override
    public void onStartup(ServletContext context) {
        String version = context.getInitParameter("version");
        SocketIoInitializer.register(context, io -> io.onConnection(socket -> socket.emit("version", version)));
    }
}
