package dev.socketio.adapter.redis;

import dev.socketio.adapter.AckListener;
import dev.socketio.adapter.LocalSockets;
import dev.socketio.adapter.PendingAnswers;
import dev.socketio.adapter.redis.Message.Answer;
import dev.socketio.adapter.redis.Message.ServerAck;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The answers of the other servers to one event, on their way to who wants them. */
final class ServerAnswers implements Question.Receiver, PendingAnswers {

    private final AckListener acks;
    private final LocalSockets local;
    private final Questions questions;
    private final Question question;

    ServerAnswers(AckListener acks, LocalSockets local, Questions questions) {
        this.acks = acks;
        this.local = local;
        this.questions = questions;
        this.question = questions.open(this);
    }

    /** Returns the id that the question is to have. */
    String requestId() {
        return question.id();
    }

    void start(Wire.Frame frame) {
        questions.ask(question, frame);
    }

    @Override
    public void onAsked(int others) {
        acks.onExpected(others);
        acks.onAllExpected();
    }

    @Override
    public void onUnreachable() {
        questions.end(question);
        acks.onExpected(1);
        acks.onGone();
        acks.onAllExpected();
    }

    @Override
    public void onAnswer(Answer answer) {
        if (answer instanceof ServerAck ack) {
            acks.onResponse(local.value(ack.value()));
        }
    }

    @Override
    public void onAllAnswered() {
        questions.end(question);
    }

    @Override
    public void cancel() {
        questions.end(question);
    }

    @Override
    public CompletableFuture<Set<String>> silentServers() {
        return questions.silentServers(question);
    }
}
