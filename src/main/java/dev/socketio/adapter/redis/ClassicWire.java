package dev.socketio.adapter.redis;

import dev.socketio.adapter.BroadcastOptions;
import dev.socketio.adapter.redis.Message.Broadcast;
import dev.socketio.adapter.redis.Message.Ids;
import dev.socketio.adapter.redis.Message.Request;
import dev.socketio.adapter.redis.Message.Response;
import dev.socketio.adapter.redis.Message.ServerAck;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The format of {@code @socket.io/redis-adapter} 8, and of {@code @socket.io/redis-emitter} 5. */
final class ClassicWire implements Wire {

    private static final int ID_LENGTH = 6;

    private final String self;
    private final boolean subscribesToRooms;
    private final boolean ownResponseChannels;

    /** Whether the pattern of all servers matches the channels of rooms; an emitter does not know what they do. */
    private final boolean roomsReachAll;

    private final String broadcasts;
    private final String requests;
    private final String responses;
    private final ClassicWriter writer;
    private final ClassicReader reader;

    /**
     * @param key which the names of all channels begin with
     * @param self the id of this server, {@link Message#EMITTER} if it is none
     * @param subscribesToRooms whether to subscribe to each room that somebody here is in, rather than to all
     * @param ownResponseChannels whether answers go to the one who has asked, rather than to all
     */
    ClassicWire(
            Trees trees,
            String key,
            String namespace,
            String self,
            boolean subscribesToRooms,
            boolean ownResponseChannels) {
        this.self = self;
        this.subscribesToRooms = subscribesToRooms;
        this.ownResponseChannels = ownResponseChannels;
        this.roomsReachAll = !subscribesToRooms && !self.equals(Message.EMITTER);
        this.broadcasts = key + "#" + namespace + "#";
        this.requests = key + "-request#" + namespace + "#";
        this.responses = key + "-response#" + namespace + "#";
        this.writer = new ClassicWriter(trees, namespace, self);
        this.reader = new ClassicReader(trees, namespace);
    }

    static String newId() {
        return Names.random(ID_LENGTH);
    }

    @Override
    public String self() {
        return self;
    }

    @Override
    public String requestChannel() {
        return requests;
    }

    @Override
    public List<String> channels() {
        String own = responses + self + "#";
        return subscribesToRooms ? List.of(broadcasts, requests, responses, own) : List.of(requests, responses, own);
    }

    @Override
    public @Nullable String pattern() {
        return subscribesToRooms ? null : Globs.literal(broadcasts) + "*";
    }

    @Override
    public @Nullable String roomChannel(String room) {
        return subscribesToRooms ? broadcasts + room + "#" : null;
    }

    @Override
    public @Nullable String room(String channel) {
        boolean isOfRoom = channel.startsWith(broadcasts) && channel.length() > broadcasts.length();
        return isOfRoom ? channel.substring(broadcasts.length(), channel.length() - 1) : null;
    }

    @Override
    public Frame write(Request request) {
        byte[] bytes = writer.write(request);
        if (!(request instanceof Broadcast broadcast) || broadcast.requestId() != null) {
            return Frame.toAll(requests, bytes);
        }
        Set<String> rooms = broadcast.options().rooms();
        if (rooms.size() != 1) {
            return Frame.toAll(broadcasts, bytes);
        }
        String channel = broadcasts + rooms.iterator().next() + "#";
        return roomsReachAll
                ? new Frame(channel, bytes, broadcasts, /* isForAll= */ true)
                : new Frame(channel, bytes, requests, /* isForAll= */ false);
    }

    @Override
    public Frame write(Response response, String requester) {
        byte[] bytes = writer.write(response);
        boolean toAll = !ownResponseChannels || requester.isEmpty() || response.answer() instanceof ServerAck;
        return toAll ? Frame.toAll(responses, bytes) : Frame.toOne(responses + requester + "#", bytes);
    }

    @Override
    public @Nullable Message read(String channel, byte[] bytes) {
        if (channel.equals(requests)) {
            return reader.request(bytes);
        }
        return channel.startsWith(responses) ? reader.response(bytes) : reader.broadcast(bytes);
    }

    /** Ids are enough where nobody is left out. */
    @Override
    public @Nullable Request countRequest(String requestId, BroadcastOptions options) {
        return options.except().isEmpty() ? new Ids(self, requestId, List.copyOf(options.rooms())) : null;
    }

    @Override
    public String newRequestId() {
        return newId();
    }

    @Override
    public String serverPattern() {
        return Globs.literal(responses) + "*#";
    }

    @Override
    public @Nullable String server(String channel) {
        boolean isOfServer = channel.startsWith(responses) && channel.length() > responses.length();
        return isOfServer ? channel.substring(responses.length(), channel.length() - 1) : null;
    }
}
