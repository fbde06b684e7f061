package dev.socketio;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * Has what a client sends come back: all of the way from what a container brings to what it is given, on one thread. An
 * operation is one echo.
 */
public class EchoBenchmark extends DeliveryBenchmark {

    /** How long the text is. */
    @Param({"5", "128", "4096"})
    int size = 128;

    private InstantClient client;
    private String event;
    private String question;

    /** Connects the client. */
    @Setup
    public void connect() {
        io.onConnection(socket -> {
            socket.on("echo", String.class, text -> socket.emit("echo", text));
            socket.on("ask", String.class, (text, ack) -> ack.send(text));
        });
        client = InstantClient.connect(io, received);
        String text = "x".repeat(size);
        event = "42[\"echo\",\"" + text + "\"]";
        question = "4212[\"ask\",\"" + text + "\"]";
    }

    /** By an event. */
    @Benchmark
    public void event() {
        client.send(event);
    }

    /** By an acknowledgement. */
    @Benchmark
    public void acknowledgement() {
        client.send(question);
    }
}
