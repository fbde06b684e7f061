package dev.socketio;

import dev.socketio.protocol.Value;
import java.util.concurrent.CompletionStage;

/** Decides which namespaces clients may have, beside those that exist; given to {@link SocketIoServer#of(NamespaceMatcher)}. */
@FunctionalInterface
public interface NamespaceMatcher {

    /**
     * Returns whether a client may join the namespace of this name, which is created if there is none yet. It is asked for
     * every client, not for the first alone, so it can check what the client brings. Throwing is a fault: it is logged and
     * counts as false.
     *
     * @param name with the slash at its start
     * @param auth the client's {@code auth} option, an object without properties if it set none
     */
    boolean matches(String name, Value auth) throws Exception;

    /** The same for a decision that takes time; given to {@link SocketIoServer#ofAsync}. */
    @FunctionalInterface
    interface Async {

        /** Starts to decide. A stage that fails counts as one that completes with false, and is logged. */
        CompletionStage<Boolean> matches(String name, Value auth) throws Exception;
    }
}
