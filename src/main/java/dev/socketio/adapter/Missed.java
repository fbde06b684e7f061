package dev.socketio.adapter;

import dev.socketio.protocol.EncodedPacket;
import java.util.List;

/**
 * The events that a client has missed.
 *
 * @param events in order
 * @param upTo the position up to which there are no others
 */
public record Missed(List<Event> events, long upTo) {

    /** Keeps an immutable copy of the list. */
    public Missed {
        events = List.copyOf(events);
    }

    /**
     * One of them.
     *
     * @param packet with the offset as its last argument
     */
    public record Event(EncodedPacket packet, String offset, Flags flags) {}
}
