package dev.socketio.engine;

/** Finds out whether a client is still there. Who pings and who answers depends on the revision of the protocol. */
interface Heartbeat {

    /** What a heartbeat causes. Called without a lock. */
    interface Owner {

        void ping();

        void pong();

        /**
         * Returns whether the server itself keeps the client's packets from arriving, its heartbeat among them, and has
         * worked on them since it was last asked.
         */
        boolean isHeldBack();

        void onPingTimeout();
    }

    /** Starts to watch the client, unless it was stopped before. */
    void start();

    /**
     * A packet has arrived.
     *
     * @return false if it is the server that says this in a heartbeat, not the client
     */
    boolean onPacket(EnginePacket.Type type);

    /** What was under way may have been lost with the old transport, so the client's time starts again. */
    void onUpgrade();

    /** Stops for good. */
    void stop();
}
