package dev.socketio;

import dev.socketio.adapter.SilentServersException;
import java.io.Serial;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Some servers of the cluster have not told about their sockets in time, or cannot be reached. */
public final class MissingServersException extends Exception {

    @Serial
    private static final long serialVersionUID = 1;

    private final transient List<RemoteSocket> sockets;
    private final int count;
    private final transient Set<String> servers;

    private MissingServersException(Namespace namespace, SilentServersException cause) {
        super(cause.getMessage(), cause);
        this.sockets = RemoteSocket.all(namespace, cause.sockets());
        this.count = cause.count();
        this.servers = cause.servers();
    }

    /** Makes a future fail with this exception where the adapter's fails with the one that it knows. */
    static <T> CompletableFuture<T> translate(Namespace namespace, CompletableFuture<T> future) {
        return future.exceptionallyCompose(failure -> {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            return CompletableFuture.failedFuture(
                    cause instanceof SilentServersException silent
                            ? new MissingServersException(namespace, silent)
                            : failure);
        });
    }

    /** Returns the sockets of the servers that have answered, this one among them; none if they were to be counted. */
    public List<RemoteSocket> sockets() {
        return sockets;
    }

    /** Returns how many sockets the servers have that have answered. */
    public int count() {
        return count;
    }

    /**
     * Returns the ids of the servers that have not answered, as far as they can be told; see
     * {@link SocketIoServer#clusterHealth}.
     */
    public Set<String> servers() {
        return servers;
    }
}
