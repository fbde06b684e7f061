package dev.socketio;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The middlewares of a namespace, in the order in which they were added, those of its parent first. */
final class Middlewares {

    private final @Nullable Middlewares inherited;
    private final List<Middleware.Async> own = new CopyOnWriteArrayList<>();

    Middlewares(@Nullable Middlewares inherited) {
        this.inherited = inherited;
    }

    void add(Middleware middleware) {
        requireNonNull(middleware, "middleware");
        own.add(socket -> {
            middleware.check(socket);
            return CompletableFuture.completedStage(null);
        });
    }

    void addAsync(Middleware.Async middleware) {
        own.add(requireNonNull(middleware, "middleware"));
    }

    private Iterator<Middleware.Async> all() {
        if (inherited == null) {
            return own.iterator();
        }
        List<Middleware.Async> all = new ArrayList<>(inherited.own);
        all.addAll(own);
        return all.iterator();
    }

    /**
     * Asks one middleware after the other, on the calling thread until one takes its time.
     *
     * @param rest where those after it are asked
     * @return fails with what the first that refuses has thrown
     */
    CompletableFuture<Void> check(Socket socket, Executor rest) {
        CompletableFuture<Void> decision = new CompletableFuture<>();
        check(socket, all(), rest, decision);
        return decision;
    }

    private static void check(
            Socket socket, Iterator<Middleware.Async> left, Executor rest, CompletableFuture<Void> decision) {
        while (left.hasNext()) {
            CompletableFuture<?> one = ask(left.next(), socket);
            if (!one.isDone()) {
                CompletionStage<?> later = one;
                later.whenComplete((ignored, failure) -> rest.execute(() -> {
                    if (failure == null) {
                        check(socket, left, rest, decision);
                    } else {
                        decision.completeExceptionally(cause(failure));
                    }
                }));
                return;
            }
            Throwable failure = one.handle((ignored, thrown) -> thrown).join();
            if (failure != null) {
                decision.completeExceptionally(cause(failure));
                return;
            }
        }
        decision.complete(null);
    }

    private static CompletableFuture<?> ask(Middleware.Async middleware, Socket socket) {
        try {
            CompletionStage<?> stage = middleware.check(socket);
            return requireNonNull(stage, "the middleware returned no stage").toCompletableFuture();
        } catch (Exception | Error e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
