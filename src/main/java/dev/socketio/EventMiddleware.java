package dev.socketio;

import dev.socketio.protocol.Arguments;

/** What stands between an event of a client and the listeners that name it; given to {@link Socket#use}. */
@FunctionalInterface
public interface EventMiddleware {

    /**
     * Decides over an event. Returning lets it pass; throwing rejects it: neither the middlewares after this one nor the
     * listeners hear of it, {@link Socket#onError} does. The client is not told, unless this is done here.
     *
     * @param ack answers the event; does nothing if the client asked for no answer
     */
    void check(String event, Arguments arguments, Ack ack) throws Exception;
}
