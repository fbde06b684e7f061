package dev.socketio.engine;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections for which messages have been queued that {@link #leave} later, together: what else is queued for one of
 * them until then goes into the same write. Used by one thread at a time.
 */
public final class Departures {

    private static final Logger log = LoggerFactory.getLogger(Departures.class);

    private final List<EngineSocket> waiting;

    /** @param expected how many connections there will be, about */
    public Departures(int expected) {
        waiting = new ArrayList<>(expected);
    }

    void add(EngineSocket conn) {
        waiting.add(conn);
    }

    /** Returns how many connections wait. */
    public int size() {
        return waiting.size();
    }

    /** Lets the messages leave that have not left yet. */
    public void leave() {
        for (EngineSocket conn : waiting) {
            try {
                conn.flush();
            } catch (RuntimeException | Error e) {
                log.error("a connection cannot be written to", e);
            }
        }
    }
}
