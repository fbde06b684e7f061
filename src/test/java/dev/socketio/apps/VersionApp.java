package dev.socketio.apps;

import dev.socketio.ConnectionStateRecovery;
import dev.socketio.SocketIoServer;
import dev.socketio.adapter.redis.RedisAdapter;
import dev.socketio.servlet.SocketIoServlet;
import dev.socketio.testing.EmbeddedServer;
import dev.socketio.testing.Servlets;
import jakarta.servlet.ServletContext;
import java.util.Map;

/**
 * Tells everyone who comes the context parameter {@code version}, by which one deployment is told from the next, and
 * whether the client has been recovered; answers {@code echo}. The context parameter {@code redis} puts it into a cluster.
 */
final class VersionApp implements EmbeddedServer.Setup {

    @Override
    public void onStartup(ServletContext context) {
        String version = context.getInitParameter("version");
        String redis = context.getInitParameter("redis");
        SocketIoServer.Builder builder =
                SocketIoServer.builder().connectionStateRecovery(ConnectionStateRecovery.defaults());
        if (redis != null) {
            builder.adapter(RedisAdapter.builder(redis).build());
        }
        SocketIoServer io = builder.build();
        io.onConnection(socket -> {
            socket.emit("version", version, Map.of("recovered", socket.isRecovered()));
            socket.on("echo", Integer.class, (number, ack) -> {
                io.serverSideEmit("echoed", number);
                ack.send(number);
            });
        });
        Servlets.add(context, io.options().path(), new SocketIoServlet(io));
    }
}
