package dev.socketio;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * Broadcasts to connections whose network costs nothing: all of the way from {@code emit} to what a container is given.
 * An operation is one delivery. Of 10,000 sockets, each is in one of ten rooms.
 */
public class BroadcastBenchmark extends DeliveryBenchmark {

    static final int SOCKETS = 10_000;
    static final int ROOM_SIZE = 1_000;

    /** How long the text is. */
    @Param("128")
    int size = 128;

    private String text;

    /** Connects the sockets. */
    @Setup
    public void connect() {
        text = "x".repeat(size);
        for (int i = 0; i < SOCKETS; i++) {
            InstantClient.connect(io, received);
        }
        int number = 0;
        for (Socket socket : io.sockets().sockets()) {
            socket.join("room " + number++ / ROOM_SIZE);
        }
    }

    /** To everybody. */
    @Benchmark
    @OperationsPerInvocation(SOCKETS)
    public void toAll() {
        io.emit("message", text);
    }

    /** To everybody whose connection is not busy. */
    @Benchmark
    @OperationsPerInvocation(SOCKETS)
    public void toAllVolatile() {
        io.asVolatile().emit("message", text);
    }

    /** To a room. */
    @Benchmark
    @OperationsPerInvocation(ROOM_SIZE)
    public void toRoom() {
        io.to("room 0").emit("message", text);
    }

    /** To two rooms. */
    @Benchmark
    @OperationsPerInvocation(2 * ROOM_SIZE)
    public void toTwoRooms() {
        io.to("room 0", "room 1").emit("message", text);
    }

    /** To everybody but a room. */
    @Benchmark
    @OperationsPerInvocation(SOCKETS - ROOM_SIZE)
    public void toAllExcept() {
        io.except("room 0").emit("message", text);
    }
}
