package dev.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.adapter.redis.RedisAdapter;
import dev.socketio.testing.RedisServer;
import io.netty.util.internal.InternalThreadLocalMap;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What a server leaves behind that was connected to Redis. */
@Isolated("looks at the threads of the whole JVM")
class RedisEndIT {

    private static final long PATIENCE_SECONDS = 30;

    @Test
    void nothingIsLeftOfAServerOnTheThreadsThatUsedIt() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        CompletableFuture<Boolean> hasMarks = new CompletableFuture<>();
        try (RedisServer redis = RedisServer.start()) {
            Thread caller = new Thread(() -> hasMarks.complete(leavesMarks(redis)));
            caller.start();
            assertThat(hasMarks.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isFalse();
            caller.join();
        }

        Set<Thread> left = new HashSet<>(Thread.getAllStackTraces().keySet());
        left.removeAll(before);
        assertThat(left).noneMatch(RedisEndIT::isOurs);
    }

    private static boolean leavesMarks(RedisServer redis) {
        try (SocketIoServer io = SocketIoServer.builder()
                .adapter(RedisAdapter.builder(redis.uri()).build())
                .build()) {
            io.emit("to all", "text", new byte[] {1});
            io.of("/admin").to("room").emit("to a room");
            io.of("/admin").serverSideEmit("to servers");
            assertThat(io.all().count()).succeedsWithin(Duration.ofSeconds(PATIENCE_SECONDS));
        }
        return InternalThreadLocalMap.getIfSet() != null;
    }

    @Test
    void nothingIsLeftOfAServerThatCouldNotStart() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (RedisServer redis = RedisServer.start()) {
            redis.stop();
            RedisAdapter adapter = RedisAdapter.builder(redis.uri())
                    .connectTimeout(Duration.ofMillis(100))
                    .build();
            assertThat(CompletableFuture.supplyAsync(
                            () -> SocketIoServer.builder().adapter(adapter).build()))
                    .failsWithin(Duration.ofSeconds(PATIENCE_SECONDS));
        }

        Set<Thread> left = new HashSet<>(Thread.getAllStackTraces().keySet());
        left.removeAll(before);
        assertThat(left).noneMatch(RedisEndIT::isOurs);
    }

    private static boolean isOurs(Thread thread) {
        String name = thread.getName();
        return thread.isAlive()
                && (name.startsWith("lettuce")
                        || name.startsWith("globalEventExecutor")
                        || name.startsWith("socketio"));
    }
}
