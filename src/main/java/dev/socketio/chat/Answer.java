package dev.socketio.chat;

import org.jspecify.annotations.Nullable;

/**
 * What a page is told when it has asked for something.
 *
 * @param problem why it cannot be, for people to read; null if it is done
 * @param value what has come of it
 */
record Answer(@Nullable String problem, @Nullable Object value) {

    static Answer done(@Nullable Object value) {
        return new Answer(null, value);
    }

    static Answer refused(String problem) {
        return new Answer(problem, null);
    }
}
