package dev.socketio.adapter.redis;

import dev.socketio.adapter.BroadcastOptions;
import dev.socketio.adapter.redis.Message.Request;
import dev.socketio.adapter.redis.Message.Response;
import dev.socketio.protocol.PacketException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the messages of one namespace look, and on what channels they travel: there is one for each of Node's adapters. */
interface Wire {

    /**
     * A message, ready to be published.
     *
     * @param group names the servers that it is for, by what they have subscribed to; empty if it is for one of them
     * @param isForAll whether all of the group get it; otherwise the group is those who have subscribed to the channel of
     *     that name
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Frame(String channel, byte[] bytes, String group, boolean isForAll) {

        /** Creates one for all servers that have subscribed to a channel. */
        static Frame toAll(String channel, byte[] bytes) {
            return new Frame(channel, bytes, channel, /* isForAll= */ true);
        }

        /** Creates one for a single server. */
        static Frame toOne(String channel, byte[] bytes) {
            return new Frame(channel, bytes, "", /* isForAll= */ false);
        }
    }

    /** Returns the id of this server. */
    String self();

    /** Returns the channel that all servers have subscribed to once, and that requests are published to. */
    String requestChannel();

    /** Returns the channels to subscribe to as long as the namespace is there. */
    List<String> channels();

    /** Returns the pattern to subscribe to in place of rooms; null if there is none. */
    @Nullable
    String pattern();

    /** Returns the channel to subscribe to while somebody is in a room; null if its events come another way. */
    @Nullable
    String roomChannel(String room);

    /** Returns the room whose channel this is; null if it is none of a room. */
    @Nullable
    String room(String channel);

    /** Writes a request; those that only old servers send are not written. */
    Frame write(Request request);

    /**
     * Writes the answer to a request.
     *
     * @param requester who has asked
     */
    Frame write(Response response, String requester);

    /**
     * Reads a message.
     *
     * @return null if it is none for this namespace, or this server's own
     * @throws PacketException if it makes no sense
     */
    @Nullable
    Message read(String channel, byte[] bytes);

    /** Returns the question by which the sockets can be counted most cheaply; null if they have to be described. */
    @Nullable
    Request countRequest(String requestId, BroadcastOptions options);

    /** Returns an id for a request, which nobody can guess. */
    String newRequestId();

    /** Returns the pattern of the channels that each server has subscribed to for itself. */
    String serverPattern();

    /** Returns the id of the server that has subscribed to a channel of {@link #serverPattern}; null if none has. */
    @Nullable
    String server(String channel);
}
