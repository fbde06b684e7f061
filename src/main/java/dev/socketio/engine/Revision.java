package dev.socketio.engine;

import dev.socketio.time.Scheduler;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The revisions of the Engine.IO protocol, and what each does in a way of its own. */
enum Revision {

    /** That of Socket.IO 1 and 2, {@linkplain EngineOptions#allowEIO3() where it is allowed}. */
    V3(3),

    /** That of Socket.IO 3 and 4. */
    V4(4);

    private final int number;

    Revision(int number) {
        this.number = number;
    }

    /** Returns the revision that a request speaks: all that do not say 4 count as 3. */
    static Revision of(@Nullable String eio) {
        return "4".equals(eio) ? V4 : V3;
    }

    int number() {
        return number;
    }

    Heartbeat heartbeat(Scheduler scheduler, EngineOptions options, Heartbeat.Owner owner) {
        return this == V3 ? new HeartbeatV3(scheduler, options, owner) : new HeartbeatV4(scheduler, options, owner);
    }

    /**
     * Returns the form of polling bodies.
     *
     * @param query that of the handshake
     */
    PollingFormat pollingFormat(Map<String, String> query) {
        return this == V3 ? PollingFormat.v3(Dialect.of(query)) : PollingFormat.v4();
    }

    /**
     * Returns the form of packets on a WebSocket.
     *
     * @param query that of the request for this WebSocket
     */
    WebSocketFormat webSocketFormat(Map<String, String> query) {
        if (this == V4) {
            return WebSocketFormat.PLAIN;
        }
        return Dialect.of(query) == Dialect.TEXT_ONLY ? WebSocketFormat.BASE64 : WebSocketFormat.TYPED;
    }
}
