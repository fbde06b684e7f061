package dev.socketio.protocol;

import org.jspecify.annotations.Nullable;

/**
 * One unit of the Socket.IO protocol, as it is received. Whether it came with attachments is a property of its encoding
 * and not to be seen here.
 */
public sealed interface Packet {

    /** Returns the namespace, which starts with a slash. */
    String namespace();

    /**
     * A client wants to join a namespace.
     *
     * @param auth what it brought to prove who it is, an object; null if it brought nothing
     */
    record Connect(String namespace, @Nullable Value auth) implements Packet {}

    /** A client leaves a namespace. */
    record Disconnect(String namespace) implements Packet {}

    /** A client must not send this; servers refuse a namespace with it. */
    record ConnectError(String namespace) implements Packet {}

    /**
     * An event.
     *
     * @param name null if the packet had no payload at all, which the protocol lets pass
     * @param ackId under which the sender expects an answer, in digits as they go back to it; null if it expects none
     */
    record Event(
            String namespace,
            @Nullable String name,
            Arguments arguments,
            @Nullable String ackId) implements Packet {}

    /** The answer to an event. A negative id is one that no sender has given. */
    record Ack(String namespace, long ackId, Arguments arguments) implements Packet {}
}
