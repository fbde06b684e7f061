package dev.socketio.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisAdapterProviderTest {

    private static final String URI = "redis://localhost:6379";

    private final RedisAdapterProvider provider = new RedisAdapterProvider();

    @Test
    void everyOptionIsOneOfTheBuilder() {
        Map<String, String> options = Map.of(
                "redis.uri", URI,
                "redis.key", "chat",
                "redis.requestsTimeout", "2s",
                "redis.connectTimeout", "300",
                "redis.required", "false",
                "redis.maxWaitingBytes", "1000",
                "redis.subscribeToRooms", "true",
                "redis.publishOnSpecificResponseChannel", "true");

        assertThat(provider.create("redis", options))
                .usingRecursiveComparison()
                .isEqualTo(RedisAdapter.builder(URI)
                        .key("chat")
                        .requestsTimeout(Duration.ofSeconds(2))
                        .connectTimeout(Duration.ofMillis(300))
                        .required(false)
                        .maxWaitingBytes(1_000)
                        .subscribeToRooms(true)
                        .publishOnSpecificResponseChannel(true)
                        .build());
    }

    @ParameterizedTest
    @CsvSource({", DYNAMIC", "static, STATIC", "dynamic, DYNAMIC", "dynamic-private, DYNAMIC_PRIVATE"})
    void theShardedAdapterHasItsModes(String text, SubscriptionMode mode) {
        Map<String, String> options = new TreeMap<>(Map.of("redis.uri", URI));
        if (text != null) {
            options.put("redis.subscriptionMode", text);
        }

        assertThat(provider.create("redis-sharded", options))
                .usingRecursiveComparison()
                .isEqualTo(RedisAdapter.builder(URI).sharded(mode).build());
    }

    @Test
    void theStreamsAdapterHasOptionsOfItsOwn() {
        Map<String, String> options = Map.of(
                "redis.uri", URI,
                "redis.key", "chat",
                "redis.streamName", "events",
                "redis.streamCount", "3",
                "redis.maxLen", "5000",
                "redis.readCount", "50",
                "redis.blockTimeInMs", "1000",
                "redis.sessionKeyPrefix", "session:",
                "redis.useShardedPubSub", "true");

        assertThat(provider.create("redis-streams", options))
                .usingRecursiveComparison()
                .isEqualTo(RedisAdapter.builder(URI)
                        .key("chat")
                        .streams(new RedisStreams("events", 3, 5_000, 50, Duration.ofSeconds(1), "session:", true))
                        .build());
        assertThat(provider.create("redis-streams", Map.of("redis.uri", URI)))
                .usingRecursiveComparison()
                .isEqualTo(RedisAdapter.builder(URI)
                        .streams(RedisStreams.defaults())
                        .build());
    }

    @ParameterizedTest
    @CsvSource({
        "redis.required, yes, give true or false",
        "redis.connectTimeout, 0, give a time of more than zero",
        "redis.maxWaitingBytes, 1 MB, give a whole number",
        "redis.key, '', give a text such as socket.io",
        "redis.subscriptionMode, all, 'give static, dynamic or dynamic-private'",
    })
    void saysWhichValueIsMalformed(String name, String text, String fix) {
        assertThatThrownBy(() -> provider.create("redis-sharded", Map.of("redis.uri", URI, name, text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("option socketio." + name + " is \"" + text + "\": ")
                .hasMessageEndingWith(fix);
    }

    @Test
    void saysWhatIsMissingOrTooMuch() {
        assertThatThrownBy(() -> provider.create("redis", Map.of()))
                .hasMessageStartingWith("option socketio.redis.uri is missing")
                .hasMessageEndingWith("such as redis://localhost:6379");
        assertThatThrownBy(() -> provider.create("redis", Map.of("redis.uri", URI, "redis.subscriptionMode", "static")))
                .hasMessageContaining("redis-sharded");
        assertThatThrownBy(() -> provider.create("redis-sharded", Map.of("redis.uri", URI, "redis.maxLen", "10")))
                .hasMessageEndingWith("set socketio.adapter to redis-streams");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "http://user:secret@localhost",
                "redis://:secret@",
                "redis-cluster://:secret@a,",
                "redis://u:secret@host:port"
            })
    void doesNotRepeatAnAddressSinceItMayHoldAPassword(String uri) {
        assertThatThrownBy(() -> provider.create("redis", Map.of("redis.uri", uri)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("option socketio.redis.uri: the address of Redis is malformed: give redis://")
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @CsvSource({
        "redis://localhost, localhost:6379",
        "rediss://user:secret@redis.example:6380/1, redis.example:6380",
        "'redis-sentinel://:secret@a:26379,b:26379#main', sentinels of main",
        "'redis-cluster://user:secret@a:7000,b:7001', 'a:7000, b:7001'",
        "'rediss-cluster://a,b', 'a:6379, b:6379'",
    })
    void anAddressIsShownWithoutWhatIsSecret(String uri, String shown) {
        assertThat(RedisAddress.parse(uri)).hasToString(shown);
    }

    @Test
    void anAddressHasTlsAndAUser() {
        var node = RedisAddress.parse("rediss-cluster://user:secret@a,b:7001")
                .nodes()
                .get(1);

        assertThat(node.isSsl()).isTrue();
        assertThat(node.getPort()).isEqualTo(7_001);
        assertThat(node.getCredentialsProvider().resolveCredentials().block().getUsername())
                .isEqualTo("user");
    }
}
