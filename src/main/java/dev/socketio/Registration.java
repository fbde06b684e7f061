package dev.socketio;

/** A listener that has been added. */
public interface Registration extends AutoCloseable {

    /** Removes the listener; does nothing the second time. */
    @Override
    void close();
}
