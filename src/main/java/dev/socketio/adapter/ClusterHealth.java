package dev.socketio.adapter;

/**
 * How well a server is connected to its cluster, and what has come of that. Messages are counted from the start of the
 * server on; a message is what one server tells the others, whatever the number of clients.
 *
 * @param id of this server in the cluster, by which others name it; empty for a server that stands alone
 * @param isUp whether messages can be sent and are received; true for a server that stands alone
 * @param sent messages that have gone out
 * @param lost messages that could not go out, or did not reach all servers because some were not back yet after a failure;
 *     the clients of this server have got them all the same
 * @param received messages of other servers, those of other namespaces and unknown ones included
 * @param malformed messages among these that could not be read and were passed over
 * @param waiting messages on their way out, of which nothing is known yet
 */
public record ClusterHealth(
        String id, boolean isUp, long sent, long lost, long received, long malformed, long waiting) {

    /** A server that stands alone. */
    public static final ClusterHealth ALONE = new ClusterHealth("", true, 0, 0, 0, 0, 0);
}
