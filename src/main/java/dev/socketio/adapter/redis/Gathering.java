package dev.socketio.adapter.redis;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.socketio.adapter.AdapterContext;
import dev.socketio.adapter.SilentServersException;
import dev.socketio.adapter.SocketDetails;
import dev.socketio.adapter.redis.Message.Answer;
import dev.socketio.adapter.redis.Message.SocketIds;
import dev.socketio.adapter.redis.Message.Sockets;
import dev.socketio.time.Scheduler.Cancellable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The sockets of all servers, as they tell of them, or their number. */
final class Gathering implements Question.Receiver {

    private final Questions questions;
    private final AdapterContext context;
    private final Question question;
    private final CompletableFuture<Gathering> done = new CompletableFuture<>();

    private final Object lock = new Object();

    @GuardedBy("lock")
    private final List<SocketDetails> sockets = new ArrayList<>();

    @GuardedBy("lock")
    private int count;

    /**
     * Begins with what this server has itself.
     *
     * @param own its sockets, if they are to be described
     * @param ownCount how many there are
     */
    Gathering(Questions questions, AdapterContext context, List<SocketDetails> own, int ownCount) {
        this.questions = questions;
        this.context = context;
        this.question = questions.open(this);
        synchronized (lock) {
            sockets.addAll(own);
            count = ownCount;
        }
    }

    /** Returns the id that the question is to have. */
    String requestId() {
        return question.id();
    }

    /**
     * Asks the other servers.
     *
     * @return completes on the executor; fails with {@link SilentServersException}
     */
    CompletableFuture<Gathering> start(Wire.Frame frame, Duration timeout) {
        Cancellable timer = context.scheduler().schedule(timeout, this::onTimeout);
        CompletionStage<Gathering> ending = done;
        ending.whenComplete((all, failure) -> {
            timer.cancel();
            questions.end(question);
        });
        questions.ask(question, frame);
        return done;
    }

    @Override
    public void onAsked(int others) {}

    @Override
    public void onUnreachable() {
        fail("Redis cannot be reached, so only this server is known", Set.of());
    }

    @Override
    public void onAnswer(Answer answer) {
        synchronized (lock) {
            if (answer instanceof Sockets described) {
                sockets.addAll(described.sockets());
                count += described.sockets().size();
            } else if (answer instanceof SocketIds ids) {
                count += ids.ids().size();
            }
        }
    }

    @Override
    public void onAllAnswered() {
        context.executor().execute(() -> done.complete(this));
    }

    private void onTimeout() {
        if (done.isDone()) {
            return;
        }
        CompletionStage<Set<String>> looking = questions.silentServers(question);
        looking.thenAccept(silent -> fail(question.missing() + " other servers have not answered in time", silent));
    }

    private void fail(String problem, Set<String> silent) {
        SilentServersException failure = new SilentServersException(problem, sockets(), count(), silent);
        context.executor().execute(() -> done.completeExceptionally(failure));
    }

    List<SocketDetails> sockets() {
        synchronized (lock) {
            return List.copyOf(sockets);
        }
    }

    int count() {
        synchronized (lock) {
            return count;
        }
    }
}
