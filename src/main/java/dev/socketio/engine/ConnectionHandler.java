package dev.socketio.engine;

/** What a server does with its connections: a layer above, such as Socket.IO, or a plain application. */
@FunctionalInterface
public interface ConnectionHandler {

    /**
     * A client has connected. Called on a container's thread, once for each connection and before its first message; it
     * may send at once, what it sends follows the handshake.
     *
     * @return who takes the connection's messages
     */
    EngineListener onConnection(EngineSocket socket);
}
