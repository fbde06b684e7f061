package dev.socketio.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class LaneTest {

    private static final int LIMIT = 10;

    private final Turns turns = new Turns();
    private final RecordingGauge gauge = new RecordingGauge();
    private final List<Integer> done = new ArrayList<>();
    private final Lane lane = new Lane(turns, LIMIT, Long.MAX_VALUE, gauge);

    @Test
    void runsTasksInTheirOrder() {
        add(0, 5);

        turns.runAll();

        assertThat(done).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void runsNothingOnTheThreadThatAdds() {
        add(0, 5);

        assertThat(done).isEmpty();
    }

    @Test
    void asksForOneTurnHoweverManyTasksWait() {
        add(0, 5);

        assertThat(turns.waiting).hasSize(1);
    }

    @Test
    void asksForATurnAgainAfterItHasRunDry() {
        add(0, 1);
        turns.runAll();
        add(1, 2);
        turns.runAll();

        assertThat(done).containsExactly(0, 1);
    }

    @Test
    void goesOnElsewhereAfterATurn() {
        Lane atOnce = new Lane(Runnable::run, turns, 1_000, Long.MAX_VALUE, gauge);
        atOnce.execute(() -> {
            for (int i = 0; i < 300; i++) {
                int number = i;
                atOnce.execute(() -> done.add(number));
            }
        });
        assertThat(done).hasSize(255);

        turns.runAll();

        assertThat(done).hasSize(300).isSorted();
    }

    @Test
    void givesTheThreadToOthersAfterATurn() {
        Lane roomy = new Lane(turns, 1_000, Long.MAX_VALUE, gauge);
        for (int i = 0; i < 300; i++) {
            int number = i;
            roomy.execute(() -> done.add(number));
        }

        turns.runNext();

        assertThat(done).hasSize(256);
        assertThat(turns.waiting).hasSize(1);
    }

    @Test
    void goesOnAfterAnException() {
        lane.execute(() -> {
            throw new IllegalStateException("expected by the test");
        });
        add(0, 1);

        turns.runAll();

        assertThat(done).containsExactly(0);
    }

    @Test
    void goesOnAfterAnError() {
        lane.execute(() -> {
            throw new AssertionError("expected by the test");
        });
        add(0, 1);

        turns.runAll();

        assertThat(done).containsExactly(0);
    }

    @Test
    void isNotFullWithOneTaskLessThanTheLimit() {
        add(0, LIMIT - 1);

        assertThat(gauge.events).isEmpty();
        assertThat(lane.isFull()).isFalse();
    }

    @Test
    void isFullAtTheLimit() {
        add(0, LIMIT);

        assertThat(gauge.events).containsExactly("full");
        assertThat(lane.isFull()).isTrue();
    }

    @Test
    void takesTasksBeyondTheLimitAndSaysFullOnce() {
        add(0, LIMIT + 5);
        turns.runAll();

        assertThat(done).hasSize(LIMIT + 5);
        assertThat(gauge.events).containsExactly("full", "relieved");
    }

    @Test
    void isRelievedWhenHalfOfTheLimitIsLeft() {
        List<Boolean> fullWhileRunning = new ArrayList<>();
        for (int i = 0; i < LIMIT; i++) {
            lane.execute(() -> fullWhileRunning.add(lane.isFull()));
        }

        turns.runAll();

        // The fifth task runs when five are left behind it.
        assertThat(fullWhileRunning).containsExactly(true, true, true, true, false, false, false, false, false, false);
    }

    @Test
    void canFillUpAgain() {
        add(0, LIMIT);
        turns.runAll();
        add(0, LIMIT);

        assertThat(gauge.events).containsExactly("full", "relieved", "full");
    }

    @Test
    void isFullWhenItsTasksWeighTooMuch() {
        Lane weighing = new Lane(turns, 100, 10, gauge);
        weighing.execute(() -> {}, 9);
        assertThat(weighing.isFull()).isFalse();

        weighing.execute(() -> {}, 1);
        assertThat(gauge.events).containsExactly("full");

        turns.runAll();
        assertThat(gauge.events).containsExactly("full", "relieved");
    }

    @Test
    void isOverrunFarBeyondItsLimits() {
        add(0, 10 * LIMIT);
        assertThat(lane.isOverrun()).isFalse();

        add(0, 1);
        assertThat(lane.isOverrun()).isTrue();
    }

    @Test
    void tellsWhetherItGetsOn() {
        add(0, 2);
        assertThat(lane.started()).isZero();

        turns.runAll();
        assertThat(lane.started()).isEqualTo(2);
    }

    @Test
    void runsInPlaceWhatTheExecutorRefuses() {
        turns.refusing = true;
        add(0, 1);
        assertThat(done).containsExactly(0);

        turns.refusing = false;
        add(1, 2);
        assertThat(done).containsExactly(0);
        turns.runAll();
        assertThat(done).containsExactly(0, 1);
    }

    @Test
    void goesOnInPlaceWhenTheExecutorRefusesAnotherTurn() {
        Lane roomy = new Lane(turns, 1_000, Long.MAX_VALUE, gauge);
        for (int i = 0; i < 600; i++) {
            int number = i;
            roomy.execute(() -> {
                turns.refusing = true;
                done.add(number);
            });
        }

        turns.runNext();

        assertThat(done).hasSize(600);
    }

    private void add(int from, int to) {
        for (int i = from; i < to; i++) {
            int number = i;
            lane.execute(() -> done.add(number));
        }
    }

    /** An executor that runs when it is told to. */
    private static final class Turns implements Executor {
        final Queue<Runnable> waiting = new ArrayDeque<>();
        boolean refusing;

        @Override
        public void execute(Runnable turn) {
            if (refusing) {
                throw new RejectedExecutionException("expected by the test");
            }
            waiting.add(turn);
        }

        void runNext() {
            waiting.remove().run();
        }

        void runAll() {
            while (!waiting.isEmpty()) {
                runNext();
            }
        }
    }

    private static final class RecordingGauge implements Lane.Gauge {
        final List<String> events = new ArrayList<>();

        @Override
        public void onFull() {
            events.add("full");
        }

        @Override
        public void onRelieved() {
            events.add("relieved");
        }
    }
}
