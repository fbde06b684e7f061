package dev.socketio.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socketio.Handshake;
import dev.socketio.SocketIoApplication;
import dev.socketio.SocketIoServer;
import dev.socketio.engine.Cookie;
import java.time.Duration;

/** Tells {@code deployed.mjs} what it sees of the client. */
final class DeployedApp implements SocketIoApplication {

    /** What the handshake says about the way of the request. */
    record Seen(String address, boolean secure, String url) {

        static Seen by(Handshake handshake) {
            return new Seen(handshake.address(), handshake.secure(), handshake.url());
        }
    }

    private final Duration pingInterval;

    DeployedApp(Duration pingInterval) {
        this.pingInterval = pingInterval;
    }

    /** Returns one that is never silent for long. */
    static DeployedApp pingingOften() {
        return new DeployedApp(Duration.ofMillis(500));
    }

    @Override
    public void options(SocketIoServer.Builder options) {
        options.pingInterval(pingInterval).cookie(Cookie.named("io"));
    }

    @Override
    public void configure(SocketIoServer io) {
        io.onConnection(socket -> {
            socket.on("seen", (arguments, ack) -> ack.send(Seen.by(socket.handshake())));
            socket.on("echo", JsonNode.class, (value, ack) -> ack.send(value));
            socket.on("echo bytes", byte[].class, (bytes, ack) -> ack.send((Object) bytes));
        });
    }
}
