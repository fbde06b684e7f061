package dev.socketio;

/** Hears of events of one client that something went wrong with; given to {@link Socket#onError}. */
@FunctionalInterface
public interface ErrorListener {

    /**
     * Takes what went wrong. That is one of
     *
     * <ul>
     *   <li>what a middleware of {@link Socket#use} has thrown to reject the event,
     *   <li>a {@link dev.socketio.protocol.ConversionException}: an argument does not fit the type that a listener names.
     *       The listener was not called,
     *   <li>what a listener has thrown.
     * </ul>
     *
     * @param event the name, which a client may have chosen
     */
    void onError(String event, Throwable failure) throws Exception;

    /** The same for all sockets of a namespace; given to {@link Namespace#onError}. */
    @FunctionalInterface
    interface OfNamespace {

        /** Takes what went wrong, as {@link ErrorListener#onError} does. */
        void onError(Socket socket, String event, Throwable failure) throws Exception;
    }
}
