package dev.socketio.adapter.redis;

import dev.socketio.adapter.BroadcastOptions;
import dev.socketio.adapter.redis.Message.Request;
import dev.socketio.adapter.redis.Message.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The format of what {@code @socket.io/redis-streams-adapter} 0.3 sends over channels: questions and answers, which need not
 * be kept.
 */
final class StreamsWire implements Wire {

    private final String self;
    private final String common;
    private final String own;
    private final ClusterCodec codec;

    /**
     * @param prefix which the names of all channels begin with
     * @param self the id of this server
     */
    StreamsWire(Trees trees, String prefix, String namespace, String self) {
        this.self = self;
        this.common = prefix + "#" + namespace + "#";
        this.own = common + self + "#";
        this.codec = new ClusterCodec(trees, namespace, self, /* alwaysMsgpack= */ true);
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
        return null;
    }

    @Override
    public @Nullable String room(String channel) {
        return null;
    }

    @Override
    public Frame write(Request request) {
        return new Frame(common, codec.write(request));
    }

    @Override
    public Frame write(Response response, String requester) {
        return new Frame(common + requester + "#", codec.write(response));
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
        return ShardedWire.newId();
    }

    @Override
    public String serverPattern() {
        return Globs.literal(common) + "?*#";
    }

    @Override
    public @Nullable String server(String channel) {
        boolean isOfServer = channel.startsWith(common) && channel.length() > common.length();
        return isOfServer ? channel.substring(common.length(), channel.length() - 1) : null;
    }
}
