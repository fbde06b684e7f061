package dev.socketio.engine;

/**
 * The layer above a connection.
 *
 * <p>Thread rules: messages of one connection arrive one at a time and in order, on the container's threads, and should
 * not keep them. {@link #onClose} comes once, from any thread, possibly while a message is being taken.
 */
public interface EngineListener {

    /**
     * The connection is open: what is sent from now on comes after the handshake, and over polling not in the same
     * response. Called once, before the first message.
     */
    default void onOpen() {}

    /** The client sent text. */
    void onMessage(String text);

    /** The client sent bytes, which are the listener's to keep. */
    void onMessage(byte[] bytes);

    /**
     * Returns a number that changes as long as the listener works off what it has been given. A connection that was
     * {@linkplain EngineSocket#pause paused} is not taken for dead as long as it does.
     */
    default long progress() {
        return 0;
    }

    /**
     * The connection has ended.
     *
     * @param detail more about the reason for people who read logs, such as {@code overlap from client}; often empty
     */
    void onClose(CloseReason reason, String detail);
}
