package dev.socketio.chat;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message as the page gets it.
 *
 * @param id by which the page knows a message that it has got before
 * @param room where it was said; null for one that is private
 * @param to for whom it is; null for one that everybody in the room may read
 */
record ChatMessage(
        String id,
        Sender from,
        @Nullable String room,
        @Nullable Sender to,
        String text,
        Instant at) {

    /** A person at the time of the message: the name may have changed since. */
    record Sender(String id, String name) {}
}
