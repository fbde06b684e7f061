package dev.socketio.adapter.redis;

import static java.util.Objects.requireNonNull;

import io.lettuce.core.RedisURI;
import java.util.ArrayList;
import java.util.List;

/**
 * Where Redis is.
 *
 * @param nodes one, or some of the nodes of a Redis Cluster
 */
record RedisAddress(List<RedisURI> nodes, boolean isCluster) {

    private static final String CLUSTER = "redis-cluster://";
    private static final String SECURE_CLUSTER = "rediss-cluster://";

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException if it is malformed; the message does not repeat it, since it may hold a password
     */
    static RedisAddress parse(String uri) {
        requireNonNull(uri, "uri");
        try {
            return read(uri).checked();
        } catch (RuntimeException e) { // Lettuce's messages repeat the address
            throw new IllegalArgumentException("the address of Redis is malformed: give redis://host:6379,"
                    + " rediss://user:password@host:6380, redis-sentinel://host:26379,host:26379#name-of-the-master or"
                    + " redis-cluster://host:7000,host:7001");
        }
    }

    private static RedisAddress read(String uri) {
        if (uri.startsWith(CLUSTER)) {
            return new RedisAddress(nodes("redis://", uri.substring(CLUSTER.length())), /* isCluster= */ true);
        }
        if (uri.startsWith(SECURE_CLUSTER)) {
            return new RedisAddress(nodes("rediss://", uri.substring(SECURE_CLUSTER.length())), /* isCluster= */ true);
        }
        return new RedisAddress(List.of(RedisURI.create(uri)), /* isCluster= */ false);
    }

    /** Lettuce takes what is no number behind the colon for a part of the host's name, and the usual port. */
    private RedisAddress checked() {
        for (RedisURI node : nodes) {
            String host = node.getHost();
            boolean named = host != null && !host.isEmpty() && (host.startsWith("[") || host.indexOf(':') < 0);
            if (!named && node.getSentinels().isEmpty() && node.getSocket() == null) {
                throw new IllegalArgumentException("host");
            }
        }
        return this;
    }

    /** @param rest user and password once, then the nodes with commas between */
    private static List<RedisURI> nodes(String scheme, String rest) {
        int at = rest.lastIndexOf('@') + 1;
        String credentials = rest.substring(0, at);
        List<RedisURI> nodes = new ArrayList<>();
        for (String node : rest.substring(at).split(",", -1)) {
            nodes.add(RedisURI.create(scheme + credentials + node));
        }
        return List.copyOf(nodes);
    }

    /** Returns hosts and ports, without what is secret. */
    @Override
    public String toString() {
        List<String> hosts = new ArrayList<>();
        for (RedisURI node : nodes) {
            hosts.add(
                    node.getSentinels().isEmpty()
                            ? node.getHost() + ":" + node.getPort()
                            : "sentinels of " + node.getSentinelMasterId());
        }
        return String.join(", ", hosts);
    }
}
