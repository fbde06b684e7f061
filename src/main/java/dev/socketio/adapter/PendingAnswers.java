package dev.socketio.adapter;

import dev.socketio.time.Scheduler.Cancellable;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The answers to one event that have not come yet. */
@FunctionalInterface
public interface PendingAnswers extends Cancellable {

    /** Ends the wait: answers that come later are not told. */
    @Override
    void cancel();

    /**
     * Finds out which servers have not answered so far; to be asked before {@link #cancel}.
     *
     * @return their {@linkplain ClusterHealth#id() ids}, as far as they can be told; completes soon, and never fails
     */
    default CompletableFuture<Set<String>> silentServers() {
        return CompletableFuture.completedFuture(Set.of());
    }
}
