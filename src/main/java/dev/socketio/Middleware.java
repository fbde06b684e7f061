package dev.socketio;

import java.util.concurrent.CompletionStage;

/** What stands between a client's wish to join a namespace and its admission; given to {@link Namespace#use}. */
@FunctionalInterface
public interface Middleware {

    /**
     * Decides over a socket. Returning lets it pass; throwing refuses it. The client is told the message and the data
     * of a {@link ConnectErrorException}. Any other exception is a fault of the middleware: it is logged, and its
     * message, which may say more than a stranger should know, is kept from the client.
     */
    void check(Socket socket) throws Exception;

    /** The same for a decision that takes time; given to {@link Namespace#useAsync}. */
    @FunctionalInterface
    interface Async {

        /** Starts to decide. A stage that completes lets the socket pass, one that fails refuses it. */
        CompletionStage<?> check(Socket socket) throws Exception;
    }
}
