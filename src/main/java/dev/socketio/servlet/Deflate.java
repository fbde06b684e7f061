package dev.socketio.servlet;

import java.util.Set;

/** The compression of WebSocket messages, {@code permessage-deflate} (RFC 7692), and which offers of it are taken. */
final class Deflate {

    /** A smaller window of the server is not among them: Java's compressor always uses the largest. */
    private static final Set<String> PARAMETERS =
            Set.of("server_no_context_takeover", "client_no_context_takeover", "client_max_window_bits");

    private Deflate() {}

    /** Returns whether an extension that a client offers is this one, with parameters that every container can meet. */
    static boolean accepts(String name, Set<String> parameters) {
        return name.equalsIgnoreCase("permessage-deflate") && PARAMETERS.containsAll(parameters);
    }
}
