package dev.socketio.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A packet as it travels: a text, then its attachments, each a message of the connection.
 *
 * @param text null if the parser writes bytes only
 * @param attachments shared, not to be modified
 */
public record EncodedPacket(@Nullable String text, List<byte[]> attachments) {

    /** Returns how long it is, in characters and bytes. */
    public long size() {
        long size = text == null ? 0 : text.length();
        for (byte[] attachment : attachments) {
            size += attachment.length;
        }
        return size;
    }
}
