package dev.socketio.engine;

import org.jspecify.annotations.Nullable;

/** The packets in the body of a POST, read one after the other. */
interface Payload {

    /** Has no packets. */
    Payload NOTHING = new Payload() {

        @Override
        public boolean hasNext() {
            return false;
        }

        @Override
        public @Nullable EnginePacket next() {
            return null;
        }
    };

    /** Returns whether {@link #next} has something to read. An empty body has one packet, an invalid one. */
    boolean hasNext();

    /** Reads the next packet; null if it is none, after which the rest means nothing. */
    @Nullable
    EnginePacket next();
}
