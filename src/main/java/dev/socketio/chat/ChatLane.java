package dev.socketio.chat;

import dev.socketio.Ack;
import dev.socketio.time.Lane;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Where everything happens that reads or changes the state of the chat: one thing after the other. So the state needs no
 * lock, and everybody hears of changes in the order in which they were made.
 */
final class ChatLane implements Lane.Gauge {

    /** How much may wait; more than the bursts of all people together would be a fault. */
    private static final int MAX_WAITING = 20_000;

    /** Something that a person wants. */
    interface Action {

        /** Returns what the answer has as its value. */
        @Nullable
        Object run() throws Refusal;
    }

    private final Lane lane;

    ChatLane(Executor executor) {
        lane = new Lane(executor, MAX_WAITING, Long.MAX_VALUE, this);
    }

    void run(Runnable task) {
        lane.execute(task);
    }

    /** Does what somebody wants, and answers. */
    void answer(Ack ack, Action action) {
        if (lane.isFull()) {
            ack.send(Answer.refused("The chat is busy. Try again in a moment."));
            return;
        }
        lane.execute(() -> ack.send(answerTo(action)));
    }

    private static Answer answerTo(Action action) {
        try {
            return Answer.done(action.run());
        } catch (Refusal e) {
            return Answer.refused(e.problem());
        }
    }

    /** Nobody is to be held back: who wants something is refused. */
    @Override
    public void onFull() {}

    @Override
    public void onRelieved() {}
}
