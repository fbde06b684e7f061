package dev.socketio;

import dev.socketio.protocol.Value;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks one parent after the other whether a client may have a namespace; the first that allows it ends the search. */
final class NamespaceSearch {

    private static final Logger log = LoggerFactory.getLogger(ParentNamespace.class);

    /** How long a name may be, so that there is a limit to what a pattern has to look at and the server to keep. */
    private static final int MAX_NAME_LENGTH = 256;

    private final String name;
    private final Value auth;
    private final Iterator<ParentNamespace> parents;
    private final Executor executor;
    private final CompletableFuture<ParentNamespace> found = new CompletableFuture<>();

    /** @param executor where patterns and functions run */
    NamespaceSearch(String name, Value auth, Iterator<ParentNamespace> parents, Executor executor) {
        this.name = name;
        this.auth = auth;
        this.parents = parents;
        this.executor = executor;
    }

    /**
     * Returns whether a client may bring a namespace of this name to life, if a parent allows it. Control characters and
     * ends of lines may not be in it: {@code $} of a Java pattern matches before one at the end of a name.
     */
    static boolean isAcceptable(String name) {
        return name.startsWith("/")
                && name.length() <= MAX_NAME_LENGTH
                && name.chars().noneMatch(c -> c == ',' || c == '\u2028' || c == '\u2029' || Character.isISOControl(c));
    }

    static <T> CompletableFuture<T> invalid() {
        return CompletableFuture.failedFuture(new ConnectErrorException("Invalid namespace"));
    }

    /** Returns the parent; fails with a {@link ConnectErrorException} if none allows the namespace. */
    CompletableFuture<ParentNamespace> start() {
        executor.execute(this::next);
        return found;
    }

    private void next() {
        while (parents.hasNext()) {
            ParentNamespace parent = parents.next();
            CompletableFuture<Boolean> answer = ask(parent);
            if (!answer.isDone()) {
                CompletionStage<Boolean> later = answer;
                later.whenComplete((allowed, failure) -> executor.execute(() -> {
                    if (!take(parent, allowed, failure)) {
                        next();
                    }
                }));
                return;
            }
            if (answer.handle((allowed, failure) -> take(parent, allowed, failure))
                    .join()) {
                return;
            }
        }
        found.completeExceptionally(new ConnectErrorException("Invalid namespace"));
    }

    private CompletableFuture<Boolean> ask(ParentNamespace parent) {
        try {
            return parent.matches(name, auth).toCompletableFuture();
        } catch (Throwable e) { // languages without checked exceptions throw those too
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Returns whether the search is over. */
    private boolean take(ParentNamespace parent, @Nullable Boolean allowed, @Nullable Throwable failure) {
        if (failure != null) {
            log.error("{} could not tell whether a client may join \"{}\"", parent, name, failure);
        }
        return Boolean.TRUE.equals(allowed) && found.complete(parent);
    }
}
