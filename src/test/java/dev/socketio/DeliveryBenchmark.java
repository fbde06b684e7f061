package dev.socketio;

import dev.socketio.testing.BenchmarkSettings;
import dev.socketio.time.FakeScheduler;
import org.openjdk.jmh.annotations.TearDown;

/** A server whose time stands still and whose listeners run on the thread that brings the event. */
public abstract class DeliveryBenchmark extends BenchmarkSettings {

    final SocketIoServer io = SocketIoServer.builder()
            .scheduler(new FakeScheduler())
            .executor(Runnable::run)
            .build();

    /** What all clients have received. */
    final InstantClient.Received received = new InstantClient.Received();

    /** Closes the server. */
    @TearDown
    public void close() {
        io.close();
    }
}
