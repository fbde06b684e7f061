package dev.socketio.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One WebSocket of a container, reduced to what the engine needs. Any thread may call it; no method blocks. */
public interface WebSocketChannel {

    /** Learns what became of a batch. */
    interface Completion {

        /**
         * The batch has been written, or has failed.
         *
         * @param failure null if it has been written
         */
        void done(@Nullable Throwable failure);
    }

    /**
     * Writes each packet as a message of its own, text or binary, in order. The engine never has two batches under way.
     *
     * @param completion called once, possibly before this method returns
     */
    void send(List<EnginePacket> batch, Completion completion);

    /** Asks the container to bring no more messages; one that cannot stop may bring what it has read. */
    void pause();

    /** Lets messages come again. */
    void resume();

    /**
     * Starts the closing handshake, after the messages written before.
     *
     * @param code of the close frame, such as 1009; {@link #NO_CODE} for a frame without one where the container can
     */
    void close(int code, String reason);

    /** Cuts the connection. */
    void abort();

    /** Stands for a close frame without a status code (RFC 6455, 7.4.1). */
    int NO_CODE = 1005;
}
