package dev.socketio;

import dev.socketio.engine.EngineOptions;
import java.time.Duration;

/**
 * The options of a server; {@link SocketIoServer.Builder} tells what each means.
 *
 * @param engine those of the connections
 */
public record ServerOptions(
        EngineOptions engine,
        String path,
        boolean serveClient,
        Cors cors,
        Duration connectTimeout,
        int maxAttachments,
        int maxNamespacesPerConnection,
        int maxRoomsPerSocket,
        int maxPendingAcks,
        int maxQueuedEvents,
        int listenerThreads) {}
