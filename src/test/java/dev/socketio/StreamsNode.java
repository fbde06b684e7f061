package dev.socketio;

import dev.socketio.servlet.SocketIoInitializer;
import dev.socketio.testing.Container;
import dev.socketio.testing.EmbeddedServer;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** A server of a cluster, in this process or in one of its own that can be killed. */
final class StreamsNode implements SocketIoApplication {

    private StreamsNode() {}

    /** Starts a server, prints its port and goes on until the input ends. */
    public static void main(String[] arguments) throws IOException {
        try (EmbeddedServer server = start(Container.TOMCAT, 0, arguments[0])) {
            System.out.println("port " + server.port());
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }

    static EmbeddedServer start(Container container, int port, String redis) {
        return container.start(port, "", context -> {
            context.setInitParameter("socketio.adapter", "redis-streams");
            context.setInitParameter("socketio.redis.uri", redis);
            context.setInitParameter("socketio.redis.connectTimeout", "30s"); // for machines that do much besides
            context.setInitParameter("socketio.connectionStateRecovery", "60s");
            SocketIoInitializer.register(context, new StreamsNode());
        });
    }

    @Override
    public void configure(SocketIoServer io) {
        io.onConnection(socket -> {
            if (!socket.isRecovered()) {
                socket.join("members");
                socket.data().put("name", socket.id());
            }
            socket.on("send", Integer.class, Integer.class, (from, to, ack) -> {
                for (int i = from; i <= to; i++) {
                    (i % 2 == 0 ? io.to("members") : io.all()).emit("number", i);
                }
                ack.send();
            });
            socket.on(
                    "whoami",
                    (arguments, ack) -> ack.send(List.of(
                            socket.id(),
                            socket.isRecovered(),
                            socket.data().get("name", String.class).orElse(""))));
        });
    }
}
