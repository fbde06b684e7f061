package dev.socketio.protocol;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How packets become messages of a connection, and messages packets. Server and clients have to use the same parser;
 * {@link #standard()} is the one that every client has built in.
 *
 * <p>Programs may bring their own. What it reads comes from strangers: it refuses what it does not like with a {@link
 * PacketException}, reserved names of events ({@link EventNames}) among it, and allocates nothing because of a length that
 * is only announced. The server limits the size of a message, and the time in which a packet has to be complete.
 */
public interface Parser {

    /** Returns the parser of the Socket.IO protocol, revision 5: JSON with binary attachments. */
    static Parser standard() {
        return TextParser.INSTANCE;
    }

    /**
     * Returns the parser that clients have as {@code socket.io-msgpack-parser}, version 3, and pages in the file {@code
     * socket.io.msgpack.min.js}: MessagePack, in which a packet is one message of bytes, whatever it holds. Dates of a
     * client arrive as text in ISO 8601, numbers that do not fit into 64 bits reach it as the nearest double.
     */
    static Parser msgpack() {
        return MsgpackParser.INSTANCE;
    }

    /**
     * Creates an encoder. A server has one, which all its threads use.
     *
     * @param json writes the arguments of events
     */
    Encoder encoder(ObjectMapper json);

    /**
     * Creates a decoder. Each connection has its own, which is used by one thread at a time.
     *
     * @param json reads the arguments of events
     * @param maxAttachments how many attachments one packet may have
     */
    Decoder decoder(ObjectMapper json, int maxAttachments);

    /** Turns packets into the messages that carry them. Thread-safe. */
    interface Encoder {

        /**
         * Encodes an event.
         *
         * @throws IllegalArgumentException if an argument cannot be written
         */
        EncodedPacket event(OutgoingEvent event);

        /**
         * Encodes the answer to an event.
         *
         * @param ackId as the event had it
         * @throws IllegalArgumentException if an argument cannot be written
         */
        EncodedPacket ack(String namespace, String ackId, List<@Nullable Object> arguments);

        /**
         * Encodes the welcome to a namespace.
         *
         * @param payload what the client is told; null if it is told nothing, as clients of revision 4 are
         */
        EncodedPacket connect(String namespace, @Nullable Object payload);

        /**
         * Encodes the refusal of a namespace.
         *
         * @param payload what the client is told
         * @throws IllegalArgumentException if the payload cannot be written
         */
        EncodedPacket connectError(String namespace, Object payload);

        /** Encodes the end of a client's membership in a namespace. */
        EncodedPacket disconnect(String namespace);
    }

    /**
     * Turns the messages of one connection into packets; may hold one that is half read. Not thread-safe. Called on the
     * container's thread that reads, for other connections too: it must not wait.
     */
    interface Decoder {

        /** Returns whether a packet has begun that is not complete. */
        boolean isWaiting();

        /**
         * Takes a message of text.
         *
         * @return the packet, or null if more has to follow
         * @throws PacketException if this is not a packet, or not one that may come now
         */
        @Nullable
        Packet add(String text);

        /**
         * Takes a message of bytes, which are kept.
         *
         * @return the packet, or null if more has to follow
         * @throws PacketException if this is not a packet, or not one that may come now
         */
        @Nullable
        Packet add(byte[] bytes);
    }
}
