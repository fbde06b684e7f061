package dev.socketio.testing;

import org.jspecify.annotations.Nullable;

/**
 * How clients come to a container. All ways speak HTTP/1.1 and HTTP/2.
 *
 * @param port 0 for any that is free
 * @param behindProxy whether the container believes what a proxy in front says about the client
 * @param certificate for TLS; null for none
 */
public record Entrance(
        int port, boolean behindProxy, @Nullable Certificate certificate) {

    /** Returns the way without TLS; clients with HTTP/2 must know that it is there. */
    public static Entrance plain(int port) {
        return new Entrance(port, false, null);
    }

    /** Returns the way for a proxy, without TLS, on any free port. */
    public static Entrance proxy() {
        return new Entrance(0, true, null);
    }

    /** Returns the way with TLS, on any free port. */
    public static Entrance tls(Certificate certificate) {
        return new Entrance(0, false, certificate);
    }
}
