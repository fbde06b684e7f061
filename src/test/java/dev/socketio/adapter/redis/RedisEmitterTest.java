package dev.socketio.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An emitter that cannot reach Redis; what one sends is in {@code RedisClusterIT}. */
class RedisEmitterTest {

    /** Nobody listens at port 1. */
    private static final String NOWHERE = "redis://127.0.0.1:1";

    private final RedisEmitter emitter =
            RedisEmitter.builder(NOWHERE).required(false).build();

    @AfterEach
    void close() {
        emitter.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect", "disconnect", "newListener"})
    void refusesReservedNames(String event) {
        assertThatThrownBy(() -> emitter.emit(event))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("event is \"" + event + "\"");
        assertThatThrownBy(() -> emitter.all().serverSideEmit(event)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void countsWhatIsLost() {
        emitter.to("news").except("muted").asVolatile().compress(false).emit("headline", "text", new byte[3]);
        emitter.of("admin").in("news").socketsJoin("more");

        assertThat(emitter.health().lost()).isEqualTo(2);
        assertThat(emitter.health().isUp()).isFalse();
    }

    @Test
    void refusesToStartWithoutRedisUnlessToldOtherwise() {
        RedisEmitter.Builder builder = RedisEmitter.builder(NOWHERE).connectTimeout(Duration.ofMillis(100));

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Redis at 127.0.0.1:1 cannot be reached");
    }
}
