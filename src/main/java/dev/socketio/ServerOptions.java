package dev.socketio;

import dev.socketio.adapter.Adapter;
import dev.socketio.engine.EngineOptions;
import dev.socketio.protocol.Parser;
import java.time.Duration;
import java.util.Optional;

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
        Optional<ConnectionStateRecovery> connectionStateRecovery,
        Parser parser,
        Adapter.Factory adapter,
        int maxAttachments,
        int maxNamespacesPerConnection,
        int maxDynamicNamespaces,
        boolean cleanupEmptyChildNamespaces,
        int maxRoomsPerSocket,
        int maxPendingAcks,
        int maxQueuedEvents,
        int listenerThreads) {}
