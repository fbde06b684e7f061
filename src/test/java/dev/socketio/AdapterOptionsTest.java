package dev.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socketio.adapter.redis.RedisAdapter;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AdapterOptionsTest {

    private static final String URI = "redis://localhost:6379";

    private static SocketIoServer.Builder with(Map<String, String> options) {
        return SocketIoServer.builder().override(options);
    }

    @Test
    void anAdapterIsChosenByItsName() {
        assertThat(with(Map.of("adapter", " redis ", "redis.uri", URI))
                        .options()
                        .adapter())
                .isInstanceOf(RedisAdapter.class);
    }

    @Test
    void anOperatorCanHaveAServerStandAlone() {
        RedisAdapter redis = RedisAdapter.builder(URI).build();
        Map<String, String> options = Map.of("adapter", "memory", "redis.uri", URI);

        assertThat(SocketIoServer.builder()
                        .adapter(redis)
                        .override(options)
                        .options()
                        .adapter())
                .isNotInstanceOf(RedisAdapter.class);
    }

    @Test
    void namesTheAdaptersThatThereAre() {
        assertThatThrownBy(() -> with(Map.of("adapter", "mongo")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "option socketio.adapter is \"mongo\": give one of [memory, redis, redis-sharded");
        assertThatThrownBy(() -> with(Map.of("redis.uri", URI)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "option socketio.redis.uri is set, and socketio.adapter is not: set it to one of");
        assertThatThrownBy(() -> with(Map.of("adapter", "redis", "redis.url", URI)))
                .hasMessageStartingWith("there is no option socketio.redis.url; the options are ");
    }
}
