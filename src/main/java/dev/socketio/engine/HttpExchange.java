package dev.socketio.engine;

/**
 * One polling request and the response to it, which may be given at once or much later.
 *
 * <p>Thread rules: {@link #respond} may be called from any thread and never blocks on the network; the first call
 * counts, later ones do nothing.
 */
public interface HttpExchange extends RequestHead {

    /** Takes the body of a request. Exactly one method is called, once, on any thread. */
    interface BodyReceiver {

        /** The body is here, whole. */
        void onBody(byte[] body);

        /** The body is longer than the limit; what is left of it will not be read. */
        void onTooLarge();

        /** The client went away, or sent its body too slowly for the container's patience. */
        void onAborted();
    }

    /**
     * Reads the body without holding a thread while it is under way.
     *
     * @param limit in bytes; a body of just this length is accepted
     */
    void readBody(int limit, BodyReceiver receiver);

    /** Has {@code action} run if the client is found to be gone before the response is given. */
    void onGone(Runnable action);

    /** Answers the request. */
    void respond(HttpReply reply);
}
