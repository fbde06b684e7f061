package dev.socketio.adapter.redis;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.socketio.adapter.AckListener;
import dev.socketio.adapter.LocalSockets;
import dev.socketio.adapter.PendingAnswers;
import dev.socketio.adapter.redis.Message.Answer;
import dev.socketio.adapter.redis.Message.ClientAck;
import dev.socketio.adapter.redis.Message.ClientCount;
import dev.socketio.protocol.Value;
import dev.socketio.time.Scheduler.Cancellable;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The answers of the clients of all servers to one broadcast, on their way to who wants them. Where no time is given, the
 * clients of other servers have as long as their servers: who is gone there is never heard of.
 */
final class ClientAnswers implements Question.Receiver, PendingAnswers {

    private final AckListener acks;
    private final LocalSockets local;
    private final Questions questions;
    private final Question question;

    private final Object lock = new Object();

    /** Clients of other servers that have been sent the event. */
    @GuardedBy("lock")
    private int expected;

    @GuardedBy("lock")
    private int answered;

    @GuardedBy("lock")
    private boolean allCounted;

    /** The answers of this server's own clients. */
    @GuardedBy("lock")
    private @Nullable Cancellable here;

    @GuardedBy("lock")
    private @Nullable Cancellable timer;

    ClientAnswers(AckListener acks, LocalSockets local, Questions questions) {
        this.acks = acks;
        this.local = local;
        this.questions = questions;
        this.question = questions.open(this);
    }

    /** Returns the id that the question is to have. */
    String requestId() {
        return question.id();
    }

    /** @param waiting for the clients of this server, which have been asked */
    void start(Wire.Frame frame, Cancellable waiting, @Nullable Cancellable newTimer) {
        synchronized (lock) {
            here = waiting;
            timer = newTimer;
        }
        questions.ask(question, frame);
    }

    @Override
    public void onAsked(int others) {}

    @Override
    public void onUnreachable() {
        giveUp();
    }

    /** Returns what is told of the clients of this server, which are not all. */
    AckListener ofThisServer() {
        return new AckListener() {
            @Override
            public void onExpected(int more) {
                acks.onExpected(more);
            }

            @Override
            public void onAllExpected() {}

            @Override
            public void onResponse(Value response) {
                acks.onResponse(response);
            }

            @Override
            public void onGone() {
                acks.onGone();
            }
        };
    }

    @Override
    public void onAnswer(Answer answer) {
        if (answer instanceof ClientCount count) {
            synchronized (lock) {
                expected = Math.addExact(expected, count.count());
            }
            acks.onExpected(count.count());
        } else if (answer instanceof ClientAck ack) {
            synchronized (lock) {
                if (allCounted && answered >= expected) { // a client may be faster than the count of its server
                    return;
                }
                answered++;
            }
            acks.onResponse(local.value(ack.value()));
            endIfComplete();
        }
    }

    @Override
    public void onAllAnswered() {
        synchronized (lock) {
            if (allCounted) {
                return;
            }
            allCounted = true;
        }
        acks.onAllExpected();
        endIfComplete();
    }

    private void endIfComplete() {
        synchronized (lock) {
            if (!allCounted || answered < expected) {
                return;
            }
        }
        end();
    }

    /** Nothing more is waited for: servers that have not answered, and clients that have not, are gone. */
    void giveUp() {
        int gone;
        boolean uncounted;
        synchronized (lock) {
            gone = Math.max(0, expected - answered);
            answered = Math.max(answered, expected);
            uncounted = !allCounted;
            allCounted = true;
        }
        for (int i = 0; i < gone; i++) {
            acks.onGone();
        }
        if (uncounted) {
            acks.onExpected(1);
            acks.onGone();
            acks.onAllExpected();
        }
        end();
    }

    /** Nothing more comes from other servers. */
    private void end() {
        questions.end(question);
        synchronized (lock) {
            if (timer != null) {
                timer.cancel();
            }
        }
    }

    @Override
    public void cancel() {
        end();
        Cancellable waiting;
        synchronized (lock) {
            waiting = here;
        }
        if (waiting != null) {
            waiting.cancel();
        }
    }

    @Override
    public CompletableFuture<Set<String>> silentServers() {
        return questions.silentServers(question);
    }
}
