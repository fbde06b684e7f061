package dev.socketio.engine;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket message of which parts have come, either text or binary. It never holds more than a whole message may
 * have, into however many parts a client cuts it: parts are added up and leave nothing else behind, empty ones nothing
 * at all. How long it may take is up to the heartbeat, whose answer cannot overtake it.
 *
 * <p>Used by one thread at a time.
 */
final class UnfinishedMessage {

    private final int maxBytes;

    private @Nullable StringBuilder text;
    private @Nullable ByteArrayOutputStream binary;
    private long bytes;

    UnfinishedMessage(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    boolean isBegun() {
        return text != null || binary != null;
    }

    /** Adds a part; returns false if the message becomes too large, and forgets it then. */
    boolean add(String part) {
        if (!grow(Utf8.length(part))) {
            return false;
        }
        StringBuilder begun = text == null ? new StringBuilder() : text;
        text = begun.append(part);
        return true;
    }

    /** Adds a part; returns false if the message becomes too large, and forgets it then. */
    boolean add(ByteBuffer part) {
        if (!grow(part.remaining())) {
            return false;
        }
        ByteArrayOutputStream begun = binary == null ? new ByteArrayOutputStream() : binary;
        begun.writeBytes(copy(part));
        binary = begun;
        return true;
    }

    static byte[] copy(ByteBuffer part) {
        byte[] copy = new byte[part.remaining()];
        part.get(copy);
        return copy;
    }

    private boolean grow(int more) {
        bytes += more;
        if (bytes > maxBytes) {
            clear();
            return false;
        }
        return true;
    }

    /** Takes the message out, which is complete. */
    String takeText() {
        String whole = text == null ? "" : text.toString();
        clear();
        return whole;
    }

    /** Takes the message out, which is complete. */
    byte[] takeBytes() {
        byte[] whole = binary == null ? new byte[0] : binary.toByteArray();
        clear();
        return whole;
    }

    private void clear() {
        text = null;
        binary = null;
        bytes = 0;
    }
}
