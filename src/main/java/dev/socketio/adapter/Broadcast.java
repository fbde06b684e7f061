package dev.socketio.adapter;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.socketio.protocol.EncodedPacket;
import dev.socketio.protocol.OutgoingEvent;
import dev.socketio.protocol.Parser;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way to any number of sockets: encoded once, whatever their number.
 *
 * <p>With connection state recovery, its {@linkplain #offset() offset} travels as one more argument to the clients that
 * know what to do with it, so there may be two encodings; the second is made when the first of the other clients is met.
 * Its {@linkplain #position() position} tells a socket that is being recovered whether it has this event already.
 */
public final class Broadcast {

    private final Parser.Encoder encoder;
    private final OutgoingEvent event;
    private final @Nullable String offset;
    private final EncodedPacket packet;
    private final long position;

    private final Object lock = new Object();

    @GuardedBy("lock")
    private @Nullable EncodedPacket withoutOffset;

    /**
     * Encodes an event.
     *
     * @param offset by which a client finds its place again; null if it is not to be recovered
     * @throws IllegalArgumentException if an argument cannot be written
     */
    public Broadcast(Parser.Encoder encoder, OutgoingEvent event, @Nullable String offset) {
        this(encoder, event, offset, encoder.event(offset == null ? event : event.with(offset)), 0);
    }

    private Broadcast(
            Parser.Encoder encoder, OutgoingEvent event, @Nullable String offset, EncodedPacket packet, long position) {
        this.encoder = encoder;
        this.event = event;
        this.offset = offset;
        this.packet = packet;
        this.position = position;
    }

    /** Returns the same event with its place among the events of an adapter. */
    public Broadcast at(long newPosition) {
        return new Broadcast(encoder, event, offset, packet, newPosition);
    }

    /** Returns the event, without the offset. */
    public OutgoingEvent event() {
        return event;
    }

    /** Returns by what a client finds its place again; null if the event is not to be recovered. */
    public @Nullable String offset() {
        return offset;
    }

    /** Returns the place among the events of the adapter, from 1 on; 0 if the event has none. */
    public long position() {
        return position;
    }

    /** Returns the packet, with the offset if there is one. */
    public EncodedPacket packet() {
        return packet;
    }

    /** Returns the packet for a client that cannot be recovered. */
    public EncodedPacket withoutOffset() {
        if (offset == null) {
            return packet;
        }
        synchronized (lock) {
            if (withoutOffset != null) {
                return withoutOffset;
            }
        }
        EncodedPacket plain = encoder.event(event);
        synchronized (lock) {
            withoutOffset = plain;
        }
        return plain;
    }
}
