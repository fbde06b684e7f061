package dev.socketio.adapter;

import dev.socketio.protocol.Value;

/**
 * Is told of the answers to one event that went to many. Everything is known once all have been counted, and as many have
 * answered or gone as were expected.
 *
 * <p>Thread rules: every method may be called from any thread, without a lock held, and in any order: an answer may come
 * before its client has been counted.
 */
public interface AckListener {

    /** So many more are to answer: those that one server has sent the event to. */
    void onExpected(int more);

    /** All servers have been heard of: nobody else is to answer. The last of its calls to tell numbers. */
    void onAllExpected();

    /**
     * One of those expected has answered.
     *
     * @param response the first of its arguments, JSON {@code null} if it gave none
     */
    void onResponse(Value response);

    /** One of those expected is not going to answer any more. */
    void onGone();
}
