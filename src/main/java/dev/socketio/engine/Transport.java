package dev.socketio.engine;

import java.util.List;

/** Carries packets for one connection: long polls or a WebSocket. Any thread may call it; no method blocks. */
interface Transport {

    /** Who takes what a transport brings: the connection it carries, or an upgrade under way. Never under a lock. */
    interface Sink {

        /** The transport has written its batch, or has just become able to write. */
        void onReady(Transport transport);

        /** A packet arrived; they come one at a time. */
        void onPacket(Transport transport, EnginePacket packet);

        /** The transport can carry no more. */
        void onClosed(Transport transport, CloseReason reason, String detail);
    }

    TransportName name();

    /** Returns whether {@link #send} may be called. Takes no lock. */
    boolean isWritable();

    /**
     * Starts to write {@code batch} in order and returns at once; {@link Sink#onReady} follows when the next batch can
     * be taken. There are never two batches under way.
     *
     * @return false if it cannot write any more; nothing of the batch has left then
     */
    boolean send(List<EnginePacket> batch);

    /** Stops bringing packets as soon as possible, until {@link #resume}. */
    void pause();

    /** Lets packets come again; those it stopped before follow with {@link #catchUp}. */
    void resume();

    /** Brings the packets that it had read when it was paused, unless it is paused again. */
    void catchUp();

    /**
     * Ends the transport once the batch under way has been written and the client can be told, then reports
     * {@link Sink#onClosed} with {@link CloseReason#FORCED_CLOSE}.
     */
    void close();

    /** Ends the transport now, telling the client if that needs no waiting. Reports nothing. */
    void discard();

    /** Cuts the transport off without a word, for a client that does not read. Reports nothing. */
    void abort();
}
