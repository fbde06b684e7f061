package dev.socketio.docs;

import dev.socketio.SocketIoApplication;
import dev.socketio.SocketIoServer;
import dev.socketio.engine.Peers;
import dev.socketio.protocol.Arguments;
import dev.socketio.servlet.SocketIoInitializer;
import dev.socketio.testing.Container;
import dev.socketio.testing.EmbeddedServer;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/** The application of {@code cluster.mjs}, on one node. */
record ClusterNode(String id, Peers peers) implements SocketIoApplication {

    /**
     * Runs a node in a process of its own until it is told to die, or its input ends. Prints its port.
     *
     * @param arguments its id; its peers are a system property
     */
    public static void main(String[] arguments) throws IOException {
        ClusterNode node = new ClusterNode(arguments[0], Peers.none());
        try (EmbeddedServer server = node.start(Container.JETTY)) {
            System.out.println(server.port());
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }

    EmbeddedServer start(Container container) {
        return container.start(context -> SocketIoInitializer.register(context, this));
    }

    @Override
    public void options(SocketIoServer.Builder options) {
        options.nodeId(id)
                .peers(peers)
                .allowEIO3(true)
                .pingInterval(Duration.ofMillis(500))
                .pingTimeout(Duration.ofSeconds(10));
    }

    @Override
    public void configure(SocketIoServer io) {
        io.onConnection(socket -> {
            socket.on("node", (arguments, ack) -> ack.send(id));
            socket.on("echo", (arguments, ack) -> ack.send(arguments.toArray()));
            socket.on("say", String.class, text -> io.emit("said", text));
            socket.on("ask me", (question, ack) -> {
                Arguments answer =
                        socket.emitWithAck("question", question.toArray()).join();
                ack.send(answer.toArray());
            });
            socket.on("die", () -> Runtime.getRuntime().halt(1));
        });
    }
}
