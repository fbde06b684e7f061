package dev.socketio;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.socketio.adapter.Broadcast;
import dev.socketio.adapter.Missed;
import dev.socketio.adapter.Recovered;
import dev.socketio.adapter.Session;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What it takes to recover one socket later, and what one that is being recovered needs to get each event once.
 *
 * <pre>
 *   CATCHING_UP ──has been sent all that it has missed──▶ LIVE
 * </pre>
 *
 * <p>While it catches up, events that are emitted are only noted: they are in the log, which is read until there is
 * nothing new. Those that were read there are not sent again when their senders get here late.
 */
final class SocketRecovery {

    private enum State {
        CATCHING_UP,
        LIVE
    }

    private final String pid;

    /** The session that goes on; null if this is a new one. */
    private final @Nullable Recovered recovered;

    /* Concurrency. `lock` guards all below; events are sent after it has been released. */
    private final Object lock = new Object();

    @GuardedBy("lock")
    private State state;

    /** The newest event that came while catching up. */
    @GuardedBy("lock")
    private long noted;

    /** Up to where events have been read in the log. */
    @GuardedBy("lock")
    private long caughtUpTo;

    /** The position at which the client got into the namespace. */
    @GuardedBy("lock")
    private long since;

    /** The newest event that was sent. */
    @GuardedBy("lock")
    private long sentPosition;

    @GuardedBy("lock")
    private @Nullable String sent;

    /** Begins a session. */
    SocketRecovery(String pid) {
        this.pid = pid;
        this.recovered = null;
        this.state = State.LIVE;
    }

    /** Goes on with a session. */
    SocketRecovery(Recovered recovered) {
        this.pid = recovered.session().pid();
        this.recovered = recovered;
        this.state = State.CATCHING_UP;
        this.since = recovered.session().since();
        this.sent = recovered.session().sent();
    }

    String pid() {
        return pid;
    }

    /** Returns the session that goes on; null if this is a new one. */
    @Nullable
    Recovered recovered() {
        return recovered;
    }

    /** The client of a new session gets into the namespace. */
    void begin(long position) {
        synchronized (lock) {
            since = position;
        }
    }

    /** Returns whether an event is to be sent now; it counts as sent then. */
    boolean admits(Broadcast broadcast) {
        long position = broadcast.position();
        synchronized (lock) {
            if (position == 0) {
                return true;
            }
            if (state == State.CATCHING_UP) {
                noted = Math.max(noted, position);
                return false;
            }
            if (position <= caughtUpTo) {
                return false;
            }
            if (position > sentPosition) {
                sentPosition = position;
                sent = broadcast.offset();
            }
            return true;
        }
    }

    /** Notes what is about to be sent from the log. */
    void onMissed(Missed missed) {
        synchronized (lock) {
            caughtUpTo = missed.upTo();
            if (!missed.events().isEmpty()) {
                sent = missed.events().get(missed.events().size() - 1).offset();
            }
        }
    }

    /** Goes live unless more has come since the log was read; returns whether it has gone. */
    boolean goLive() {
        synchronized (lock) {
            if (noted > caughtUpTo) {
                return false;
            }
            state = State.LIVE;
            return true;
        }
    }

    /** Returns what is to be kept of the socket, whose connection has ended. */
    Session session(Socket socket, Map<String, Long> rooms, long until) {
        Instant expiry = socket.expiresAt().orElse(null);
        synchronized (lock) {
            return new Session(socket.id(), pid, rooms, socket.data(), since, until, sent, expiry);
        }
    }
}
