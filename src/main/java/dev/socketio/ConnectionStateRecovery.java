package dev.socketio;

import static java.util.Objects.requireNonNull;

import dev.socketio.adapter.RecoveryStore;
import dev.socketio.engine.EngineOptions;
import dev.socketio.time.Scheduler;
import java.time.Duration;

/**
 * How clients that lose their connection for a while go on as if they had not (the {@code connectionStateRecovery}
 * option): with the same id, rooms and data, and with the events that they have missed.
 *
 * <p>Everything is kept in the memory of this server, within limits that all its namespaces share. Where there is no
 * room, the oldest goes first; a client whose session or events are gone connects as a new one.
 *
 * @param maxDisconnectionDuration how long a client may be away
 * @param skipMiddlewares whether a client that is recovered passes without the middlewares, which it has passed before
 * @param maxSessions how many clients may be away at once
 * @param maxPackets how many events are kept
 * @param maxBytes how many bytes of events are kept; characters count as one
 */
public record ConnectionStateRecovery(
        Duration maxDisconnectionDuration, boolean skipMiddlewares, int maxSessions, int maxPackets, long maxBytes) {

    /** Checks. */
    public ConnectionStateRecovery {
        requireNonNull(maxDisconnectionDuration, "maxDisconnectionDuration");
        if (maxDisconnectionDuration.isNegative() || maxDisconnectionDuration.isZero()) {
            throw new IllegalArgumentException(
                    "maxDisconnectionDuration is " + maxDisconnectionDuration + ": give a time of more than zero");
        }
        positive("maxSessions", maxSessions);
        positive("maxPackets", maxPackets);
        positive("maxBytes", maxBytes);
    }

    /**
     * Returns the defaults: 2 minutes, without the middlewares; 100,000 sessions, as many as there are connections at
     * most, because all go at once when a proxy is restarted; 100,000 events and 64 MiB, some 800 events a second of
     * 650 bytes each.
     */
    public static ConnectionStateRecovery defaults() {
        return new ConnectionStateRecovery(Duration.ofMinutes(2), true, 100_000, 100_000, 64 << 20);
    }

    /** Returns the same for clients that are away this long at most; 2 minutes unless set. */
    public ConnectionStateRecovery withMaxDisconnectionDuration(Duration duration) {
        return new ConnectionStateRecovery(duration, skipMiddlewares, maxSessions, maxPackets, maxBytes);
    }

    /**
     * Returns the same with middlewares skipped or not; skipped unless set. One that is not skipped runs before anything
     * that the client has missed is sent, so a client that is refused learns nothing; it may try again within the time.
     */
    public ConnectionStateRecovery withSkipMiddlewares(boolean skip) {
        return new ConnectionStateRecovery(maxDisconnectionDuration, skip, maxSessions, maxPackets, maxBytes);
    }

    /** Returns the same with this many clients away at once; 100,000 unless set. */
    public ConnectionStateRecovery withMaxSessions(int sessions) {
        return new ConnectionStateRecovery(maxDisconnectionDuration, skipMiddlewares, sessions, maxPackets, maxBytes);
    }

    /** Returns the same with this many events kept; 100,000 unless set. */
    public ConnectionStateRecovery withMaxPackets(int packets) {
        return new ConnectionStateRecovery(maxDisconnectionDuration, skipMiddlewares, maxSessions, packets, maxBytes);
    }

    /** Returns the same with events of this size kept, in bytes; 64 MiB unless set. */
    public ConnectionStateRecovery withMaxBytes(long bytes) {
        return new ConnectionStateRecovery(maxDisconnectionDuration, skipMiddlewares, maxSessions, maxPackets, bytes);
    }

    /** Creates what a server keeps of its clients. */
    RecoveryStore store(Scheduler scheduler, EngineOptions engine) {
        // a broken connection is noticed when a ping is not answered, and what was sent before that is missed too
        Duration unnoticed = engine.pingInterval().plus(engine.pingTimeout());
        return new RecoveryStore(
                scheduler,
                maxDisconnectionDuration,
                maxDisconnectionDuration.plus(unnoticed),
                maxSessions,
                maxPackets,
                maxBytes);
    }

    private static void positive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " is " + value + ": give a number of more than zero");
        }
    }
}
