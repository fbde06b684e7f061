package dev.socketio.adapter;

/**
 * Makes the adapters of one server, and holds what they share, such as a connection to other servers.
 *
 * <p>Thread rules: every method may be called from any thread.
 */
@FunctionalInterface
public interface Adapters extends AutoCloseable {

    /**
     * Creates the adapter of one namespace, before anybody can join it.
     *
     * @param local the sockets of this server; there are none yet
     */
    Adapter create(LocalSockets local);

    /** Tells how well the server is connected to its cluster. */
    default ClusterHealth health() {
        return ClusterHealth.ALONE;
    }

    /** Lets go of what is shared. The server calls it once, when its adapters have been closed. */
    @Override
    default void close() {}
}
