package dev.socketio.adapter.redis;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socketio.adapter.BroadcastOptions;
import dev.socketio.adapter.SocketDetails;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the servers of a cluster tell each other about one namespace, whatever it looks like on the wire. */
sealed interface Message {

    /** The id of programs without clients, all of them. */
    String EMITTER = "emitter";

    /** A message that the others have to do something about. */
    sealed interface Request extends Message {

        /** Returns the id of the server that has sent it. */
        String sender();
    }

    /**
     * An event for clients.
     *
     * @param event its name and its arguments
     * @param requestId under which clients are to answer; null if they are not
     */
    record Broadcast(
            String sender,
            List<JsonNode> event,
            BroadcastOptions options,
            @Nullable String requestId) implements Request {}

    /** Sockets are to be in rooms, or no longer. */
    record Change(String sender, boolean isJoin, BroadcastOptions options, List<String> rooms) implements Request {}

    /** Sockets are to be disconnected. */
    record Disconnect(String sender, BroadcastOptions options, boolean close) implements Request {}

    /** What sockets are there? */
    record Fetch(String sender, String requestId, BroadcastOptions options) implements Request {}

    /** What are the ids of the sockets in rooms? */
    record Ids(String sender, String requestId, List<String> rooms) implements Request {}

    /** What rooms are there? */
    record AllRooms(String sender, String requestId) implements Request {}

    /** Something is to be done and confirmed by the server that has the socket, as old servers ask for it. */
    record WithOne(String requestId, String sid, Request request) implements Request {

        @Override
        public String sender() {
            return request.sender();
        }
    }

    /**
     * An event for the servers themselves.
     *
     * @param requestId under which each is to answer; null if it is not
     */
    record ServerSideEmit(
            String sender, List<JsonNode> event, @Nullable String requestId) implements Request {}

    /** A session goes on here that may have gone on elsewhere. */
    record SessionTaken(String sender, String pid) implements Request {}

    /**
     * An answer to a request.
     *
     * @param sender the server that has answered; null if it has not said
     */
    record Response(@Nullable String sender, String requestId, Answer answer) implements Message {}

    /** What an answer says. */
    sealed interface Answer {}

    /** So many clients have been sent the event. */
    record ClientCount(int count) implements Answer {}

    /** One of them has answered. */
    record ClientAck(JsonNode value) implements Answer {}

    /** The server has answered an event. */
    record ServerAck(JsonNode value) implements Answer {}

    /** These sockets are there. */
    record Sockets(List<SocketDetails> sockets) implements Answer {}

    /** These are the ids of the sockets. */
    record SocketIds(List<String> ids) implements Answer {}

    /** These are the rooms. */
    record Rooms(List<String> rooms) implements Answer {}

    /** It is done. */
    record Done() implements Answer {}
}
