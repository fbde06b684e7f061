package dev.socketio.adapter.redis;

import dev.socketio.adapter.Adapter;
import dev.socketio.adapter.AdapterProvider;
import dev.socketio.adapter.OptionText;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Makes adapters of the options whose names begin with {@code redis.}; {@link RedisAdapter.Builder} tells of each. */
public final class RedisAdapterProvider implements AdapterProvider {

    private static final String CLASSIC = "redis";
    private static final String SHARDED = "redis-sharded";
    private static final String STREAMS = "redis-streams";
    private static final String URI = "redis.uri";
    private static final String MODE = "redis.subscriptionMode";

    private static final Map<String, BiConsumer<RedisAdapter.Builder, String>> OPTIONS = new TreeMap<>();

    /** Those that only one of the adapters has, with its name. */
    private static final Map<String, String> OWN = new TreeMap<>(Map.of(MODE, SHARDED));

    static {
        OPTIONS.put(URI, (builder, done) -> {});
        add("redis.key", text -> text, RedisAdapter.Builder::key);
        add("redis.requestsTimeout", OptionText::time, RedisAdapter.Builder::requestsTimeout);
        add("redis.connectTimeout", OptionText::time, RedisAdapter.Builder::connectTimeout);
        add("redis.required", OptionText::flag, RedisAdapter.Builder::required);
        add("redis.maxWaitingBytes", OptionText::number, RedisAdapter.Builder::maxWaitingBytes);
        add("redis.subscribeToRooms", OptionText::flag, RedisAdapter.Builder::subscribeToRooms);
        add(
                "redis.publishOnSpecificResponseChannel",
                OptionText::flag,
                RedisAdapter.Builder::publishOnSpecificResponseChannel);
        add(MODE, RedisAdapterProvider::mode, RedisAdapter.Builder::sharded);
        addOfStreams("redis.streamName", text -> text, RedisStreams::withStreamName);
        addOfStreams("redis.streamCount", OptionText::number, RedisStreams::withStreamCount);
        addOfStreams("redis.maxLen", OptionText::number, RedisStreams::withMaxLen);
        addOfStreams("redis.readCount", OptionText::number, RedisStreams::withReadCount);
        addOfStreams("redis.blockTimeInMs", OptionText::time, RedisStreams::withBlockTime);
        addOfStreams("redis.sessionKeyPrefix", text -> text, RedisStreams::withSessionKeyPrefix);
        addOfStreams("redis.useShardedPubSub", OptionText::flag, RedisStreams::withUseShardedPubSub);
    }

    private static <T> void add(String name, Function<String, T> parser, BiConsumer<RedisAdapter.Builder, T> setter) {
        OPTIONS.put(name, (builder, text) -> setter.accept(builder, parser.apply(text)));
    }

    private static <T> void addOfStreams(
            String name, Function<String, T> parser, BiFunction<RedisStreams, T, RedisStreams> setter) {
        OPTIONS.put(name, (builder, text) -> builder.streams(setter.apply(builder.streams(), parser.apply(text))));
        OWN.put(name, STREAMS);
    }

    /** Is called by {@link java.util.ServiceLoader}. */
    public RedisAdapterProvider() {}

    @Override
    public Set<String> adapters() {
        return Set.of(CLASSIC, SHARDED, STREAMS);
    }

    @Override
    public Set<String> options() {
        return Set.copyOf(OPTIONS.keySet());
    }

    @Override
    public Adapter.Factory create(String adapter, Map<String, String> options) {
        String uri = options.get(URI);
        if (uri == null) {
            throw new IllegalArgumentException("option socketio." + URI + " is missing: socketio.adapter=" + adapter
                    + " needs it, such as redis://localhost:6379");
        }
        OWN.forEach((name, owner) -> {
            if (options.containsKey(name) && !owner.equals(adapter)) {
                throw new IllegalArgumentException("option socketio." + name + " is none of socketio.adapter=" + adapter
                        + ": take it away, or set socketio.adapter to " + owner);
            }
        });
        try {
            return build(adapter, uri, options);
        } catch (NoClassDefFoundError e) {
            throw new IllegalArgumentException(
                    "socketio.adapter=" + adapter + " needs io.lettuce:lettuce-core in the web application: add it", e);
        }
    }

    private static Adapter.Factory build(String adapter, String uri, Map<String, String> options) {
        RedisAdapter.Builder builder = builder(uri);
        if (adapter.equals(SHARDED)) {
            builder.sharded(SubscriptionMode.DYNAMIC);
        } else if (adapter.equals(STREAMS)) {
            builder.streams(RedisStreams.defaults());
        }
        options.forEach((name, text) -> {
            BiConsumer<RedisAdapter.Builder, String> option = OPTIONS.get(name);
            try {
                if (option != null) {
                    option.accept(builder, text);
                }
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "option socketio." + name + " is \"" + text + "\": " + e.getMessage(), e);
            }
        });
        return builder.build();
    }

    private static RedisAdapter.Builder builder(String uri) {
        try {
            return RedisAdapter.builder(uri);
        } catch (IllegalArgumentException e) { // without repeating it: there may be a password in it
            throw new IllegalArgumentException("option socketio." + URI + ": " + e.getMessage(), e);
        }
    }

    private static SubscriptionMode mode(String text) {
        return switch (text) {
            case "static" -> SubscriptionMode.STATIC;
            case "dynamic" -> SubscriptionMode.DYNAMIC;
            case "dynamic-private" -> SubscriptionMode.DYNAMIC_PRIVATE;
            default -> throw new IllegalArgumentException("give static, dynamic or dynamic-private");
        };
    }
}
