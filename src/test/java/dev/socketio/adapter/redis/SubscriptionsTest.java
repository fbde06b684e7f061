package dev.socketio.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.time.FakeScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class SubscriptionsTest {

    private static final byte[] MESSAGE = {1};

    private final FakeScheduler time = new FakeScheduler();
    private final FakeRedis redis = new FakeRedis();
    private final Subscriptions subscriptions = new Subscriptions(redis, time);
    private final List<String> heard = new ArrayList<>();
    private final PubSub.Listener listener = (channel, message) -> heard.add(channel);
    private final PubSub.Listener other = (channel, message) -> heard.add("other " + channel);

    @Test
    void subscribesOnceHoweverManyListen() {
        subscriptions.onConnected();
        subscriptions.add(List.of("a"), listener);
        subscriptions.add(List.of("a"), other);
        subscriptions.remove(List.of("a"), listener);
        redis.replyToAll();
        subscriptions.deliver("a", "a", MESSAGE);
        subscriptions.remove(List.of("a"), other);

        assertThat(redis.commands).containsExactly("+[a]", "-[a]");
        assertThat(heard).containsExactly("other a");
    }

    @Test
    void tellsRedisOfEverythingWithEachConnection() {
        subscriptions.add(List.of("a", "b"), listener);
        assertThat(redis.commands).isEmpty();

        subscriptions.onConnected();
        assertThat(subscriptions.isComplete()).isFalse();
        redis.replyToAll();
        assertThat(subscriptions.isComplete()).isTrue();

        subscriptions.onDisconnected();
        assertThat(subscriptions.isComplete()).isFalse();
        subscriptions.remove(List.of("b"), listener);
        subscriptions.add(List.of("c"), listener);
        subscriptions.onConnected();

        assertThat(redis.commands).containsExactly("+[a, b]", "+[a, c]");
    }

    @Test
    void takesNoNoticeOfRepliesToAnEarlierConnection() {
        subscriptions.add(List.of("a"), listener);
        subscriptions.onConnected();
        subscriptions.onDisconnected();
        subscriptions.onConnected();

        redis.fail(0);
        time.advance(Duration.ofSeconds(1));
        assertThat(redis.commands).containsExactly("+[a]", "+[a]");
        assertThat(subscriptions.isComplete()).isFalse();

        redis.replies.get(1).complete(null);
        assertThat(subscriptions.isComplete()).isTrue();
    }

    @Test
    void triesAgainWhatRedisHasRefused() {
        subscriptions.onConnected();
        subscriptions.add(List.of("a"), listener);
        redis.fail(0);
        time.advance(Duration.ofMillis(250));
        redis.replies.get(1).complete(null);

        subscriptions.remove(List.of("a"), listener);
        redis.fail(2);
        time.advance(Duration.ofMillis(250));

        assertThat(redis.commands).containsExactly("+[a]", "+[a]", "-[a]", "-[a]");
        assertThat(time.pending()).isZero();
    }

    @Test
    void leavesAChannelThatNobodyWantsAndRedisStillHas() {
        subscriptions.onConnected();

        subscriptions.deliver("a", "a", MESSAGE);

        assertThat(redis.commands).containsExactly("-[a]");
        assertThat(heard).isEmpty();
    }

    @Test
    void manyChangesAreFewCommands() {
        List<String> channels = new ArrayList<>();
        for (int i = 0; i < 1_001; i++) {
            channels.add("room " + i);
        }
        subscriptions.add(channels, listener);
        subscriptions.onConnected();

        assertThat(redis.commands).hasSize(3);
    }

    /** Keeps what it is told, and replies when a test says so. */
    private static final class FakeRedis implements Subscriptions.Commands {

        private final List<String> commands = new ArrayList<>();
        private final List<CompletableFuture<Void>> replies = new ArrayList<>();

        @Override
        public CompletionStage<Void> subscribe(List<String> channels) {
            return command("+" + new TreeSet<>(channels));
        }

        @Override
        public CompletionStage<Void> unsubscribe(List<String> channels) {
            return command("-" + new TreeSet<>(channels));
        }

        private CompletionStage<Void> command(String command) {
            commands.add(command);
            CompletableFuture<Void> reply = new CompletableFuture<>();
            replies.add(reply);
            return reply;
        }

        void replyToAll() {
            replies.forEach(reply -> reply.complete(null));
        }

        void fail(int index) {
            replies.get(index).completeExceptionally(new IllegalStateException("refused"));
        }
    }
}
