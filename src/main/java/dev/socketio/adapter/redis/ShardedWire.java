package dev.socketio.adapter.redis;

import dev.socketio.adapter.BroadcastOptions;
import dev.socketio.adapter.redis.Message.Broadcast;
import dev.socketio.adapter.redis.Message.Request;
import dev.socketio.adapter.redis.Message.Response;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The format of the sharded adapter of {@code @socket.io/redis-adapter} 8, and of what
 * {@code @socket.io/redis-streams-adapter} 0.3 sends beside streams.
 */
final class ShardedWire implements Wire {

    /** How long the ids of sockets are; a room with such a name shares the channel of the namespace. */
    private static final int SOCKET_ID_LENGTH = 20;

    private static final int ID_BYTES = 8;

    private final String self;
    private final SubscriptionMode mode;
    private final String common;
    private final String own;
    private final ClusterCodec codec;

    /**
     * @param prefix which the names of all channels begin with
     * @param self the id of this server
     */
    ShardedWire(Trees trees, String prefix, String namespace, String self, SubscriptionMode mode) {
        this(prefix, namespace, self, mode, new ClusterCodec(trees, namespace, self, /* alwaysMsgpack= */ false));
    }

    private ShardedWire(String prefix, String namespace, String self, SubscriptionMode mode, ClusterCodec codec) {
        this.self = self;
        this.mode = mode;
        this.common = prefix + "#" + namespace + "#";
        this.own = common + self + "#";
        this.codec = codec;
    }

    /** Creates that of the streams adapter, whose questions and answers are all MessagePack. */
    static ShardedWire besideStreams(Trees trees, String prefix, String namespace, String self) {
        ClusterCodec codec = new ClusterCodec(trees, namespace, self, /* alwaysMsgpack= */ true);
        return new ShardedWire(prefix, namespace, self, SubscriptionMode.STATIC, codec);
    }

    static String newId() {
        return Names.randomHex(ID_BYTES);
    }

    @Override
    public String self() {
        return self;
    }

    @Override
    public String requestChannel() {
        return common;
    }

    @Override
    public List<String> channels() {
        return List.of(common, own);
    }

    @Override
    public @Nullable String pattern() {
        return null;
    }

    @Override
    public @Nullable String roomChannel(String room) {
        boolean hasChannel = switch (mode) {
            case STATIC -> false;
            case DYNAMIC -> room.length() != SOCKET_ID_LENGTH;
            case DYNAMIC_PRIVATE -> true;
        };
        return hasChannel ? common + room + "#" : null;
    }

    @Override
    public @Nullable String room(String channel) {
        boolean isOfRoom = channel.length() > common.length() && !channel.equals(own);
        return isOfRoom ? channel.substring(common.length(), channel.length() - 1) : null;
    }

    @Override
    public Frame write(Request request) {
        byte[] bytes = codec.write(request);
        String ofRoom = roomChannel(request);
        return ofRoom == null ? Frame.toAll(common, bytes) : new Frame(ofRoom, bytes, common, /* isForAll= */ false);
    }

    private @Nullable String roomChannel(Request request) {
        boolean isForClients = request instanceof Broadcast broadcast && broadcast.requestId() == null;
        Set<String> rooms = isForClients ? ((Broadcast) request).options().rooms() : Set.of();
        return rooms.size() == 1 ? roomChannel(rooms.iterator().next()) : null;
    }

    @Override
    public Frame write(Response response, String requester) {
        return Frame.toOne(common + requester + "#", codec.write(response));
    }

    @Override
    public @Nullable Message read(String channel, byte[] bytes) {
        return codec.read(bytes);
    }

    @Override
    public @Nullable Request countRequest(String requestId, BroadcastOptions options) {
        return null;
    }

    @Override
    public String newRequestId() {
        return newId();
    }

    @Override
    public String serverPattern() {
        return Globs.literal(common) + "????????????????#";
    }

    /** A room whose name looks like the id of a server is taken for one. */
    @Override
    public @Nullable String server(String channel) {
        String id = channel.substring(common.length(), channel.length() - 1);
        boolean isServer = id.length() == 2 * ID_BYTES && id.chars().allMatch(c -> Character.digit(c, 16) >= 0);
        return isServer ? id : null;
    }
}
