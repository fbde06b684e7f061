package dev.socketio.engine;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Where the other nodes of a cluster are. A polling request for the session of one of them is forwarded there; no request
 * ever goes anywhere else.
 *
 * <p>An address is the scheme, host and port at which a node takes requests from this one, such as {@code
 * http://10.0.0.1:8080}; the path is the same on all nodes.
 */
public final class Peers {

    private static final Peers NONE = new Peers(node -> Optional.empty());

    private final Function<String, Optional<URI>> addresses;

    private Peers(Function<String, Optional<URI>> addresses) {
        this.addresses = addresses;
    }

    /** Knows nobody: what is not for this node is refused. */
    public static Peers none() {
        return NONE;
    }

    /**
     * Knows nodes that do not change; this node may be among them, so that all can have the same list.
     *
     * @param addresses by the nodes' ids
     */
    public static Peers of(Map<String, URI> addresses) {
        Map<String, URI> checked = addresses.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        peer -> SessionIds.requireNode("peers: the id of a node", peer.getKey()),
                        peer -> requireAddress(peer.getValue())));
        return checked.isEmpty() ? NONE : new Peers(node -> Optional.ofNullable(checked.get(node)));
    }

    /**
     * Asks somebody who knows the nodes of the moment, a service registry's client for one.
     *
     * @param addresses takes the id of a node, which a client may have made up, and returns its address, or nothing if
     *     there is no such node. Called on the container's thread for each request that is not for this node: it must not
     *     wait. If it throws, this is logged, and the request refused.
     */
    public static Peers lookup(Function<String, Optional<URI>> addresses) {
        requireNonNull(addresses, "addresses");
        return new Peers(node -> addresses.apply(node).map(Peers::requireAddress));
    }

    /** Returns whether there are none, and never will be. */
    public boolean areNone() {
        return this == NONE;
    }

    /** Returns the address of a node, if there is such a node. */
    public Optional<URI> find(String node) {
        return addresses.apply(node);
    }

    private static URI requireAddress(URI address) {
        boolean http = "http".equalsIgnoreCase(address.getScheme()) || "https".equalsIgnoreCase(address.getScheme());
        boolean bare = address.getUserInfo() == null && address.getQuery() == null && address.getFragment() == null;
        boolean root = address.getPath() == null
                || address.getPath().isEmpty()
                || address.getPath().equals("/");
        if (!http || !bare || !root || address.getHost() == null) {
            throw new IllegalArgumentException(
                    "the address of a node is \"" + address + "\": give one such as http://10.0.0.1:8080");
        }
        return address;
    }
}
