package dev.socketio.adapter.redis;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * The channels of one Redis: what is published to one of them reaches whoever has subscribed to it.
 *
 * <p>Thread rules: every method may be called from any thread and returns at once.
 */
interface PubSub {

    /** Is told of the messages of a channel, one after the other. */
    @FunctionalInterface
    interface Listener {

        /** Takes a message. The thread is Redis's own, which must not wait. */
        void onMessage(String channel, byte[] message);
    }

    /** Publishes a message; counts it as lost if that cannot be done now, since nobody is to wait for Redis. */
    void publish(Wire.Frame message);

    /**
     * Publishes a message as {@link #publish} does, and tells how many have subscribed to its channel.
     *
     * @return fails if the message is lost, or if answers cannot come since we are not subscribed ourselves
     */
    CompletionStage<Integer> ask(Wire.Frame message);

    /** Subscribes to channels, now or as soon as Redis can be reached, and again after each loss of the connection. */
    void subscribe(Collection<String> channels, Listener listener);

    /** Subscribes to all channels that a pattern of Redis matches. */
    void subscribePattern(String pattern, Listener listener);

    /** Takes back {@link #subscribe} and {@link #subscribePattern}. */
    void unsubscribe(Collection<String> channels, Listener listener);

    /** Counts the subscribers of a channel; fails if Redis does not tell. */
    CompletionStage<Integer> subscribers(String channel);

    /** Returns the channels that match a pattern and have subscribers; fails if Redis does not tell. */
    CompletionStage<Set<String>> channels(String pattern);

    /** A message has come that cannot be read. */
    void onMalformed(String channel, String problem);
}
