package dev.socketio.adapter.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private final Turns turns = new Turns(2);
    private final List<CompletableFuture<String>> begun = new ArrayList<>();

    private CompletionStage<String> begin() {
        return turns.run(() -> {
            CompletableFuture<String> task = new CompletableFuture<>();
            begun.add(task);
            return task;
        });
    }

    @Test
    void letOneBeginForEachThatEnds() {
        CompletionStage<String> first = begin();
        begin();
        CompletionStage<String> third = begin();
        assertThat(begun).hasSize(2);

        begun.get(0).complete("done");
        assertThat(first).isCompletedWithValue("done");
        assertThat(begun).hasSize(3);

        begun.get(2).completeExceptionally(new IllegalStateException());
        assertThat(third).isCompletedExceptionally();
        begin();
        assertThat(begun).hasSize(4);
    }

    @Test
    void goOnAfterATaskThatCannotBegin() {
        CompletionStage<String> failed = turns.<String>run(() -> {
            throw new IllegalStateException();
        });
        assertThat(failed).isCompletedExceptionally();

        begin();
        begin();
        assertThat(begun).hasSize(2);
    }
}
