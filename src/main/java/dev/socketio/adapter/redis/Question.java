package dev.socketio.adapter.redis;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.socketio.adapter.redis.Message.Answer;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A question to the other servers of a namespace: who has answered, and whether all have. Answers may come before it is
 * known how many have been asked.
 */
final class Question {

    /** What is done with the answers. Calls come from any thread, without a lock. */
    interface Receiver {

        /** So many others have got the question. Answers may have come before. */
        void onAsked(int others);

        /** The others cannot be asked. */
        void onUnreachable();

        /** A server has answered, or one of its clients. */
        void onAnswer(Answer answer);

        /** Each server has answered; called once at most, after {@link #onAsked}. */
        void onAllAnswered();
    }

    private static final int UNKNOWN = -1;

    private final String id;
    private final Receiver receiver;

    private final Object lock = new Object();

    @GuardedBy("lock")
    private int asked = UNKNOWN;

    @GuardedBy("lock")
    private int answered;

    /** Those that have answered and have said who they are; servers on Node do not with the classic adapter. */
    @GuardedBy("lock")
    private final Set<String> named = new HashSet<>();

    @GuardedBy("lock")
    private boolean over;

    Question(String id, Receiver receiver) {
        this.id = id;
        this.receiver = receiver;
    }

    String id() {
        return id;
    }

    /** @param others how many servers have got the question, without this one */
    void onAsked(int others) {
        synchronized (lock) {
            asked = others;
        }
        receiver.onAsked(others);
        endIfComplete();
    }

    void onUnreachable() {
        receiver.onUnreachable();
    }

    /**
     * Takes an answer.
     *
     * @param isFirst whether it is the answer that each server gives once
     */
    void onAnswer(@Nullable String sender, Answer answer, boolean isFirst) {
        if (isFirst) {
            synchronized (lock) {
                boolean superfluous = asked != UNKNOWN && answered >= asked;
                if (superfluous || (sender != null && !named.add(sender))) {
                    return;
                }
                answered++;
            }
        }
        receiver.onAnswer(answer);
        endIfComplete();
    }

    private void endIfComplete() {
        synchronized (lock) {
            if (over || asked == UNKNOWN || answered < asked) {
                return;
            }
            over = true;
        }
        receiver.onAllAnswered();
    }

    /** Returns whether all have been asked and have answered. */
    boolean isComplete() {
        synchronized (lock) {
            return over;
        }
    }

    /** Returns how many have not answered, as a text for people. */
    String missing() {
        synchronized (lock) {
            return asked == UNKNOWN ? "all" : asked - answered + " of " + asked;
        }
    }

    /** Returns those of some servers that may be among the silent ones. */
    Set<String> silent(Set<String> servers) {
        Set<String> silent = new HashSet<>(servers);
        synchronized (lock) {
            silent.removeAll(named);
        }
        return silent;
    }
}
