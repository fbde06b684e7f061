package dev.socketio.apps;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socketio.Socket;
import dev.socketio.SocketIoServer;
import dev.socketio.adapter.redis.RedisAdapter;
import dev.socketio.servlet.SocketIoServlet;
import dev.socketio.testing.EmbeddedServer;
import dev.socketio.testing.Servlets;
import jakarta.servlet.ServletContext;

/**
 * What the benchmark kit expects of every server that it measures; with the system property {@code bench.redis}, one of
 * a cluster, and with {@code bench.threads}, one whose listeners may block.
 */
final class BenchApp implements EmbeddedServer.Setup {

    @Override
    public void onStartup(ServletContext context) {
        SocketIoServer.Builder options =
                SocketIoServer.builder().serveClient(false).nonBlockingListeners(!Boolean.getBoolean("bench.threads"));
        String redis = System.getProperty("bench.redis");
        if (redis != null) {
            options.adapter(RedisAdapter.builder(redis).build());
        }
        SocketIoServer io = options.build();
        io.onConnection(socket -> listen(io, socket));
        Servlets.add(context, io.options().path(), new SocketIoServlet(io));
    }

    private static void listen(SocketIoServer io, Socket socket) {
        socket.on("echo", JsonNode.class, argument -> {
            socket.emit("echo", argument);
        });
        socket.on("ack", JsonNode.class, (argument, ack) -> ack.send(argument));
        socket.on("chat message", JsonNode.class, message -> io.emit("chat message", message));
        socket.on("join", String.class, room -> socket.join(room));
        socket.on(
                "room message",
                String.class,
                JsonNode.class,
                (room, message) -> io.to(room).emit("room message", room, message));
    }
}
