package dev.socketio.apps;

import dev.socketio.SocketIoServer;
import dev.socketio.time.Scheduler;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One of the servers of the acceptance app, with what its handlers share.
 *
 * @param journal shared by all servers
 * @param timer shared by all servers
 * @param authRuns how often the first middleware of {@code /auth} has run
 */
record AcceptanceEndpoint(SocketIoServer io, Journal journal, Scheduler timer, AtomicLong authRuns) {

    AcceptanceEndpoint(SocketIoServer io, Journal journal, Scheduler timer) {
        this(io, journal, timer, new AtomicLong());
    }
}
