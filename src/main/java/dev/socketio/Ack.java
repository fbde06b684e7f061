package dev.socketio;

import org.jspecify.annotations.Nullable;

/** Answers an event whose sender waits for it. May be used from any thread, at once or later. */
public interface Ack {

    /**
     * Sends the answer. Only the first call has an effect, and none has if the sender asked for no answer or is gone.
     *
     * @param arguments values that Jackson can write; a {@code byte[]} travels as binary
     * @throws IllegalArgumentException if a value cannot be written; nothing has been sent then
     */
    void send(@Nullable Object... arguments);

    /** Returns whether the sender asked for an answer. */
    boolean isRequested();
}
