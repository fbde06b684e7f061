package dev.socketio.adapter.redis;

import dev.socketio.adapter.AdapterContext;
import dev.socketio.adapter.redis.Message.ClientAck;
import dev.socketio.adapter.redis.Message.Response;
import dev.socketio.time.Scheduler.Cancellable;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The questions of one namespace that are under way. Whoever asks ends them, at the latest by a timeout. */
final class Questions {

    /** How long Redis may take to tell what servers there are, once some have kept silent. */
    private static final Duration LOOKUP_TIMEOUT = Duration.ofSeconds(1);

    private final PubSub redis;
    private final Wire wire;
    private final AdapterContext context;
    private final ConcurrentMap<String, Question> open = new ConcurrentHashMap<>();

    Questions(PubSub redis, Wire wire, AdapterContext context) {
        this.redis = redis;
        this.wire = wire;
        this.context = context;
    }

    /** Begins a question; {@link #ask} sends it. */
    Question open(Question.Receiver receiver) {
        Question question = new Question(wire.newRequestId(), receiver);
        open.put(question.id(), question);
        return question;
    }

    /** Sends a question to the other servers. */
    void ask(Question question, Wire.Frame frame) {
        CompletionStage<Integer> asking = redis.ask(frame);
        asking.whenComplete((servers, failure) -> {
            if (failure == null) {
                question.onAsked(Math.max(0, servers - 1)); // we have subscribed, too
            } else {
                question.onUnreachable();
            }
        });
    }

    void onResponse(Response response) {
        Question question = open.get(response.requestId());
        if (question != null) {
            boolean isFirst = !(response.answer() instanceof ClientAck);
            question.onAnswer(response.sender(), response.answer(), isFirst);
        }
    }

    /** Forgets a question: answers that come later are not heard. */
    void end(Question question) {
        open.remove(question.id(), question);
    }

    /** Finds out who has not answered; see {@link dev.socketio.adapter.PendingAnswers#silentServers}. */
    CompletableFuture<Set<String>> silentServers(Question question) {
        if (question.isComplete()) {
            return CompletableFuture.completedFuture(Set.of());
        }
        CompletableFuture<Set<String>> silent = new CompletableFuture<>();
        Cancellable timer = context.scheduler().schedule(LOOKUP_TIMEOUT, () -> silent.complete(Set.of()));
        CompletionStage<Set<String>> channels = redis.channels(wire.serverPattern());
        channels.whenComplete((found, failure) -> {
            timer.cancel();
            silent.complete(failure == null ? question.silent(servers(found)) : Set.of());
        });
        return silent;
    }

    private Set<String> servers(Set<String> channels) {
        Set<String> servers = new HashSet<>();
        for (String channel : channels) {
            String server = wire.server(channel);
            if (server != null && !server.equals(wire.self())) {
                servers.add(server);
            }
        }
        return servers;
    }
}
