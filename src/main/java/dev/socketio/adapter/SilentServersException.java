package dev.socketio.adapter;

import java.io.Serial;
import java.util.List;
import java.util.Set;

/** Some servers of the cluster have not told about their sockets in time. */
public final class SilentServersException extends Exception {

    @Serial
    private static final long serialVersionUID = 1;

    private final transient List<SocketDetails> sockets;
    private final int count;
    private final transient Set<String> servers;

    /**
     * Creates the exception.
     *
     * @param message what has happened
     * @param sockets those that are known of
     * @param count how many sockets are known of; more than are described if only their number was asked for
     * @param servers the ids of those that have not answered, as far as they can be told
     */
    public SilentServersException(String message, List<SocketDetails> sockets, int count, Set<String> servers) {
        super(message);
        this.sockets = List.copyOf(sockets);
        this.count = count;
        this.servers = Set.copyOf(servers);
    }

    /** Returns the sockets of those who have answered, this server among them. */
    public List<SocketDetails> sockets() {
        return sockets;
    }

    /** Returns how many sockets those have who have answered. */
    public int count() {
        return count;
    }

    /** Returns the ids of the servers that have not answered, as far as they can be told. */
    public Set<String> servers() {
        return servers;
    }
}
