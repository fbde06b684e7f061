package dev.socketio;

import dev.socketio.protocol.Value;
import java.io.Serial;
import java.util.List;
import java.util.Set;

/**
 * Not everybody has answered a broadcast. The cause is a {@link java.util.concurrent.TimeoutException} if the time is over,
 * and a {@link DisconnectedException} if those who have not answered are gone.
 */
public final class MissingAcksException extends Exception {

    @Serial
    private static final long serialVersionUID = 1;

    private final transient List<Value> responses;
    private final transient Set<String> silentServers;

    MissingAcksException(Exception cause, List<Value> responses, Set<String> silentServers) {
        super(cause.getMessage(), cause);
        this.responses = List.copyOf(responses);
        this.silentServers = Set.copyOf(silentServers);
    }

    /** Returns the answers that have come, as {@link BroadcastOperator#emitWithAck} would have given them. */
    public List<Value> responses() {
        return responses;
    }

    /**
     * Returns the ids of the servers of the cluster that have not been heard of in time, as far as they can be told; see
     * {@link SocketIoServer#clusterHealth}.
     */
    public Set<String> silentServers() {
        return silentServers;
    }
}
